package dev.wasmscope.app.shell;

import atlantafx.base.theme.Styles;
import dev.wasmscope.app.shell.Notifications.Noted;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.spi.Notice;
import java.time.format.DateTimeFormatter;
import javafx.animation.FadeTransition;
import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// Notices at the bottom right as they come, and the list of all of them behind the bell.
final class Toasts {
    private static final int MOST = 4;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Notifications notifications;
    private final VBox toasts = new VBox();
    private final VBox list = new VBox();
    private final VBox panel = new VBox();
    private final StackPane layer = new StackPane();

    Toasts(Notifications notifications) {
        this.notifications = notifications;
        toasts.getStyleClass().add("toasts");
        toasts.setPickOnBounds(false);
        toasts.setMaxSize(400, Region.USE_PREF_SIZE);
        panel.getStyleClass().add("notification-panel");
        panel.setId("notification-panel");
        panel.setMaxSize(420, 420);
        panel.setVisible(false);
        panel.managedProperty().bind(panel.visibleProperty());
        panel.getChildren().addAll(head(), scroll());
        layer.setPickOnBounds(false);
        layer.setAlignment(Pos.BOTTOM_RIGHT);
        StackPane.setAlignment(panel, Pos.BOTTOM_LEFT);
        layer.getChildren().addAll(toasts, panel);
        notifications.list().addListener((ListChangeListener<Noted>) change -> {
            while (change.next()) {
                change.getAddedSubList().forEach(noted -> pop(noted.notice()));
            }
            fill();
        });
        fill();
    }

    Node node() {
        return layer;
    }

    void toggleList() {
        panel.setVisible(!panel.isVisible());
        if (panel.isVisible()) {
            notifications.markRead();
            panel.requestFocus();
        }
    }

    boolean hideList() {
        var was = panel.isVisible();
        panel.setVisible(false);
        return was;
    }

    private Node head() {
        var clear = Parts.link("Clear all", notifications::clear);
        var close = Parts.iconButton(Icons.close(), "Close", this::hideList);
        return Parts.toolRow(Parts.label("Notifications", "strong"), Parts.spacer(), clear, close);
    }

    private Node scroll() {
        list.getStyleClass().add("notification-list");
        var scroll = new ScrollPane(list);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        return scroll;
    }

    private void fill() {
        list.getChildren().clear();
        for (var noted : notifications.list()) {
            var row = row(noted.notice(), Parts.label(TIME.format(noted.at()), "dim"));
            list.getChildren().add(row);
        }
        if (list.getChildren().isEmpty()) {
            list.getChildren().add(Parts.label("Nothing has happened yet.", "muted"));
        }
    }

    private void pop(Notice notice) {
        var close = Parts.iconButton(Icons.close(), "Close", () -> {});
        var toast = row(notice, close);
        toast.getStyleClass().add("toast");
        close.setOnAction(_ -> toasts.getChildren().remove(toast));
        toasts.getChildren().add(toast);
        if (toasts.getChildren().size() > MOST) {
            toasts.getChildren().removeFirst();
        }
        var stay = new PauseTransition(
                switch (notice.level()) {
                    case INFO, SUCCESS -> Duration.seconds(5);
                    case WARNING -> Duration.seconds(9);
                    case ERROR -> Duration.seconds(15);
                });
        stay.setOnFinished(_ -> fade(toast));
        toast.hoverProperty().subscribe(hover -> {
            if (hover) {
                stay.pause();
            } else {
                stay.play();
            }
        });
        stay.play();
    }

    private void fade(Node toast) {
        var fade = new FadeTransition(Duration.millis(250), toast);
        fade.setToValue(0);
        fade.setOnFinished(_ -> toasts.getChildren().remove(toast));
        fade.play();
    }

    private HBox row(Notice notice, Node end) {
        var text = new Label(notice.text());
        text.setWrapText(true);
        text.getStyleClass().add("notice-text");
        text.setMinHeight(Region.USE_PREF_SIZE);
        var middle = new VBox(text);
        middle.getStyleClass().add("notice-middle");
        HBox.setHgrow(middle, Priority.ALWAYS);
        notice.action().ifPresent(command -> {
            var button = new Button(command.title());
            button.getStyleClass().add(Styles.SMALL);
            button.setOnAction(_ -> Commands.run(command));
            middle.getChildren().add(button);
        });
        var icon = switch (notice.level()) {
            case INFO -> Icons.info();
            case SUCCESS -> Icons.success();
            case WARNING -> Icons.warning();
            case ERROR -> Icons.failure();
        };
        var row = new HBox(icon, middle, end);
        row.getStyleClass().add("notice");
        return row;
    }
}
