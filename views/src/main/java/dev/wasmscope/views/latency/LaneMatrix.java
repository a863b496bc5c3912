package dev.wasmscope.views.latency;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;

/// Servers against transports, a tick a lane. A heading ticks its whole row or column; arrow keys move about.
final class LaneMatrix extends GridPane {
    private final PlanModel plan;
    private final Map<Lane, CheckBox> boxes = new LinkedHashMap<>();
    private LaneObstacles obstacles = LaneObstacles.NONE;

    LaneMatrix(LatencyViewModel model) {
        this.plan = model.plan();
        setId("latency-matrix");
        getStyleClass().add("lane-matrix");
        for (int column = 0; column < Lane.TRANSPORTS.size(); column++) {
            var transport = Lane.TRANSPORTS.get(column);
            add(heading(Lane.way(transport), lane -> lane.transport().equals(transport)), column + 1, 0);
        }
        for (int row = 0; row < Lane.TARGETS.size(); row++) {
            var target = Lane.TARGETS.get(row);
            add(heading(Lane.server(target), lane -> lane.target().equals(target)), 0, row + 1);
            for (int column = 0; column < Lane.TRANSPORTS.size(); column++) {
                add(cell(new Lane(target, Lane.TRANSPORTS.get(column))), column + 1, row + 1);
            }
        }
        plan.lanesProperty().subscribe(lanes -> boxes.forEach((lane, box) -> box.setSelected(lanes.has(lane))));
        model.obstaclesProperty().subscribe(this::grey);
        addEventFilter(KeyEvent.KEY_PRESSED, this::move);
    }

    private Label heading(String text, java.util.function.Predicate<Lane> of) {
        var label = new Label(text);
        label.getStyleClass().add("lane-heading");
        label.setOnMouseClicked(_ -> toggle(of));
        return label;
    }

    /// Off where all of them are on, else on.
    private void toggle(java.util.function.Predicate<Lane> of) {
        var lanes = boxes.keySet().stream()
                .filter(of.and(lane -> obstacles.of(lane).isEmpty()))
                .toList();
        boolean on = !lanes.stream().allMatch(plan.lanesProperty().get()::has);
        for (var lane : lanes) {
            plan.lanesProperty().set(plan.lanesProperty().get().with(lane, on));
        }
    }

    private Node cell(Lane lane) {
        var box = new CheckBox();
        box.setId("latency-lane-" + lane.target() + "-" + lane.transport());
        box.setAccessibleText(Lane.server(lane.target()) + " over " + Lane.way(lane.transport()));
        box.setOnAction(_ -> {
            plan.lanesProperty().set(plan.lanesProperty().get().with(lane, box.isSelected()));
            // The last lane stays.
            box.setSelected(plan.lanesProperty().get().has(lane));
        });
        boxes.put(lane, box);
        // A disabled box shows no tool tip, what is around it does.
        var cell = new StackPane(box);
        cell.getStyleClass().add("lane-cell");
        return cell;
    }

    private void grey(LaneObstacles found) {
        obstacles = found;
        boxes.forEach((lane, box) -> {
            var why = found.of(lane);
            box.setDisable(why.isPresent());
            Tooltip.uninstall(box.getParent(), null);
            why.ifPresent(text -> Tooltip.install(box.getParent(), new Tooltip(text)));
        });
    }

    private void move(KeyEvent event) {
        var order = new ArrayList<>(boxes.values());
        int at = order.indexOf(event.getTarget());
        int columns = Lane.TRANSPORTS.size();
        var step = at < 0 ? Optional.<Integer>empty() : step(event.getCode(), at % columns, columns);
        if (step.isPresent()) {
            event.consume();
            for (int next = at + step.get(); next >= 0 && next < order.size(); next += step.get()) {
                if (!order.get(next).isDisabled()) {
                    order.get(next).requestFocus();
                    return;
                }
            }
        }
    }

    private static Optional<Integer> step(KeyCode key, int column, int columns) {
        return switch (key) {
            case LEFT -> Optional.of(column == 0 ? 0 : -1).filter(s -> s != 0);
            case RIGHT -> Optional.of(column == columns - 1 ? 0 : 1).filter(s -> s != 0);
            case UP -> Optional.of(-columns);
            case DOWN -> Optional.of(columns);
            default -> Optional.empty();
        };
    }
}
