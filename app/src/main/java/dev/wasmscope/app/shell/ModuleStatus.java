package dev.wasmscope.app.shell;

import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionStatus.Phase;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.workspace.Facts;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.SessionState;
import dev.wasmscope.views.workspace.Workspace;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The state of the module that is looked at, its runtime and its memory.
///
/// A session's status is a snapshot, so it is polled.
final class ModuleStatus {
    private final Workspace workspace;
    private final UnaryOperator<String> runtimeTitle;
    private final HBox row = new HBox();
    private final Label state = Parts.label("");
    private final HBox stateFact = StatusBar.fact(Icons.module(), state);
    private final Label runtime = Parts.label("");
    private final HBox runtimeFact = StatusBar.fact(Icons.runtime(), runtime);
    private final Label memory = Parts.label("");
    private final HBox memoryFact = StatusBar.fact(Icons.memory(), memory);

    ModuleStatus(Workspace workspace, UnaryOperator<String> runtimeTitle) {
        this.runtimeTitle = runtimeTitle;
        this.workspace = workspace;
        row.getStyleClass().add("status-group");
        row.getChildren().addAll(stateFact, runtimeFact, memoryFact);
        state.setId("status-module");
        runtime.setId("status-runtime");
        memory.setId("status-memory");
        hideWhileEmpty(runtimeFact, runtime);
        hideWhileEmpty(memoryFact, memory);
        workspace.activeProperty().subscribe(_ -> poll());
        poll();
    }

    Node node() {
        return row;
    }

    void poll() {
        var document = workspace.activeProperty().get();
        if (document == null) {
            show(Icons::module, "No module open");
            runtime.setText("");
            memory.setText("");
            return;
        }
        showState(document);
        var session = document.sessionProperty().get();
        runtime.setText(session == null ? "" : runtimeOf(session));
        memory.setText(session == null ? "" : memoryOf(session));
    }

    private void showState(ModuleDocument document) {
        switch (document.factsProperty().get()) {
            case Facts.Reading _ -> show(Icons::task, "Reading " + document.name());
            case Facts.Malformed _ -> show(Icons::failure, document.name() + " is malformed");
            case Facts.Read _ -> showSession(document);
        }
    }

    private void showSession(ModuleDocument document) {
        switch (document.sessionStateProperty().get()) {
            case SessionState.None _ -> show(Icons::module, document.name() + ", no session");
            case SessionState.Opening _ -> show(Icons::task, "Starting " + document.name());
            case SessionState.Failed _ -> show(Icons::failure, document.name() + " did not start");
            case SessionState.Open(var session) -> {
                var status = session.status();
                switch (status.phase()) {
                    case Phase.Idle _ ->
                        show(
                                status.tainted() ? Icons::warning : Icons::success,
                                document.name() + (status.tainted() ? " tainted: undo the last call" : " loaded"));
                    case Phase.Running(var export, var since) ->
                        show(
                                Icons::load,
                                "%s: %s runs, %.1f s".formatted(document.name(), export, since.toMillis() / 1e3));
                    case Phase.Closed _ -> show(Icons::failure, document.name() + ": session closed");
                }
            }
        }
    }

    private void show(Supplier<FontIcon> icon, String text) {
        if (!text.equals(state.getText())) {
            state.setText(text);
            stateFact.getChildren().set(0, icon.get());
        }
    }

    private String runtimeOf(Session session) {
        var info = session.info();
        return runtimeTitle.apply(info.runtime()) + (info.placement() == Placement.CHILD ? " · child process" : "");
    }

    private static String memoryOf(Session session) {
        var pages = session.status().memoryPages();
        if (pages.isEmpty()) {
            return "";
        }
        var more = pages.size() > 1 ? " · %d memories".formatted(pages.size()) : "";
        return "memory[0] %,d %s · %s%s"
                .formatted(
                        pages.getFirst(),
                        pages.getFirst() == 1 ? "page" : "pages",
                        Sizes.binary(pages.getFirst() * 65_536L),
                        more);
    }

    private static void hideWhileEmpty(HBox fact, Label label) {
        fact.visibleProperty().bind(label.textProperty().isNotEmpty());
        fact.managedProperty().bind(fact.visibleProperty());
    }
}
