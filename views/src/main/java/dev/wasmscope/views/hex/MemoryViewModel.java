package dev.wasmscope.views.hex;

import dev.wasmscope.engine.spi.ChangedRange;
import dev.wasmscope.engine.spi.Changes;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.GlobalValue;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionStatus.Phase;
import dev.wasmscope.engine.spi.UndoOutcome;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Notice;
import dev.wasmscope.views.spi.OpenModule;
import dev.wasmscope.views.workspace.Facts;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// The memories of the module that is looked at: which one, what its last step changed, where to go, what to write.
final class MemoryViewModel {
    static final long LIVE_NANOS = 33_000_000L;
    static final int MOST_RANGES = 4096;

    private final Background background;
    private final Consumer<Notice> notices;
    private final HexModel hex;
    private final MemoryPlaces places;
    private final ReadOnlyObjectWrapper<MemoryState> state = new ReadOnlyObjectWrapper<>(new MemoryState.NoModule());
    private final ReadOnlyObjectWrapper<StepChanges> changes = new ReadOnlyObjectWrapper<>(StepChanges.NONE);
    private final ReadOnlyIntegerWrapper pages = new ReadOnlyIntegerWrapper();
    private final ReadOnlyStringWrapper running = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper mixed = new ReadOnlyBooleanWrapper();
    private final BooleanProperty live = new SimpleBooleanProperty(true);
    private final IntegerProperty memory = new SimpleIntegerProperty();
    private final ObservableList<String> memories = FXCollections.observableArrayList();
    private Subscription ofModule = Subscription.EMPTY;
    private @Nullable OpenModule module;
    private Location.@Nullable Memory pending;
    private long epoch = -1;
    private long lastLive;
    private int pagesAtStep;

    MemoryViewModel(
            ObservableValue<? extends @Nullable OpenModule> active, Background background, Consumer<Notice> notices) {
        this.background = background;
        this.notices = notices;
        hex = new HexModel(background::onUi);
        places = new MemoryPlaces(hex, memory, memories);
        hex.typing().setEditor(new HexEditor() {
            @Override
            public Optional<String> refusal() {
                return MemoryViewModel.this.refusal();
            }

            @Override
            public void write(long address, byte[] bytes) {
                MemoryViewModel.this.write(address, bytes);
            }
        });
        active.subscribe(this::look);
        memory.subscribe((_, _) -> showMemory());
    }

    HexModel hex() {
        return hex;
    }

    MemoryPlaces places() {
        return places;
    }

    ReadOnlyObjectProperty<MemoryState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<StepChanges> changesProperty() {
        return changes.getReadOnlyProperty();
    }

    /// How many pages of 64 KiB the memory has now.
    ReadOnlyIntegerProperty pagesProperty() {
        return pages.getReadOnlyProperty();
    }

    /// The export that runs now, else empty.
    ReadOnlyStringProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /// Whether what is shown was copied while the guest ran.
    ReadOnlyBooleanProperty mixedProperty() {
        return mixed.getReadOnlyProperty();
    }

    /// Whether memory is read again and again while a call runs.
    BooleanProperty liveProperty() {
        return live;
    }

    /// Index of the memory that is shown.
    IntegerProperty memoryProperty() {
        return memory;
    }

    /// What the memories are called, by index.
    ObservableList<String> memories() {
        return memories;
    }

    // ---- which session

    private void look(@Nullable OpenModule wanted) {
        leave();
        ofModule.unsubscribe();
        module = wanted;
        if (wanted == null) {
            ofModule = Subscription.EMPTY;
            nothing(new MemoryState.NoModule());
            return;
        }
        ofModule = wanted.sessionProperty().subscribe(_ -> sessionChanged());
        if (wanted instanceof ModuleDocument document) {
            ofModule = ofModule.and(document.sessionStateProperty().subscribe(_ -> sessionChanged()))
                    .and(document.factsProperty().subscribe((_, _) -> sessionChanged()));
        }
    }

    private void sessionChanged() {
        var wanted = module;
        if (wanted == null) {
            return;
        }
        var session = wanted.sessionProperty().get();
        if (session == null) {
            leave();
            nothing(withoutSession(wanted));
        } else if (!(state.get() instanceof MemoryState.Shown shown) || !shown.shows(session)) {
            leave();
            show(wanted, session);
        }
    }

    private static MemoryState withoutSession(OpenModule module) {
        if (!(module instanceof ModuleDocument document)) {
            return new MemoryState.NoSession(module, "");
        }
        if (document.factsProperty().get() instanceof Facts.Malformed(var reason, var _)) {
            return new MemoryState.NoSession(module, reason);
        }
        return switch (document.sessionStateProperty().get()) {
            case SessionState.Opening _, SessionState.Open _ -> new MemoryState.Starting(document.name());
            case SessionState.Failed(var reason, var _) -> new MemoryState.NoSession(module, reason);
            case SessionState.None _ -> new MemoryState.NoSession(module, "");
        };
    }

    boolean canRestart() {
        return module instanceof ModuleDocument document
                && !(document.factsProperty().get() instanceof Facts.Malformed);
    }

    /// Starts the module again after its session ended or failed.
    void restart() {
        if (module instanceof ModuleDocument document) {
            document.restart();
        }
    }

    /// Remembers where one was, so that coming back to the module does not start over.
    private void leave() {
        if (state.get() instanceof MemoryState.Shown shown) {
            places.leave(shown.module());
        }
    }

    private void nothing(MemoryState why) {
        state.set(why);
        running.set("");
        mixed.set(false);
        places.know(List.of());
        hex.setSource(ByteSource.EMPTY);
        changes.set(StepChanges.NONE);
        pages.set(0);
    }

