package dev.wasmscope.views.explorer;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// A share as a bar and a number.
final class ShareCell extends TableCell<SectionRow, Double> {
    private final Region bar = new Region();
    private final StackPane track = new StackPane(bar);
    private final Label number = new Label();
    private final HBox row = new HBox(8, track, number);

    ShareCell() {
        track.getStyleClass().add("share-track");
        bar.getStyleClass().add("share-bar");
        StackPane.setAlignment(bar, Pos.CENTER_LEFT);
        bar.setMinWidth(0);
        track.setMinWidth(24);
        HBox.setHgrow(track, Priority.ALWAYS);
        number.getStyleClass().addAll("mono", "share-number");
        number.setMinWidth(Region.USE_PREF_SIZE);
        row.setAlignment(Pos.CENTER_LEFT);
        row.prefWidthProperty().bind(widthProperty().subtract(18));
    }

    @Override
    protected void updateItem(@Nullable Double share, boolean empty) {
        super.updateItem(share, empty);
        if (empty || share == null) {
            setGraphic(null);
            return;
        }
        bar.maxWidthProperty().bind(track.widthProperty().multiply(share));
        number.setText(Sizes.percent(share));
        setGraphic(row);
    }
}
