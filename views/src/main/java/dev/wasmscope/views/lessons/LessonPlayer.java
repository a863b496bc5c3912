package dev.wasmscope.views.lessons;

import dev.wasmscope.engine.names.NearestName;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.ExportInfo;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.UndoOutcome;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.Values;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.SessionState;
import dev.wasmscope.views.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// Does what the steps of a lesson say, with the same sessions and tools that the user has. UI thread only.
final class LessonPlayer {
    private final Workspace workspace;
    private final Workbench workbench;
    private @Nullable ModuleDocument module;

    /// How an action ended.
    sealed interface Ended {}

    /// @param report what there is to say, as a sentence; empty where the tools show it
    record Done(String report) implements Ended {}

    record Failed(String reason) implements Ended {}

    LessonPlayer(Workspace workspace, Workbench workbench) {
        this.workspace = workspace;
        this.workbench = workbench;
    }

    /// @param then hears of the end, perhaps before this returns
    void run(Action action, Consumer<Ended> then) {
        switch (action) {
            case Action.Open(var sample) -> open(sample, then);
            case Action.Show(var tool) -> {
                workbench.show(tool);
                then.accept(new Done(""));
            }
            case Action.Restart _ -> withModule(then, open -> restart(open, then));
            case Action.Choose(var export) ->
                withModule(then, open -> {
                    workbench.go(new Location.Export(open, export));
                    then.accept(new Done(""));
                });
            case Action.Memory(var address, var length) ->
                withModule(then, open -> {
                    workbench.go(new Location.Memory(open, 0, address, length));
                    then.accept(new Done(""));
                });
            case Action.Call call -> withSession(then, session -> call(session, call, then));
            case Action.Undo _ -> withSession(then, session -> undo(session, then));
        }
    }

    /// A module that the lesson opened before starts anew, so that every run begins alike.
    private void open(String sample, Consumer<Ended> then) {
        if (workspace.sample(sample).isEmpty()) {
            then.accept(new Failed("There is no %s in this build, which the lesson needs.".formatted(sample)));
            return;
        }
        var known = List.copyOf(workspace.modules());
        workspace.openSample(sample, opened -> {
            module = opened;
            if (known.contains(opened)) {
                restart(opened, then);
            } else {
                whenStarted(opened, then);
            }
        });
    }

    private void restart(ModuleDocument open, Consumer<Ended> then) {
        open.restart();
        whenStarted(open, then);
    }

    private static void whenStarted(ModuleDocument opened, Consumer<Ended> then) {
        var waiting = new Waiting(then);
        waiting.on(opened.sessionStateProperty().subscribe(state -> {
            switch (state) {
                case SessionState.Open _ -> waiting.end(new Done(""));
                case SessionState.Failed(var reason, var _) -> waiting.end(new Failed(reason));
                case SessionState.None _, SessionState.Opening _ -> {}
            }
        }));
    }

    private void call(Session session, Action.Call call, Consumer<Ended> then) {
        var export = session.info().exports().stream()
                .filter(offered ->
                        offered.kind() == ExternKind.FUNCTION && offered.name().equals(call.export()))
                .findFirst();
        if (export.isEmpty()) {
            then.accept(new Failed(noSuchExport(session, call.export())));
            return;
        }
        var arguments = new ArrayList<Value>();
        var problem = arguments(export.get(), call, arguments);
        if (!problem.isEmpty()) {
            then.accept(new Failed(problem));
            return;
        }
        workbench
                .background()
                .await(session.call(CallRequest.of(call.export(), arguments.toArray(Value[]::new))), result -> {
                    switch (result) {
                        case Result.Ok<CallOutcome>(var outcome) -> then.accept(report(call, outcome));
                        case Result.Failed<CallOutcome>(var cause) ->
                            then.accept(new Failed(String.valueOf(cause.getMessage())));
                        case Result.Cancelled<CallOutcome> _ ->
                            then.accept(new Failed("The call of %s was stopped.".formatted(call.export())));
                    }
                });
    }

