package dev.wasmscope.plugins.gateway.view;

import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.ToolProvider;
import dev.wasmscope.views.spi.Workbench;
import java.util.List;

/// Makes the tool "Gateway".
public final class GatewayTools implements ToolProvider {
    @Override
    public List<Tool> tools(Workbench workbench) {
        return List.of(new GatewayTool(workbench));
    }
}
