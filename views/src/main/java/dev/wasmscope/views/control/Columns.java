package dev.wasmscope.views.control;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// Widths of a table's columns.
public final class Columns {
    private static final double SCROLL_BAR = 14;

    private Columns() {}

    /// All columns keep the width they are given, and one takes what is left over; where there is too little room the
    /// table scrolls sideways instead of cutting every cell.
    public static void takesTheRest(TableView<?> table, TableColumn<?, ?> elastic) {
        table.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
        var least = elastic.getPrefWidth();
        var others = new ArrayList<TableColumn<?, ?>>(table.getColumns());
        others.remove(elastic);
        var watched = new ArrayList<Observable>();
        watched.add(table.widthProperty());
        for (var column : others) {
            watched.add(column.widthProperty());
            watched.add(column.visibleProperty());
        }
        elastic.prefWidthProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> Math.max(least, table.getWidth() - SCROLL_BAR - width(others)),
                        watched.toArray(Observable[]::new)));
    }

    private static double width(List<TableColumn<?, ?>> columns) {
        return columns.stream()
                .filter(TableColumn::isVisible)
                .mapToDouble(TableColumn::getWidth)
                .sum();
    }
}
