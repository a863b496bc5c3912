package dev.wasmscope.app.shell;

import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.OpenModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/// The places one has been to, for back and forward.
final class Trail {
    private static final int MOST = 300;

    private final List<Location> places = new ArrayList<>();
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canGoForward = new ReadOnlyBooleanWrapper();
    private int at = -1;

    /// What lay ahead is forgotten, as in a browser.
    void visit(Location place) {
        if (at >= 0 && places.get(at).equals(place)) {
            return;
        }
        places.subList(at + 1, places.size()).clear();
        places.add(place);
        if (places.size() > MOST) {
            places.removeFirst();
        }
        at = places.size() - 1;
        update();
    }

    Optional<Location> back() {
        return step(-1);
    }

    Optional<Location> forward() {
        return step(1);
    }

    /// Places in a module that was closed lead nowhere.
    void forget(OpenModule module) {
        for (var i = places.size() - 1; i >= 0; i--) {
            if (moduleOf(places.get(i)).equals(module)) {
                places.remove(i);
                if (i <= at) {
                    at--;
                }
            }
        }
        at = places.isEmpty() ? -1 : Math.max(0, at);
        update();
    }

    ReadOnlyBooleanProperty canGoBackProperty() {
        return canGoBack.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty canGoForwardProperty() {
        return canGoForward.getReadOnlyProperty();
    }

    static OpenModule moduleOf(Location place) {
        return switch (place) {
            case Location.Function function -> function.module();
            case Location.Memory memory -> memory.module();
            case Location.FileBytes bytes -> bytes.module();
            case Location.Export export -> export.module();
        };
    }

    private Optional<Location> step(int by) {
        var next = at + by;
        if (next < 0 || next >= places.size()) {
            return Optional.empty();
        }
        at = next;
        update();
        return Optional.of(places.get(at));
    }

    private void update() {
        canGoBack.set(at > 0);
        canGoForward.set(at >= 0 && at < places.size() - 1);
    }
}
