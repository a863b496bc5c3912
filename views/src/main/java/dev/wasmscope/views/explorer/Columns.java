package dev.wasmscope.views.explorer;

import java.util.ArrayList;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// Widths of a table's columns.
final class Columns {
    private static final double SCROLL_BAR = 14;

    private Columns() {}

    /// All columns keep the width they are given, and the last one takes what is left over; where there is too little
    /// room the table scrolls sideways instead of cutting every cell.
    static void lastTakesTheRest(TableView<?> table) {
        table.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
        var columns = table.getColumns();
        var last = columns.getLast();
        var least = last.getPrefWidth();
        var watched = new ArrayList<Observable>();
        watched.add(table.widthProperty());
        columns.subList(0, columns.size() - 1).forEach(column -> watched.add(column.widthProperty()));
        last.prefWidthProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> Math.max(
                                least,
                                table.getWidth()
                                        - SCROLL_BAR
                                        - columns.subList(0, columns.size() - 1).stream()
                                                .mapToDouble(TableColumn::getWidth)
                                                .sum()),
                        watched.toArray(Observable[]::new)));
    }
}
