package dev.wasmscope.views.workspace;

import dev.wasmscope.engine.binary.MalformedModuleException;
import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.binary.ModuleFacts.ImportFact;
import dev.wasmscope.engine.spi.HostStub;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.UndoOutcome;
import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.background.RunningTask;
import dev.wasmscope.views.spi.Notice;
import dev.wasmscope.views.spi.OpenModule;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;
import org.jspecify.annotations.Nullable;

/// One open module: its bytes, what was read from them, and the session it is called in. UI thread only.
public final class ModuleDocument implements OpenModule {
    private final ModuleSource source;
    private final ModuleServices services;
    private final Background background;
    private final Consumer<Notice> notices;

    private final ReadOnlyObjectWrapper<Facts> facts = new ReadOnlyObjectWrapper<>(new Facts.Reading());
    private final ReadOnlyObjectWrapper<Optional<SortedSet<String>>> features =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Validation> validation = new ReadOnlyObjectWrapper<>(new Validation.Pending());
    private final ReadOnlyObjectWrapper<SessionState> sessionState =
            new ReadOnlyObjectWrapper<>(new SessionState.None());
    private final ReadOnlyObjectWrapper<@Nullable Session> session = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<List<ImportFact>> stubbed = new ReadOnlyObjectWrapper<>(List.of());
    private final ObservableMap<String, ModuleDocument> links = FXCollections.observableHashMap();
    private final ReadOnlyBooleanWrapper traced = new ReadOnlyBooleanWrapper();
    private final ObservableMap<String, ModuleDocument> linksView = FXCollections.unmodifiableObservableMap(links);
    private final StringProperty chosenExport = new SimpleStringProperty("");
    private SessionRequest request;
    private @Nullable RunningTask reading;
    private @Nullable RunningTask validating;
    private @Nullable RunningTask opening;
    private int attempt;
    private boolean closed;

    ModuleDocument(
            ModuleSource source,
            Placement placement,
            ModuleServices services,
            Background background,
            Consumer<Notice> notices) {
        this.source = source;
        this.services = services;
        this.background = background;
        this.notices = notices;
        this.request = SessionRequest.of(source).withPlacement(placement).withStubs(!services.hosted());
    }

    @Override
    public ModuleSource source() {
        return source;
    }

    /// For tabs and messages.
    public String name() {
        return source.name();
    }

    public ReadOnlyObjectProperty<Facts> factsProperty() {
        return facts.getReadOnlyProperty();
    }

    /// The facts once they are read, else empty.
    public Optional<ModuleFacts> facts() {
        return facts.get() instanceof Facts.Read(var read) ? Optional.of(read) : Optional.empty();
    }

