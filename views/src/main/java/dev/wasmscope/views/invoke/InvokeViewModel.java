package dev.wasmscope.views.invoke;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.Changes;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.output.OutputLine;
import dev.wasmscope.views.output.OutputLog;
import dev.wasmscope.views.workspace.Facts;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.SessionState;
import dev.wasmscope.views.workspace.Workspace;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// What can be called, with which arguments, and how the last call ended. UI thread only.
final class InvokeViewModel {
    private static final int MOST_HISTORY = 200;

    private final Workspace workspace;
    private final Background background;
    private final OutputLog log;
    private final OutcomeLines lines;
    private final CallForm form;

    private final ObjectProperty<String> runtime = new SimpleObjectProperty<>("compiler");
    private final WasiForm wasi = new WasiForm();
    private final ReadOnlyObjectWrapper<CallState> call = new ReadOnlyObjectWrapper<>(new CallState.None());
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper tainted = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper undoable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper nothing = new ReadOnlyStringWrapper("");
    private final ObservableList<PastCall> history = FXCollections.observableArrayList();
    private Subscription ofModule = () -> {};
    private @Nullable Runnable whenOpen;

    InvokeViewModel(Workspace workspace, Background background, CallForm form, OutputLog log) {
        this.workspace = workspace;
        this.background = background;
        this.log = log;
        this.lines = new OutcomeLines(log);
        this.form = form;
        running.bind(Bindings.createBooleanBinding(() -> call.get() instanceof CallState.Running, call));
        runtime.subscribe((_, _) -> runtimeChanged());
        workspace.activeProperty().subscribe(this::moduleChanged);
    }

    // ---- properties

    ReadOnlyObjectProperty<@Nullable ModuleDocument> moduleProperty() {
        return workspace.activeProperty();
    }

    CallForm form() {
        return form;
    }

    /// Id of a runtime; a change restarts the session.
    ObjectProperty<String> runtimeProperty() {
        return runtime;
    }

    WasiForm wasi() {
        return wasi;
    }

