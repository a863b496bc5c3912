package dev.wasmscope.views.output;

import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.Tool;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// The log of calls, and what guests print.
public final class OutputTool implements Tool {
    public static final String ID = "output";

    private final OutputLog log;
    private @Nullable OutputView view;

    public OutputTool(OutputLog log) {
        this.log = log;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Output";
    }

    @Override
    public Node newIcon() {
        return Icons.output();
    }

    @Override
    public Node node() {
        if (view == null) {
            view = new OutputView(log);
        }
        return view;
    }

    @Override
    public Place place() {
        return Place.BOTTOM_LEFT;
    }
}
