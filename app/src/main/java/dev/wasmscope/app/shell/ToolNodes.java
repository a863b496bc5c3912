package dev.wasmscope.app.shell;

import dev.wasmscope.views.control.EmptyState;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.Notice;
import dev.wasmscope.views.spi.Tool;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.Node;

/// The tools' contents. One that cannot be made is replaced by a pane that says so: the window stays usable.
final class ToolNodes {
    private final Consumer<Notice> notices;
    private final Map<String, Node> made = new HashMap<>();
    private final Map<String, Boolean> broken = new HashMap<>();

    ToolNodes(Consumer<Notice> notices) {
        this.notices = notices;
    }

    Node of(Tool tool) {
        return made.computeIfAbsent(tool.id(), _ -> make(tool));
    }

    void focus(Tool tool) {
        if (made.containsKey(tool.id()) && !broken.containsKey(tool.id())) {
            tool.focus();
        }
    }

    private Node make(Tool tool) {
        try {
            return tool.node();
        } catch (RuntimeException | LinkageError e) {
            // Whatever a tool throws, the others go on.
            broken.put(tool.id(), true);
            var logger = System.getLogger(ToolNodes.class.getName());
            logger.log(System.Logger.Level.ERROR, "The tool " + tool.id() + " could not be shown", e);
            notices.accept(Notice.error("The tool %s could not be shown: %s".formatted(tool.title(), e)));
            return new EmptyState(
                    Icons.problems(),
                    tool.title() + " could not be shown",
                    "%s. The other tools are not affected; the log has the details.".formatted(e));
        }
    }
}
