package dev.wasmscope.app.shell;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.GridPane;
import org.jspecify.annotations.Nullable;
import software.coley.bentofx.control.Header;
import software.coley.bentofx.dockable.Dockable;

/// One tab while its stack is laid out. The library's header has icon, title and close button in a grid.
final class FittingTab {
    private static final int TITLE = 1;
    private static final int CLOSE = 2;
    /// The button has air around its cross, which a title alone lacks.
    private static final double ROOM_FOR_NO_CLOSE = 4;

    private final Header header;
    private final GridPane grid;
    private boolean titled = true;
    private boolean closable = true;

    private FittingTab(Header header, GridPane grid) {
        this.header = header;
        this.grid = grid;
    }

    /// Empty for what is no tab.
    static Optional<FittingTab> of(Node child) {
        return child instanceof Header header
                        && header.getChildrenUnmodifiable().getFirst() instanceof BorderPane wrapper
                        && wrapper.getCenter() instanceof GridPane grid
                ? Optional.of(new FittingTab(header, grid))
                : Optional.empty();
    }

    boolean isOf(@Nullable Dockable dockable) {
        return header.getDockable().equals(dockable);
    }

    void dropClose() {
        closable = false;
    }

    void dropTitle() {
        titled = false;
    }

    double width() {
        var width = 0.0;
        for (var part : grid.getChildren()) {
            if (shown(part)) {
                width += part.prefWidth(-1) + (width > 0 ? grid.getHgap() : 0);
            }
        }
        if (!closable) {
            width += ROOM_FOR_NO_CLOSE;
        }
        return Math.ceil(grid.getInsets().getLeft() + width + grid.getInsets().getRight());
    }

    void place(double x, double height) {
        for (var part : grid.getChildren()) {
            part.setVisible(shown(part));
            part.setManaged(shown(part));
        }
        var dockable = header.getDockable();
        if (titled != (dockable.getTooltip() == null)) {
            dockable.setTooltip(titled ? null : new Tooltip(dockable.getTitle()));
        }
        header.resizeRelocate(x, 0, width(), height);
    }

    private boolean shown(Node part) {
        return switch (grid.getChildren().indexOf(part)) {
            case TITLE -> titled;
            case CLOSE -> closable;
            default -> true;
        };
    }
}
