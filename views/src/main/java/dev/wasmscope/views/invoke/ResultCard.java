package dev.wasmscope.views.invoke;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.WasmFrame;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.workspace.ModuleDocument;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// How the last call ended, with links to where it trapped.
final class ResultCard extends VBox {
    private final Consumer<Location> go;

    ResultCard(Consumer<Location> go) {
        this.go = go;
        setId("invoke-result");
        getStyleClass().add("panel-card");
    }

    void show(CallState state) {
        switch (state) {
            case CallState.None _ -> getChildren().setAll(wrapped("Nothing called yet. Ctrl+Enter calls.", "muted"));
            case CallState.Running(var call) -> {
                var busy = new ProgressIndicator();
                busy.setPrefSize(14, 14);
                getChildren().setAll(head(busy, call + " runs. Esc stops it."));
            }
            case CallState.Failed(var call, var reason) ->
                getChildren().setAll(head(Icons.failure(), call), wrapped(reason, "error-text"));
            case CallState.Ended ended -> show(ended);
        }
    }

    private void show(CallState.Ended ended) {
        var outcome = ended.outcome();
        getChildren().setAll(head(icon(outcome), Notations.headline(outcome)));
        switch (outcome) {
            case CallOutcome.Returned(var results, var _) -> results.forEach(this::result);
            case CallOutcome.Trapped trapped -> {
                getChildren().add(wrapped(trapped.reason(), "error-text", "strong"));
                trapped.address().ifPresent(address -> getChildren().add(addressLink(ended.module(), address)));
                backtrace(ended.module(), trapped.backtrace());
            }
            case CallOutcome.TimedOut late -> backtrace(ended.module(), late.backtrace());
            case CallOutcome.Rejected(var reason) -> getChildren().add(wrapped(reason, "warn-text"));
            case CallOutcome.Exited exited ->
                getChildren().add(wrapped("exit code " + exited.code(), "mono", "strong"));
        }
        if (!(outcome instanceof CallOutcome.Rejected)) {
            var facts = grid();
            fact(facts, 0, "call", ended.call());
            fact(facts, 1, "memory", memory(ended));
            getChildren().add(facts);
        }
    }

    private static String memory(CallState.Ended ended) {
        var bytes = ended.changed() == 1 ? "1 byte changed" : "%,d bytes changed".formatted(ended.changed());
        return ended.grown() == 0 ? bytes : "%+d pages, %s".formatted(ended.grown(), bytes);
    }

    private static Node icon(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Returned _ -> Icons.success();
            case CallOutcome.Exited exited when exited.code() == 0 -> Icons.success();
            case CallOutcome.Exited _ -> Icons.warning();
            case CallOutcome.Trapped _ -> Icons.trap();
            case CallOutcome.TimedOut _ -> Icons.timer();
            case CallOutcome.Rejected _ -> Icons.warning();
        };
    }

    private static HBox head(Node icon, String text) {
        var label = new Label(text);
        label.setWrapText(true);
        var row = new HBox(8, icon, label);
        row.getStyleClass().add("outcome-head");
        return row;
    }

    private static Label wrapped(String text, String... styles) {
        var label = new Label(text);
        label.getStyleClass().addAll(styles);
        label.setWrapText(true);
        return label;
    }

    private void result(Value value) {
        var text = wrapped(value.toString(), "result");
        text.setId("invoke-value");
        var row = new HBox(8, text, Parts.chip(value.type().text(), "result-type"));
        row.getStyleClass().add("result-row");
        var others = grid();
        var line = 0;
        for (var notation : Notations.of(value)) {
            fact(others, line++, notation.name(), notation.text());
        }
        getChildren().addAll(row, others);
    }

    private static GridPane grid() {
        var grid = new GridPane();
        grid.getStyleClass().add("facts");
        return grid;
    }

    private static void fact(GridPane grid, int row, String name, String text) {
        var value = wrapped(text, "value");
        grid.addRow(row, Parts.label(name, "key"), value);
    }

    private Node addressLink(ModuleDocument module, long address) {
        var link = Parts.link(
                "at address 0x%x".formatted(address), () -> go.accept(new Location.Memory(module, 0, address, 1)));
        link.setId("invoke-address");
        return link;
    }

    private void backtrace(ModuleDocument module, List<WasmFrame> frames) {
        var lines = new VBox();
        lines.getStyleClass().add("backtrace");
        for (var frame : frames) {
            var text = "at " + frame.name();
            if (frame.offset().isPresent()) {
                text += "  0x%x".formatted(frame.offset().getAsLong());
            }
            if (frame.function() < 0) {
                lines.getChildren().add(Parts.label(text, "mono", "muted"));
            } else {
                var link = Parts.link(
                        text, () -> go.accept(new Location.Function(module, frame.function(), frame.offset())));
                link.getStyleClass().add("mono");
                lines.getChildren().add(link);
            }
        }
        if (!frames.isEmpty()) {
            getChildren().add(lines);
        }
    }
}
