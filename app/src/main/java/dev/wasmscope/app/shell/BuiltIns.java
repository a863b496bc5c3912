package dev.wasmscope.app.shell;

import dev.wasmscope.views.spi.Tool;
import java.util.List;
import java.util.function.Function;

/// The tools that come with the program, in the order of View menu, activity bar and Ctrl+1 to 9.
final class BuiltIns {
    private BuiltIns() {}

    /// One built-in tool and how it is made. The name is for the report where that fails.
    record BuiltIn(String name, Function<Services, Tool> maker) {}

    static List<BuiltIn> all() {
        return List.of();
    }
}
