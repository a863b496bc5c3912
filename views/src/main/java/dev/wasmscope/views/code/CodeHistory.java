package dev.wasmscope.views.code;

import dev.wasmscope.views.workspace.ModuleDocument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/// The functions that were looked at.
final class CodeHistory {
    record Place(ModuleDocument module, int function) {}

    private static final int MOST = 200;

    private final List<Place> places = new ArrayList<>();
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canGoForward = new ReadOnlyBooleanWrapper();
    private int at = -1;

    ReadOnlyBooleanProperty canGoBackProperty() {
        return canGoBack.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty canGoForwardProperty() {
        return canGoForward.getReadOnlyProperty();
    }

    /// What lay ahead is forgotten, unless one is there already.
    void visit(Place place) {
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

    Optional<Place> back() {
        return step(-1);
    }

    Optional<Place> forward() {
        return step(1);
    }

    /// Places in modules that were closed lead nowhere.
    void keepOnly(Collection<ModuleDocument> open) {
        for (var i = places.size() - 1; i >= 0; i--) {
            if (!open.contains(places.get(i).module())) {
                places.remove(i);
                if (i <= at) {
                    at--;
                }
            }
        }
        at = places.isEmpty() ? -1 : Math.max(0, at);
        update();
    }

    private Optional<Place> step(int by) {
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
