package dev.wasmscope.app.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Where tools are docked: branches split the window, leaves are stacks of tabs. Knows nothing of the docking library.
sealed interface Layout {
    /// Deeper than any hand would split; a file that nests further is damaged.
    int DEEPEST = 32;

    /// @param vertical parts lie one above the other
    /// @param dividers ascending fractions of the branch's size, one fewer than parts
    record Branch(boolean vertical, List<Double> dividers, List<Layout> parts) implements Layout {
        public Branch {
            dividers = List.copyOf(dividers);
            parts = List.copyOf(parts);
            if (parts.isEmpty() || dividers.size() != parts.size() - 1) {
                throw new IllegalArgumentException(
                        "a branch of %d parts has %d dividers".formatted(parts.size(), dividers.size()));
            }
        }
    }

    /// @param selected index of the tab in front
    record Leaf(List<String> tools, int selected) implements Layout {
        public Leaf {
            tools = List.copyOf(tools);
            if (tools.isEmpty() || selected < 0 || selected >= tools.size()) {
                throw new IllegalArgumentException("tab %d of %s is selected".formatted(selected, tools));
            }
        }
    }

    default Stream<String> allTools() {
        return switch (this) {
            case Branch branch -> branch.parts.stream().flatMap(Layout::allTools);
            case Leaf leaf -> leaf.tools.stream();
        };
    }

    default JsonNode toJson() {
        var node = JsonNodeFactory.instance.objectNode();
        switch (this) {
            case Branch(var vertical, var dividers, var parts) -> {
                node.put("split", vertical ? "vertical" : "horizontal");
                var at = node.putArray("dividers");
                dividers.forEach(at::add);
                var children = node.putArray("parts");
                parts.forEach(part -> children.add(part.toJson()));
            }
            case Leaf(var tools, var selected) -> {
                var tabs = node.putArray("tabs");
                tools.forEach(tabs::add);
                node.put("selected", selected);
            }
        }
        return node;
    }

    /// @throws IllegalArgumentException naming what makes no sense
    static Layout of(JsonNode node) {
        return of(node, 0);
    }

    private static Layout of(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("the layout nests deeper than " + DEEPEST);
        }
        if (node.has("tabs")) {
            var tabs = new ArrayList<String>();
            node.get("tabs").forEach(tab -> tabs.add(tab.asText()));
            return new Leaf(tabs, node.path("selected").asInt());
        }
        var dividers = new ArrayList<Double>();
        for (var divider : node.path("dividers")) {
            if (!divider.isNumber() || divider.doubleValue() < 0 || divider.doubleValue() > 1) {
                throw new IllegalArgumentException("a divider stands at " + divider + ", not between 0 and 1");
            }
            dividers.add(divider.doubleValue());
        }
        var parts = new ArrayList<Layout>();
        for (var part : node.path("parts")) {
            parts.add(of(part, depth + 1));
        }
        return switch (node.path("split").asText()) {
            case "vertical" -> new Branch(true, dividers, parts);
            case "horizontal" -> new Branch(false, dividers, parts);
            case String other -> throw new IllegalArgumentException("the layout splits \"" + other + "\"");
        };
    }
}