    private void show(OpenModule of, Session session) {
        var counts = session.status().memoryPages();
        if (counts.isEmpty()) {
            nothing(new MemoryState.NoMemory(of.source().name()));
            return;
        }
        var names = new ArrayList<String>();
        for (int i = 0; i < counts.size(); i++) {
            names.add("memory[" + i + "]" + exportName(session, i));
        }
        memories.setAll(names);
        state.set(new MemoryState.Shown(of, session));
        if (memory.get() == places.memoryOf(of, counts.size())) {
            showMemory();
        } else {
            memory.set(places.memoryOf(of, counts.size()));
        }
        places.enter(of);
        openPending();
    }

    private static String exportName(Session session, int index) {
        return session.info().exports().stream()
                .filter(e -> e.kind() == ExternKind.MEMORY && e.index() == index)
                .map(e -> " " + e.name())
                .findFirst()
                .orElse("");
    }

    private void showMemory() {
        if (!(state.get() instanceof MemoryState.Shown(var _, var session))) {
            return;
        }
        var status = session.status();
        hex.setSource(new SessionMemory(session, memory.get()));
        pages.set(status.memoryPages().get(memory.get()));
        pagesAtStep = pages.get();
        changes.set(StepChanges.NONE);
        epoch = status.epoch();
        readSymbols(session);
        if (epoch > 0) {
            readChanges(session, 0);
        }
    }

    // ---- as time goes by

    /// Looks at the session's state; called again and again while the tool is on the screen. Never waits.
    void pulse(long now) {
        if (!(state.get() instanceof MemoryState.Shown(var of, var session))) {
            return;
        }
        var status = session.status();
        switch (status.phase()) {
            case Phase.Closed(var reason) -> {
                leave();
                nothing(new MemoryState.NoSession(of, reason.orElse("")));
                return;
            }
            case Phase.Running(var export, var _) -> {
                running.set(export);
                // Beats of a timer are never exact.
                if (live.get() && now - lastLive >= LIVE_NANOS * 9 / 10) {
                    lastLive = now;
                    hex.refresh();
                }
            }
            case Phase.Idle _ -> running.set("");
        }
        mixed.set(!running.get().isEmpty() && hex.cache().live());
        pages.set(status.memoryPages().get(memory.get()));
        if (status.epoch() != epoch) {
            epoch = status.epoch();
            stepped(session);
        }
    }

    private void stepped(Session session) {
        int grown = pages.get() - pagesAtStep;
        pagesAtStep = pages.get();
        hex.refresh();
        readSymbols(session);
        readChanges(session, grown);
    }

    private void readChanges(Session session, int grown) {
        int of = memory.get();
        background.await(session.lastChanges(of, MOST_RANGES), result -> {
            if (state.get() instanceof MemoryState.Shown shown
                    && shown.shows(session)
                    && memory.get() == of
                    && result instanceof Result.Ok<Changes>(var read)) {
                changes.set(StepChanges.of(read, grown));
                hex.mark(read.ranges().stream()
                        .map(range -> new ByteRange(range.address(), range.length()))
                        .toList());
            }
            // A failure means that the session ended, which the next pulse shows.
        });
    }

    private void readSymbols(Session session) {
        background.await(session.globals(), result -> {
            if (state.get() instanceof MemoryState.Shown shown
                    && shown.shows(session)
                    && result instanceof Result.Ok<List<GlobalValue>>(var globals)) {
                places.know(Symbols.of(shown.module(), session.info(), globals, memory.get()));
            }
        });
    }

    /// Shows a place, now or as soon as its module has a session.
    void open(Location.Memory place) {
        pending = place;
        if (!place.module().equals(module)) {
            look(place.module());
        } else {
            openPending();
        }
    }

    private void openPending() {
        var place = pending;
        if (place == null
                || !(state.get() instanceof MemoryState.Shown shown)
                || !shown.module().equals(place.module())) {
            return;
        }
        pending = null;
        places.open(place).ifPresent(sentence -> notices.accept(Notice.info(sentence)));
    }

    // ---- writing

    /// Why bytes cannot be written now, as a sentence.
    Optional<String> refusal() {
        if (!(state.get() instanceof MemoryState.Shown(var _, var session))) {
            return Optional.of("There is no memory to write to.");
        }
        return session.status().phase() instanceof Phase.Running(var export, var _)
                ? Optional.of("%s is running. Bytes can be edited when it has ended: wait for it, or stop it."
                        .formatted(export))
                : Optional.empty();
    }

    void write(long address, byte[] bytes) {
        var refused = refusal();
        if (refused.isPresent()) {
            hex.report(refused.get());
        } else if (state.get() instanceof MemoryState.Shown(var _, var session)) {
            background.await(session.write(memory.get(), address, bytes), result -> {
                if (result instanceof Result.Failed<List<ChangedRange>>(var cause)) {
                    hex.report(PageCache.sentence(cause));
                } else {
                    pulse(lastLive);
                }
            });
        }
    }

    /// Takes back the last call or edit.
    void undo() {
        var of = module;
        var session = of == null ? null : of.sessionProperty().get();
        if (of instanceof ModuleDocument document) {
            document.undo();
        } else if (session != null) {
            background.await(session.undo(), result -> notices.accept(undone(result)));
        }
    }

    private static Notice undone(Result<UndoOutcome> result) {
        return switch (result) {
            case Result.Ok<UndoOutcome>(UndoOutcome.Undone(var step)) -> Notice.info("Undid the " + step + ".");
            case Result.Ok<UndoOutcome>(UndoOutcome.NothingToUndo(var reason)) -> Notice.info(reason);
            case Result.Failed<UndoOutcome>(var cause) -> Notice.error(PageCache.sentence(cause));
            case Result.Cancelled<UndoOutcome> _ -> Notice.info("The undo was stopped.");
        };
    }
}
