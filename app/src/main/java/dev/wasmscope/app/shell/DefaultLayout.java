package dev.wasmscope.app.shell;

import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.Tool.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The layout of the first start and of "Reset layout", made for a window of a given size.
final class DefaultLayout {
    private static final double WIDTH_OF_MEMORY = 575;

    private DefaultLayout() {}

    /// Empty without tools.
    static Optional<Layout> of(List<Tool> tools, double width, double height) {
        var left = clamp(0.16 * width, 205, 270);
        var right = clamp(0.19 * width, 262, 330);
        var open = tools.stream().map(Tool::place).collect(Collectors.toSet());
        var rest =
                Math.max(1, width - (open.contains(Place.LEFT) ? left : 0) - (open.contains(Place.RIGHT) ? right : 0));
        var both = open.contains(Place.CENTER) && open.contains(Place.CENTER_RIGHT);
        // A row of the memory view and its tools needs its width; code scrolls.
        var beside = Math.max(0.60 * rest, Math.min(WIDTH_OF_MEMORY, rest - 240));
        var top = row(
                tools,
                List.of(
                        new Share(Place.LEFT, left),
                        new Share(Place.CENTER, both ? rest - beside : rest),
                        new Share(Place.CENTER_RIGHT, both ? beside : rest),
                        new Share(Place.RIGHT, right)));
        var bottom = row(tools, List.of(new Share(Place.BOTTOM_LEFT, 0.48), new Share(Place.BOTTOM_RIGHT, 0.52)));
        if (top.isPresent() && bottom.isPresent()) {
            var bottomHeight = clamp(0.29 * height, 220, 320) / height;
            return Optional.of(new Layout.Branch(true, List.of(1 - bottomHeight), List.of(top.get(), bottom.get())));
        }
        return top.or(() -> bottom);
    }

    private record Share(Place place, double size) {}

    private static Optional<Layout> row(List<Tool> tools, List<Share> shares) {
        var parts = new ArrayList<Layout>();
        var sizes = new ArrayList<Double>();
        for (var share : shares) {
            var tabs = tools.stream()
                    .filter(tool -> tool.place() == share.place)
                    .map(Tool::id)
                    .toList();
            if (!tabs.isEmpty()) {
                parts.add(new Layout.Leaf(tabs, 0));
                sizes.add(share.size);
            }
        }
        if (parts.size() <= 1) {
            return parts.stream().findFirst();
        }
        var total = sizes.stream().mapToDouble(Double::doubleValue).sum();
        var dividers = new ArrayList<Double>();
        var at = 0.0;
        for (var size : sizes.subList(0, sizes.size() - 1)) {
            at += size / total;
            dividers.add(at);
        }
        return Optional.of(new Layout.Branch(false, dividers, parts));
    }

    private static double clamp(double value, double least, double most) {
        return Math.clamp(value, least, most);
    }
}