    ReadOnlyObjectProperty<CallState> callProperty() {
        return call.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /// Whether there is a session that can be called.
    ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty taintedProperty() {
        return tainted.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty undoableProperty() {
        return undoable.getReadOnlyProperty();
    }

    /// Why nothing can be called, or empty.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Why there is nothing to choose from.
    ReadOnlyStringProperty nothingProperty() {
        return nothing.getReadOnlyProperty();
    }

    /// The newest first.
    ObservableList<PastCall> history() {
        return history;
    }

    // ---- commands

    /// Calls the chosen function; wrong fields are marked instead.
    void run() {
        if (running.get()) {
            return;
        }
        form.read().ifPresent(filled -> {
            if (filled.function().command()) {
                runCommand(filled);
            } else {
                call(filled);
            }
        });
    }

    /// A command runs once in an instance, with what the form grants it.
    private void runCommand(CallForm.Filled wanted) {
        var document = wanted.module();
        var grants = wasi.grants(document.name());
        if (grants.isEmpty()) {
            return;
        }
        var open = document.sessionProperty().get();
        var fresh = open != null && open.status().epoch() == 0;
        if (fresh && same(document.request().wasi(), grants.get())) {
            call(wanted);
            return;
        }
        call.set(new CallState.Running(wanted.what().call()));
        whenOpen = () -> call(wanted);
        document.openSession(document.request().withRuntime(runtime.get()).withWasi(grants));
    }

    private static boolean same(Optional<WasiGrants> before, WasiGrants now) {
        return before.isPresent()
                && before.get().arguments().equals(now.arguments())
                && before.get().environment().equals(now.environment())
                && before.get().directories().equals(now.directories())
                && before.get().network().equals(now.network())
                && java.util.Arrays.equals(before.get().stdin(), now.stdin());
    }

    private void call(CallForm.Filled wanted) {
        var session = wanted.module().sessionProperty().get();
        if (session == null) {
            call.set(new CallState.Failed(wanted.what().call(), "The module has no session. " + problem.get()));
            return;
        }
        var pages = pages(session);
        call.set(new CallState.Running(wanted.what().call()));
        background.await(
                session.call(wanted.request())
                        .thenCombine(session.lastChanges(0, 0).exceptionally(_ -> NO_CHANGES), Ended::new),
                result -> ended(wanted, session, pages, result));
    }

    private static final Changes NO_CHANGES = new Changes(0, List.of(), 0, 0);

    private record Ended(CallOutcome outcome, Changes changes) {}

    private static int pages(Session session) {
        return session.status().memoryPages().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private void ended(CallForm.Filled wanted, Session session, int pagesBefore, Result<Ended> result) {
        log.read(session, true);
        var text = wanted.what().call();
        switch (result) {
            case Result.Ok<Ended>(Ended(var outcome, var changes)) -> {
                var rejected = outcome instanceof CallOutcome.Rejected;
                show(
                        wanted.module(),
                        new CallState.Ended(
                                wanted.module(),
                                text,
                                outcome,
                                rejected ? 0 : pages(session) - pagesBefore,
                                rejected ? 0 : changes.bytes()));
                history.addFirst(new PastCall(
                        wanted.module(), wanted.what().export(), wanted.what().texts(), outcome));
                if (history.size() > MOST_HISTORY) {
                    history.removeLast();
                }
                lines.add(text, outcome);
            }
            case Result.Failed<Ended>(var cause) -> {
                show(wanted.module(), new CallState.Failed(text, String.valueOf(cause.getMessage())));
                log.add(OutputLine.Level.FAIL, text + ": " + cause.getMessage());
            }
            case Result.Cancelled<Ended> _ -> show(wanted.module(), new CallState.None());
        }
        follow();
    }

    /// The card belongs to the module that is looked at; the history has the others.
    private void show(ModuleDocument module, CallState state) {
        if (module.equals(workspace.activeProperty().get())) {
            call.set(state);
        }
    }

    void stop() {
        var document = workspace.activeProperty().get();
        var session = document == null ? null : document.sessionProperty().get();
        if (session != null) {
            session.stop();
        }
    }

    /// Takes back the last call or edit.
    void undo() {
        var document = workspace.activeProperty().get();
        if (document != null) {
            document.undo();
        }
    }

    void restart() {
        var document = workspace.activeProperty().get();
        if (document != null) {
            document.restart();
        }
    }

    /// Fills the form as it was for a call of the history.
    void refill(PastCall past) {
        workspace.activate(past.module());
        form.refill(past);
    }

    /// Looks at what may have changed without us: edits and undos elsewhere, output of a running guest.
    void poll() {
        var document = workspace.activeProperty().get();
        var session = document == null ? null : document.sessionProperty().get();
        if (session != null && running.get()) {
            log.read(session, false);
        }
        follow();
    }

    // ---- following the module

    private void moduleChanged(@Nullable ModuleDocument document) {
        ofModule.unsubscribe();
        whenOpen = null;
        call.set(new CallState.None());
        if (document == null) {
            form.empty();
            problem.set("");
            nothing.set("Open a module that exports functions; they can be called here.");
            follow();
            return;
        }
        ofModule = document.factsProperty()
                .subscribe(_ -> factsChanged(document))
                .and(document.sessionStateProperty().subscribe(state -> sessionChanged(document, state)));
    }

    private void factsChanged(ModuleDocument document) {
        // What one module was granted is not for the next one.
        wasi.fill(document.request().wasi().orElse(WasiGrants.NONE));
        form.show(document);
        nothing.set(
                switch (document.factsProperty().get()) {
                    case Facts.Reading _ -> "Reading %s…".formatted(document.name());
                    case Facts.Malformed _ ->
                        "%s is malformed, so none of its functions can be called.".formatted(document.name());
                    case Facts.Read _ -> "%s exports no function.".formatted(document.name());
                });
    }

    private void sessionChanged(ModuleDocument document, SessionState state) {
        switch (state) {
            case SessionState.Open(var session) -> {
                runtime.set(session.info().runtime());
                problem.set("");
                ready.set(true);
                log.read(session, true);
                var next = whenOpen;
                whenOpen = null;
                if (next != null) {
                    next.run();
                }
            }
            case SessionState.Opening _ -> {
                ready.set(false);
                problem.set("The module is being prepared…");
            }
            case SessionState.None _ -> {
                ready.set(false);
                problem.set("");
            }
            case SessionState.Failed(var reason, var _) -> {
                ready.set(false);
                problem.set(reason);
                log.add(OutputLine.Level.FAIL, document.name() + ": " + reason);
                if (whenOpen != null) {
                    whenOpen = null;
                    call.set(new CallState.Failed(document.name(), reason));
                }
            }
        }
        follow();
    }

    private void follow() {
        var document = workspace.activeProperty().get();
        var session = document == null ? null : document.sessionProperty().get();
        var status = session == null ? null : session.status();
        tainted.set(status != null && status.tainted());
        undoable.set(status != null && status.undoSteps() > 0);
    }

    private void runtimeChanged() {
        var document = workspace.activeProperty().get();
        var session = document == null ? null : document.sessionProperty().get();
        if (document != null && session != null && !session.info().runtime().equals(runtime.get())) {
            document.openSession(document.request().withRuntime(runtime.get()));
        }
    }
}