    /// Proposals beyond Wasm 1.0 that the module uses; empty while its code is still looked through.
    public ReadOnlyObjectProperty<Optional<SortedSet<String>>> featuresProperty() {
        return features.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Validation> validationProperty() {
        return validation.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<SessionState> sessionStateProperty() {
        return sessionState.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyObjectProperty<@Nullable Session> sessionProperty() {
        return session.getReadOnlyProperty();
    }

    /// Function imports of the open session that nothing satisfies: calling one traps and names it.
    public ReadOnlyObjectProperty<List<ImportFact>> stubbedProperty() {
        return stubbed.getReadOnlyProperty();
    }

    /// Import module name -> module whose exports satisfy it. Changed through [Workspace#link].
    public ObservableMap<String, ModuleDocument> links() {
        return linksView;
    }

    /// The exported function that a call goes to, wherever it was chosen; empty while none is.
    public StringProperty chosenExportProperty() {
        return chosenExport;
    }

    /// Whether the module's WASI calls are written down, in this session and in those to come.
    public ReadOnlyBooleanProperty tracedProperty() {
        return traced.getReadOnlyProperty();
    }

    /// How the session was opened last, or will be; without links.
    public SessionRequest request() {
        return request;
    }

    // ---- commands

    /// Opens a session, in place of the one that is open. Links of this document are added to those of the request.
    public void openSession(SessionRequest wanted) {
        if (closed) {
            return;
        }
        closeSession();
        request = wanted.withTrace(traced.get());
        var missing = links.entrySet().stream()
                .filter(link -> link.getValue().session.get() == null)
                .findFirst();
        if (missing.isPresent()) {
            sessionState.set(without(missing.get().getKey(), missing.get().getValue()));
            return;
        }
        var mine = ++attempt;
        sessionState.set(new SessionState.Opening());
        var future = services.open(linked(request));
        opening = background.start("Starting " + name(), _ -> future.get(), ended -> {
            if (mine == attempt && ended instanceof Result.Cancelled) {
                attempt++;
                sessionState.set(new SessionState.None());
            }
        });
        background.await(future, result -> opened(mine, result));
    }

    /// A new instance of the same module in the same way: memory and globals as they were at the start.
    public void restart() {
        openSession(request);
    }

    public void traceWasi(boolean on) {
        traced.set(on);
        request = request.withTrace(on);
        var open = session.get();
        if (open != null) {
            open.traceWasi(on);
        }
    }

    /// Takes back the last call, edit or undo; says what was undone.
    public void undo() {
        var open = session.get();
        if (open == null) {
            notices.accept(Notice.info("There is nothing to undo: " + name() + " has no session."));
            return;
        }
        background.await(open.undo(), result -> {
            switch (result) {
                case Result.Ok<UndoOutcome>(UndoOutcome.Undone(var step)) ->
                    notices.accept(new Notice(Notice.Level.SUCCESS, "Undid the " + step + ".", Optional.empty()));
                case Result.Ok<UndoOutcome>(UndoOutcome.NothingToUndo(var reason)) ->
                    notices.accept(Notice.info(reason));
                case Result.Failed<UndoOutcome>(var cause) -> notices.accept(Notice.error(Sentences.of(cause)));
                case Result.Cancelled<UndoOutcome> _ -> {}
            }
        });
    }

    /// Ends the session; the module stays open.
    public void closeSession() {
        attempt++;
        cancel(opening);
        var open = session.get();
        session.set(null);
        stubbed.set(List.of());
        sessionState.set(new SessionState.None());
        if (open != null) {
            close(open);
        }
    }

    // ---- for the workspace

    /// Reads the facts, then validates and opens a session.
    void begin(Runnable whenCancelled) {
        reading = background.start("Reading " + name(), _ -> read(), result -> {
            if (closed) {
                return;
            }
            switch (result) {
                case Result.Ok<Facts>(var read) -> {
                    facts.set(read);
                    afterReading(read);
                }
                case Result.Failed<Facts>(var cause) -> {
                    facts.set(new Facts.Malformed(Sentences.of(cause), 0));
                    validation.set(new Validation.NotChecked("There is no module to check."));
                }
                case Result.Cancelled<Facts> _ -> whenCancelled.run();
            }
        });
    }

    /// What a WASI guest is given when it starts for the first time.
    void grant(WasiGrants grants) {
        request = request.withWasi(Optional.of(grants));
    }

    /// Starts the module anew elsewhere, unless it was not started.
    void place(Placement placement) {
        request = request.withPlacement(placement);
        if (!(sessionState.get() instanceof SessionState.None)) {
            restart();
        }
    }

    void link(String importModule, ModuleDocument provider) {
        links.put(importModule, provider);
    }

    void unlink(String importModule) {
        links.remove(importModule);
    }

    void dispose() {
        closed = true;
        cancel(reading);
        cancel(validating);
        closeSession();
    }

    // ---- steps

    /// While a provider is still starting this one waits; the workspace restarts it then.
    private SessionState without(String importModule, ModuleDocument provider) {
        return switch (provider.sessionState.get()) {
            case SessionState.Opening _ -> new SessionState.Opening();
            case SessionState.None _ when provider.facts.get() instanceof Facts.Reading -> new SessionState.Opening();
            default ->
                new SessionState.Failed(
                        "%s takes its imports of \"%s\" from %s, which has no session. Restart %s, or remove the link."
                                .formatted(name(), importModule, provider.name(), provider.name()),
                        Optional.empty());
        };
    }

    private Facts read() {
        try {
            return new Facts.Read(services.facts(source));
        } catch (MalformedModuleException e) {
            return new Facts.Malformed(Sentences.of(e), e.offset());
        }
    }

    private void afterReading(Facts read) {
        switch (read) {
            case Facts.Read(var known) -> {
                validate();
                restart();
                var _ = background.start(
                        "Looking through the code of " + name(), _ -> services.featuresUsed(source, known), result -> {
                            // Code that cannot be read is validation's to report.
                            features.set(Optional.of(
                                    result instanceof Result.Ok<SortedSet<String>>(var used)
                                            ? used
                                            : new TreeSet<>(known.features())));
                        });
            }
            case Facts.Malformed _ -> validation.set(new Validation.NotChecked("There is no module to check."));
            case Facts.Reading _ -> throw new IllegalStateException("Reading ended without facts: " + name());
        }
    }

    private void validate() {
        validating = background.start("Validating " + name(), _ -> services.validate(source), result -> {
            validation.set(
                    switch (result) {
                        case Result.Ok<Optional<String>>(var reason) ->
                            reason.<Validation>map(Validation.Invalid::new).orElseGet(Validation.Valid::new);
                        case Result.Failed<Optional<String>>(var cause) ->
                            new Validation.NotChecked("Validation failed: " + Sentences.of(cause));
                        case Result.Cancelled<Optional<String>> _ -> new Validation.NotChecked("It was stopped.");
                    });
        });
    }

    private void opened(int mine, Result<Session> result) {
        if (mine != attempt) {
            // Stopped, restarted or closed meanwhile: nobody else knows this session.
            if (result instanceof Result.Ok<Session>(var late)) {
                close(late);
            }
            return;
        }
        switch (result) {
            case Result.Ok<Session>(var open) -> {
                stubbed.set(request.stubUnmet() ? unmet() : List.of());
                session.set(open);
                sessionState.set(new SessionState.Open(open));
            }
            case Result.Failed<Session>(var cause) ->
                sessionState.set(new SessionState.Failed(Sentences.of(cause), Sentences.outcome(cause)));
            case Result.Cancelled<Session> _ -> sessionState.set(new SessionState.None());
        }
    }

    /// Imports that neither WASI nor a link nor the user provides.
    private List<ImportFact> unmet() {
        return facts().map(ModuleFacts::imports).orElse(List.of()).stream()
                .filter(wanted ->
                        !(request.wasi().isPresent() && wanted.module().equals("wasi_snapshot_preview1")))
                .filter(wanted -> !provided(wanted) && !byHand(wanted))
                .toList();
    }

    private boolean byHand(ImportFact wanted) {
        return request.stubs().stream()
                .anyMatch(stub -> stub.module().equals(wanted.module())
                        && (stub.name().equals(wanted.name()) || stub.name().equals(HostStub.ALL)));
    }

    private boolean provided(ImportFact wanted) {
        var provider = links.get(wanted.module());
        var open = provider == null ? null : provider.session.get();
        return open != null
                && open.info().exports().stream()
                        .anyMatch(export ->
                                export.kind() == wanted.kind() && export.name().equals(wanted.name()));
    }

    private SessionRequest linked(SessionRequest wanted) {
        var all = new HashMap<>(wanted.links());
        links.forEach((name, provider) -> {
            var open = provider.session.get();
            if (open != null) {
                all.put(name, open);
            }
        });
        return wanted.withLinks(all);
    }

    /// Ending a guest that runs takes a moment, so not here.
    private void close(Session open) {
        background.start(
                "Closing " + name(),
                _ -> {
                    open.close();
                    return true;
                },
                _ -> {});
    }

    private static void cancel(@Nullable RunningTask task) {
        if (task != null) {
            task.cancel();
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
