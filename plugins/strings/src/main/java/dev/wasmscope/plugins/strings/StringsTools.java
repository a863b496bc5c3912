package dev.wasmscope.plugins.strings;

import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.ToolProvider;
import dev.wasmscope.views.spi.Workbench;
import java.util.List;

/// Makes the tool "Strings".
public final class StringsTools implements ToolProvider {
    @Override
    public List<Tool> tools(Workbench workbench) {
        return List.of(new StringsTool(workbench));
    }
}
