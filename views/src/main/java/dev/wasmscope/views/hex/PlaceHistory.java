package dev.wasmscope.views.hex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/// Where one has been, without limit, as a browser keeps it.
final class PlaceHistory {
    /// @param memory index of the memory
    record Spot(int memory, Selection selection) {}

    private final List<Spot> spots = new ArrayList<>();
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canGoForward = new ReadOnlyBooleanWrapper();
    private int at = -1;

    ReadOnlyBooleanProperty canGoBackProperty() {
        return canGoBack.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty canGoForwardProperty() {
        return canGoForward.getReadOnlyProperty();
    }

    /// A jump: what lay ahead is forgotten.
    void jumped(Spot from, Spot to) {
        spots.subList(at + 1, spots.size()).clear();
        if (at < 0 || !spots.get(at).equals(from)) {
            spots.add(from);
        }
        if (!from.equals(to)) {
            spots.add(to);
        }
        moveTo(spots.size() - 1);
    }

    /// @param now where one is; forward returns here
    Optional<Spot> back(Spot now) {
        if (at < 0) {
            return Optional.empty();
        }
        if (!spots.get(at).equals(now)) {
            // Wandered off since the last jump: back leads to where the jump went.
            spots.subList(at + 1, spots.size()).clear();
            spots.add(now);
            moveTo(at);
            return Optional.of(spots.get(at));
        }
        if (at == 0) {
            return Optional.empty();
        }
        moveTo(at - 1);
        return Optional.of(spots.get(at));
    }

    Optional<Spot> forward() {
        if (at + 1 >= spots.size()) {
            return Optional.empty();
        }
        moveTo(at + 1);
        return Optional.of(spots.get(at));
    }

    void clear() {
        spots.clear();
        moveTo(-1);
    }

    private void moveTo(int index) {
        at = index;
        canGoBack.set(at > 0);
        canGoForward.set(at + 1 < spots.size());
    }
}
