package dev.wasmscope.plugins.kafka;

import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.ToolProvider;
import dev.wasmscope.views.spi.Workbench;
import java.util.List;

/// Makes the tool "Tasks".
public final class TasksTools implements ToolProvider {
    @Override
    public List<Tool> tools(Workbench workbench) {
        return List.of(new TasksTool(workbench));
    }
}
