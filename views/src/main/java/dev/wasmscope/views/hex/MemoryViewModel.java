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
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
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
    private final PlaceHistory history = new PlaceHistory();
    private final ReadOnlyObjectWrapper<MemoryState> state = new ReadOnlyObjectWrapper<>(new MemoryState.NoModule());
    private final ReadOnlyObjectWrapper<StepChanges> changes = new ReadOnlyObjectWrapper<>(StepChanges.NONE);
    private final ReadOnlyIntegerWrapper pages = new ReadOnlyIntegerWrapper();
    private final ReadOnlyStringWrapper running = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper goToProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper mixed = new ReadOnlyBooleanWrapper();
    private final BooleanProperty live = new SimpleBooleanProperty(true);
    private final IntegerProperty memory = new SimpleIntegerProperty();
    private final ObservableList<String> memories = FXCollections.observableArrayList();
    private final Map<OpenModule, PlaceHistory.Spot> left = new WeakHashMap<>();
    private List<Symbol> symbols = List.of();
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
        hex.setEditor(new HexEditor() {
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

    PlaceHistory history() {
        return history;
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

    List<Symbol> symbols() {
        return symbols;
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
            ofModule = ofModule.and(document.sessionStateProperty().subscribe(_ -> sessionChanged()));
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
        return switch (document.sessionStateProperty().get()) {
            case SessionState.Opening _, SessionState.Open _ -> new MemoryState.Starting(document.name());
            case SessionState.Failed(var reason, var _) -> new MemoryState.NoSession(module, reason);
            case SessionState.None _ -> new MemoryState.NoSession(module, "");
        };
    }

    boolean canRestart() {
        return module instanceof ModuleDocument;
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
            left.put(shown.module(), spot());
        }
    }

    private void nothing(MemoryState why) {
        state.set(why);
        running.set("");
        mixed.set(false);
        symbols = List.of();
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
        history.clear();
        state.set(new MemoryState.Shown(of, session));
        var spot = left.get(of);
        int index = spot == null ? 0 : Math.min(spot.memory(), counts.size() - 1);
        if (memory.get() == index) {
            showMemory();
        } else {
            memory.set(index);
        }
        if (spot != null) {
            hex.select(spot.selection());
            hex.reveal(spot.selection().cursor());
        } else {
            startAtData(of, index);
        }
        openPending();
    }

    private static String exportName(Session session, int index) {
        return session.info().exports().stream()
                .filter(e -> e.kind() == ExternKind.MEMORY && e.index() == index)
                .map(e -> " " + e.name())
                .findFirst()
                .orElse("");
    }

    /// A memory begins with zeros more often than not: the first thing seen is its first data.
    private void startAtData(OpenModule of, int index) {
        if (of instanceof ModuleDocument document) {
            document.facts().stream()
                    .flatMap(facts -> facts.data().stream())
                    .filter(segment -> segment.memory() == index && segment.length() > 0)
                    .flatMap(segment -> segment.address().stream())
                    .min(Long::compare)
                    .filter(address -> address < hex.size())
                    .ifPresent(address -> {
                        hex.select(Selection.at(address));
                        hex.reveal(address);
                    });
        }
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

    /// Looks at the session's state; called for each frame while the tool is on the screen. Never waits.
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
                if (live.get() && now - lastLive >= LIVE_NANOS) {
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
                symbols = Symbols.of(shown.module(), session.info(), globals, memory.get());
            }
        });
    }

    // ---- going places

    /// What is wrong with the address that is being typed, as a sentence; else empty.
    ReadOnlyStringProperty goToProblemProperty() {
        return goToProblem.getReadOnlyProperty();
    }

    void goToProblem(String sentence) {
        goToProblem.set(sentence);
    }

    /// What typing `text` would do.
    GoTo parse(String text) {
        return GoTo.parse(text, hex.selection().cursor(), hex.size(), symbols);
    }

    /// Goes where `text` says.
    ///
    /// @return what it meant; only a [GoTo.Place] moves
    GoTo goTo(String text) {
        var parsed = parse(text);
        if (parsed instanceof GoTo.Place(var address, var length)) {
            jump(address, length);
        }
        return parsed;
    }

    /// Goes to a place that is known to exist, and remembers it for back and forward.
    void jump(long address, long length) {
        var from = spot();
        hex.show(address, length);
        history.jumped(from, spot());
    }

    void back() {
        history.back(spot()).ifPresent(this::goTo);
    }

    void forward() {
        history.forward().ifPresent(this::goTo);
    }

    private void goTo(PlaceHistory.Spot spot) {
        if (spot.memory() < memories.size()) {
            memory.set(spot.memory());
        }
        var selection = spot.selection();
        if (selection.end() <= hex.size()) {
            hex.show(selection.start(), selection.length() == 1 ? 0 : selection.length());
        }
    }

    private PlaceHistory.Spot spot() {
        return new PlaceHistory.Spot(memory.get(), hex.selection());
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
        if (place.memory() < memories.size()) {
            memory.set(place.memory());
        }
        hex.refresh();
        long room = hex.size() - place.address();
        if (place.memory() >= memories.size() || place.address() < 0 || room <= 0) {
            notices.accept(Notice.info("%s is not in memory[%d]: it has %,d bytes."
                    .formatted(Hex.of(place.address()), place.memory(), hex.size())));
        } else {
            jump(place.address(), Math.min(place.length(), room));
        }
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
