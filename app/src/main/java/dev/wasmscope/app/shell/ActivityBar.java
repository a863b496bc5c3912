package dev.wasmscope.app.shell;

import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.Tool;
import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The column of icons at the left edge: a button a tool, the bell at the bottom.
final class ActivityBar {
    private static final PseudoClass ON = PseudoClass.getPseudoClass("on");

    private final Docking docking;
    private final VBox tools = new VBox();
    private final VBox bar = new VBox();

    ActivityBar(Docking docking, Notifications notifications, Runnable showNotifications) {
        this.docking = docking;
        tools.getStyleClass().add("activity-tools");
        bar.getStyleClass().add("activity-bar");
        var gap = new Region();
        VBox.setVgrow(gap, Priority.ALWAYS);
        bar.getChildren().addAll(tools, gap, bell(notifications, showNotifications));
    }

    Node node() {
        return bar;
    }

    /// Call after tools were registered.
    void refresh() {
        tools.getChildren().clear();
        var number = 1;
        for (var tool : docking.tools()) {
            tools.getChildren().add(button(tool, number++));
        }
    }

    private Button button(Tool tool, int number) {
        var button = new Button(null, tool.newIcon());
        button.setId("activity-" + tool.id());
        button.getStyleClass().add("activity");
        button.setFocusTraversable(false);
        button.setAccessibleText(tool.title());
        button.setTooltip(new Tooltip(number <= 9 ? tool.title() + " (Ctrl+" + number + ")" : tool.title()));
        button.setOnAction(_ -> docking.show(tool.id()));
        docking.frontProperty().subscribe(front -> button.pseudoClassStateChanged(ON, tool.equals(front)));
        return button;
    }

    private static Node bell(Notifications notifications, Runnable show) {
        var button = new Button(null, Icons.notifications());
        button.setId("notifications-bell");
        button.getStyleClass().add("activity");
        button.setFocusTraversable(false);
        button.setAccessibleText("Notifications");
        button.setTooltip(new Tooltip("Notifications"));
        button.setOnAction(_ -> show.run());
        var badge = new Label();
        badge.getStyleClass().add("badge");
        badge.setMouseTransparent(true);
        badge.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> notifications.unreadProperty().get() > 9
                                ? "9+"
                                : String.valueOf(notifications.unreadProperty().get()),
                        notifications.unreadProperty()));
        badge.visibleProperty().bind(notifications.unreadProperty().greaterThan(0));
        return new StackPane(button, badge);
    }
}
