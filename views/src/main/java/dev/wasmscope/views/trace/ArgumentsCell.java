package dev.wasmscope.views.trace;

import dev.wasmscope.engine.wasi.WasiText.Run;
import java.util.function.Consumer;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// The arguments of a call in one line: strings coloured, addresses to click.
final class ArgumentsCell extends TableCell<CallRow, CallRow> {
    private final Consumer<CallRow.Pointer> open;
    private final HBox line = new HBox();

    ArgumentsCell(Consumer<CallRow.Pointer> open) {
        this.open = open;
        getStyleClass().addAll("mono", "arguments");
        line.getStyleClass().add("runs");
        line.setMinWidth(Region.USE_PREF_SIZE);
        var clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
    }

    @Override
    protected void updateItem(@Nullable CallRow row, boolean empty) {
        super.updateItem(row, empty);
        line.getChildren().clear();
        if (empty || row == null) {
            setGraphic(null);
            setTooltip(null);
            setAccessibleText(null);
            return;
        }
        row.runs().forEach(run -> line.getChildren().add(text(run)));
        setGraphic(line);
        setAccessibleText(row.arguments());
        var tip = new Tooltip(row.details());
        tip.getStyleClass().add("call-details");
        tip.setShowDuration(Duration.minutes(1));
        setTooltip(tip);
    }

    private Text text(Run run) {
        var text = new Text(run.text());
        text.getStyleClass().add("text");
        text.getStyleClass()
                .add(
                        switch (run.look()) {
                            case PLAIN -> "dim";
                            case VALUE -> "value";
                            case TEXT -> "string";
                            case ADDRESS -> "link";
                            case BAD -> "error";
                        });
        run.at().ifPresent(at -> {
            text.getStyleClass().add("pointer");
            text.setOnMouseClicked(event -> {
                if (event.getButton() == MouseButton.PRIMARY) {
                    open.accept(new CallRow.Pointer("", at));
                    event.consume();
                }
            });
        });
        return text;
    }
}
