package dev.wasmscope.views.spi;

import java.util.List;

/// Makes the tools of a plugin or of a built-in part; found by `ServiceLoader` in a plugin's own class loader.
public interface ToolProvider {
    List<Tool> tools(Workbench workbench);
}
