package dev.wasmscope.views.hex;

import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.OpenModule;
import dev.wasmscope.views.workspace.ModuleDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// Where one looks in the memories of a module, and the ways there: addresses and names that are typed, back and
/// forward, places that other tools name.
final class MemoryPlaces {
    private final HexModel hex;
    private final IntegerProperty memory;
    private final List<String> memories;
    private final PlaceHistory history = new PlaceHistory();
    private final ReadOnlyStringWrapper goToProblem = new ReadOnlyStringWrapper("");
    private final Map<OpenModule, PlaceHistory.Spot> left = new WeakHashMap<>();
    private List<Symbol> symbols = List.of();

    /// @param memory index of the memory that is shown
    /// @param memories one entry for each that the module has
    MemoryPlaces(HexModel hex, IntegerProperty memory, List<String> memories) {
        this.hex = hex;
        this.memory = memory;
        this.memories = memories;
    }

    PlaceHistory history() {
        return history;
    }

    /// The names that can be gone to.
    List<Symbol> symbols() {
        return symbols;
    }

    void know(List<Symbol> names) {
        symbols = names;
    }

    // ---- coming and leaving

    /// Remembers where one was, so that coming back to the module does not start over.
    void leave(OpenModule module) {
        left.put(module, spot());
    }

    /// The memory that was looked at last.
    ///
    /// @param count how many the module has now
    int memoryOf(OpenModule module, int count) {
        var spot = left.get(module);
        return spot == null ? 0 : Math.min(spot.memory(), count - 1);
    }

    /// Goes where one was in this module, or to its first data. The memory is shown already.
    void enter(OpenModule module) {
        history.clear();
        var spot = left.get(module);
        if (spot == null) {
            startAtData(module);
        } else {
            hex.select(spot.selection());
            hex.reveal(spot.selection().cursor());
        }
    }

    /// A memory begins with zeros more often than not: the first thing seen is its first data.
    private void startAtData(OpenModule module) {
        if (module instanceof ModuleDocument document) {
            document.facts().stream()
                    .flatMap(facts -> facts.data().stream())
                    .filter(segment -> segment.memory() == memory.get() && segment.length() > 0)
                    .flatMap(segment -> segment.address().stream())
                    .min(Long::compare)
                    .filter(address -> address < hex.size())
                    .ifPresent(address -> {
                        hex.select(Selection.at(address));
                        hex.reveal(address);
                    });
        }
    }

    // ---- going

    /// What is wrong with the address that is being typed, as a sentence; else empty.
    ReadOnlyStringProperty goToProblemProperty() {
        return goToProblem.getReadOnlyProperty();
    }

    void goToProblem(String sentence) {
        goToProblem.set(sentence);
    }

    /// What typing `text` would do.
    GoTo parse(String text) {
        return GoTo.parse(text, hex.selection().cursor(), hex.size(), symbols);
    }

    /// Goes where `text` says.
    ///
    /// @return what it meant; only a [GoTo.Place] moves
    GoTo goTo(String text) {
        var parsed = parse(text);
        if (parsed instanceof GoTo.Place(var address, var length)) {
            jump(address, length);
        }
        return parsed;
    }

    /// Goes to a place that is known to exist, and remembers it for back and forward.
    void jump(long address, long length) {
        var from = spot();
        hex.show(address, length);
        history.jumped(from, spot());
    }

    /// Goes to a place that another tool names.
    ///
    /// @return a sentence when there is no such place
    Optional<String> open(Location.Memory place) {
        if (place.memory() < memories.size()) {
            memory.set(place.memory());
        }
        hex.refresh();
        long room = hex.size() - place.address();
        if (place.memory() >= memories.size() || place.address() < 0 || room <= 0) {
            return Optional.of("%s is not in memory[%d]: it has %,d bytes."
                    .formatted(Hex.of(place.address()), place.memory(), hex.size()));
        }
        jump(place.address(), Math.min(place.length(), room));
        return Optional.empty();
    }

    void back() {
        history.back(spot()).ifPresent(this::goTo);
    }

    void forward() {
        history.forward().ifPresent(this::goTo);
    }

    private void goTo(PlaceHistory.Spot spot) {
        if (spot.memory() < memories.size()) {
            memory.set(spot.memory());
        }
        var selection = spot.selection();
        if (selection.end() <= hex.size()) {
            hex.show(selection.start(), selection.length() == 1 ? 0 : selection.length());
        }
    }

    private PlaceHistory.Spot spot() {
        return new PlaceHistory.Spot(memory.get(), hex.selection());
    }
}