    /// @return what is wrong, as a sentence, or empty
    private static String arguments(ExportInfo export, Action.Call call, List<Value> into) {
        var types = export.function().orElseThrow().parameters();
        if (types.size() != call.arguments().size()) {
            return "%s takes %d arguments, the lesson gives %d: %s."
                    .formatted(call.export(), types.size(), call.arguments().size(), call);
        }
        for (var i = 0; i < types.size(); i++) {
            switch (Values.parse(types.get(i), call.arguments().get(i))) {
                case Values.Good(var value) -> into.add(value);
                case Values.Bad(var reason) -> {
                    return "Argument %d of %s: %s".formatted(i + 1, call, reason);
                }
            }
        }
        return "";
    }

    private static String noSuchExport(Session session, String name) {
        var names = session.info().exports().stream().map(ExportInfo::name).toList();
        return "%s exports no function %s.%s"
                .formatted(
                        session.info().module(),
                        name,
                        NearestName.of(name, names)
                                .map(near -> " Did the lesson mean %s?".formatted(near))
                                .orElse(""));
    }

    /// A trap is not a failure of the lesson: some show one.
    private static Ended report(Action.Call call, CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Returned(var results, var _) ->
                new Done(
                        results.isEmpty()
                                ? "%s returned.".formatted(call)
                                : "%s → %s"
                                        .formatted(
                                                call,
                                                results.stream()
                                                        .map(Value::toString)
                                                        .collect(Collectors.joining(", "))));
            case CallOutcome.Trapped trapped -> new Done("%s trapped: %s.".formatted(call, trapped.reason()));
            case CallOutcome.TimedOut timedOut ->
                new Done("%s was stopped after %d ms."
                        .formatted(call, timedOut.elapsed().toMillis()));
            case CallOutcome.Exited(var code, var _) -> new Done("%s ended with exit code %d.".formatted(call, code));
            case CallOutcome.Rejected(var reason) -> new Failed(reason);
        };
    }

    private void undo(Session session, Consumer<Ended> then) {
        workbench.background().await(session.undo(), result -> {
            switch (result) {
                case Result.Ok<UndoOutcome>(UndoOutcome.Undone(var step)) ->
                    then.accept(new Done("Undid the " + step + "."));
                case Result.Ok<UndoOutcome>(UndoOutcome.NothingToUndo(var reason)) -> then.accept(new Failed(reason));
                case Result.Failed<UndoOutcome>(var cause) ->
                    then.accept(new Failed(String.valueOf(cause.getMessage())));
                case Result.Cancelled<UndoOutcome> _ -> then.accept(new Failed("The undo was stopped."));
            }
        });
    }

    private void withModule(Consumer<Ended> then, Consumer<ModuleDocument> use) {
        var open = module;
        if (open == null || !workspace.modules().contains(open)) {
            then.accept(new Failed("The lesson's module was closed. Start the lesson again."));
        } else {
            use.accept(open);
        }
    }

    private void withSession(Consumer<Ended> then, Consumer<Session> use) {
        withModule(then, open -> {
            var session = open.sessionProperty().get();
            if (session == null) {
                then.accept(new Failed("%s is not running. Start the lesson again.".formatted(open.name())));
            } else {
                use.accept(session);
            }
        });
    }

    /// One answer, then the subscription ends, also where the answer came at once.
    private static final class Waiting {
        private final Consumer<Ended> then;
        private @Nullable Subscription subscription;
        private boolean ended;

        Waiting(Consumer<Ended> then) {
            this.then = then;
        }

        void on(Subscription made) {
            subscription = made;
            if (ended) {
                made.unsubscribe();
            }
        }

        void end(Ended how) {
            if (ended) {
                return;
            }
            ended = true;
            if (subscription != null) {
                subscription.unsubscribe();
            }
            then.accept(how);
        }
    }
}
