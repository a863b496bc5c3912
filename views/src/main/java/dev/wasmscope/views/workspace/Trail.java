package dev.wasmscope.views.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/// The places one has been to, for back and forward. UI thread only.
public final class Trail<T> {
    private static final int MOST = 300;

    private final List<T> places = new ArrayList<>();
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canGoForward = new ReadOnlyBooleanWrapper();
    private int at = -1;

    public ReadOnlyBooleanProperty canGoBackProperty() {
        return canGoBack.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canGoForwardProperty() {
        return canGoForward.getReadOnlyProperty();
    }

    /// What lay ahead is forgotten, as in a browser, unless one is there already.
    public void visit(T place) {
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

    public Optional<T> back() {
        return step(-1);
    }

    public Optional<T> forward() {
        return step(1);
    }

    /// Drops places that lead nowhere any more: those of a module that was closed.
    public void forget(Predicate<? super T> gone) {
        for (var i = places.size() - 1; i >= 0; i--) {
            if (gone.test(places.get(i))) {
                places.remove(i);
                if (i <= at) {
                    at--;
                }
            }
        }
        at = places.isEmpty() ? -1 : Math.max(0, at);
        update();
    }

    private Optional<T> step(int by) {
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
