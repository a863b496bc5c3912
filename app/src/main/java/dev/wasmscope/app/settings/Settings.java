package dev.wasmscope.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.wasmscope.engine.spi.Placement;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import javafx.beans.Observable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What the user chose. UI thread only, but for [#toJson()] on a copy that nobody changes.
public final class Settings {
    private static final int MOST_RECENT = 12;

    private final ObjectProperty<ThemeChoice> theme = new SimpleObjectProperty<>(ThemeChoice.SYSTEM);
    private final ObjectProperty<Duration> deadline = new SimpleObjectProperty<>(Duration.ofSeconds(5));
    private final ObjectProperty<Placement> placement = new SimpleObjectProperty<>(Placement.IN_PROCESS);
    private final ObservableList<Path> recent = FXCollections.observableArrayList();
    private final ObservableList<Path> recentView = FXCollections.unmodifiableObservableList(recent);

    public enum ThemeChoice {
        SYSTEM,
        LIGHT,
        DARK
    }

    public ObjectProperty<ThemeChoice> themeProperty() {
        return theme;
    }

    /// How long a call may run unless its form says otherwise.
    public ObjectProperty<Duration> deadlineProperty() {
        return deadline;
    }

    /// Where guests run.
    public ObjectProperty<Placement> placementProperty() {
        return placement;
    }

    /// Module files, the latest first.
    public ObservableList<Path> recent() {
        return recentView;
    }

    public void opened(Path file) {
        var latest = new ArrayList<>(recent);
        latest.remove(file);
        latest.addFirst(file);
        recent.setAll(latest.subList(0, Math.min(MOST_RECENT, latest.size())));
    }

    public void forgetRecent() {
        recent.clear();
    }

    /// Calls back after every change.
    public void onChange(Runnable changed) {
        for (var part : new Observable[] {theme, deadline, placement, recent}) {
            part.addListener(_ -> changed.run());
        }
    }

    public JsonNode toJson() {
        var root = JsonNodeFactory.instance.objectNode();
        root.put("theme", theme.get().name().toLowerCase(Locale.ROOT));
        root.put("deadlineMillis", deadline.get().toMillis());
        root.put("guestsInChildProcess", placement.get() == Placement.CHILD);
        var files = root.putArray("recent");
        recent.forEach(file -> files.add(file.toString()));
        return root;
    }

    /// Fields that are missing keep their usual values: an older version wrote fewer.
    ///
    /// @throws IllegalArgumentException naming the field that makes no sense
    public static Settings of(JsonNode root) {
        if (!root.isObject()) {
            throw new IllegalArgumentException("settings are a JSON object, not " + root.getNodeType());
        }
        var settings = new Settings();
        if (root.has("theme")) {
            settings.theme.set(themeChoice(root.get("theme").asText()));
        }
        if (root.has("deadlineMillis")) {
            var millis = root.get("deadlineMillis");
            if (!millis.isIntegralNumber() || millis.longValue() < 1) {
                throw new IllegalArgumentException("deadlineMillis is " + millis + ", not a positive whole number");
            }
            settings.deadline.set(Duration.ofMillis(millis.longValue()));
        }
        if (root.has("guestsInChildProcess")) {
            var child = root.get("guestsInChildProcess");
            if (!child.isBoolean()) {
                throw new IllegalArgumentException("guestsInChildProcess is " + child + ", not true or false");
            }
            settings.placement.set(child.booleanValue() ? Placement.CHILD : Placement.IN_PROCESS);
        }
        var files = new ArrayList<Path>();
        for (var file : root.path("recent")) {
            files.add(path(file.asText()));
        }
        settings.recent.setAll(files.subList(0, Math.min(MOST_RECENT, files.size())));
        return settings;
    }

    private static ThemeChoice themeChoice(String name) {
        for (var choice : ThemeChoice.values()) {
            if (choice.name().equalsIgnoreCase(name)) {
                return choice;
            }
        }
        throw new IllegalArgumentException("theme is \"" + name + "\"; known are system, light and dark");
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("recent names \"" + text + "\", which is no path", e);
        }
    }
}
