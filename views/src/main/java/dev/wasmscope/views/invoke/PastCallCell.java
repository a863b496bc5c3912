package dev.wasmscope.views.invoke;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/// `✓ fib(30)  832040`.
final class PastCallCell extends ListCell<PastCall> {
    @Override
    protected void updateItem(@Nullable PastCall past, boolean empty) {
        super.updateItem(past, empty);
        if (empty || past == null) {
            setGraphic(null);
            setTooltip(null);
            return;
        }
        var call = Parts.label(past.call(), "mono");
        call.setMinWidth(40);
        var gist = new Label(Notations.gist(past.outcome()));
        gist.getStyleClass().add("dim");
        HBox.setHgrow(gist, Priority.ALWAYS);
        var row = new HBox(icon(past.outcome()), call, gist);
        row.getStyleClass().add("cell-row");
        setGraphic(row);
        setTooltip(new Tooltip(past.module().name() + ": " + past.call() + " → " + gist.getText()));
    }

    private static Node icon(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Returned _ -> Icons.done();
            case CallOutcome.Exited exited -> exited.code() == 0 ? Icons.done() : Icons.warning();
            case CallOutcome.Trapped _ -> Icons.wrong();
            case CallOutcome.TimedOut _ -> Icons.timer();
            case CallOutcome.Rejected _ -> Icons.warning();
        };
    }
}
