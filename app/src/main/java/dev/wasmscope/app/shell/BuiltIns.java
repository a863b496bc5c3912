package dev.wasmscope.app.shell;

import dev.wasmscope.engine.redis.wasm.WasmServer;
import dev.wasmscope.views.code.CodeTool;
import dev.wasmscope.views.console.ConsoleTool;
import dev.wasmscope.views.console.ConsoleViewModel;
import dev.wasmscope.views.console.RedisDocument;
import dev.wasmscope.views.console.WasmConsole;
import dev.wasmscope.views.explorer.FileTool;
import dev.wasmscope.views.explorer.ImportsExportsTool;
import dev.wasmscope.views.explorer.ModuleFactsTool;
import dev.wasmscope.views.explorer.ModulesTool;
import dev.wasmscope.views.hex.InspectorTool;
import dev.wasmscope.views.hex.MemoryTool;
import dev.wasmscope.views.host.HostTool;
import dev.wasmscope.views.invoke.InvokeTool;
import dev.wasmscope.views.latency.LatencyTool;
import dev.wasmscope.views.lessons.LessonsTool;
import dev.wasmscope.views.output.OutputLog;
import dev.wasmscope.views.output.OutputTool;
import dev.wasmscope.views.output.StartLines;
import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.trace.WasiTraceTool;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The tools that come with the program, in the order of View menu, activity bar and Ctrl+1 to 9.
final class BuiltIns {
    private BuiltIns() {}

    /// One built-in tool and how it is made. The name is for the report where that fails.
    record BuiltIn(String name, Function<Services, Tool> maker) {}

    static List<BuiltIn> all() {
        var log = new OutputLog();
        return List.of(
                new BuiltIn("Modules", s -> new ModulesTool(s.workspace(), s.workbench(), s.samples(), s.openDialog())),
                new BuiltIn("Code", s -> new CodeTool(s.workspace(), s.workbench())),
                new BuiltIn("Imports and exports", s -> new ImportsExportsTool(s.workspace(), s.workbench())),
                new BuiltIn("File", s -> new FileTool(s.workspace(), s.workbench())),
                new BuiltIn("Memory", s -> new MemoryTool(s.workbench(), s.memory())),
                new BuiltIn(
                        "Invoke",
                        s -> new InvokeTool(
                                s.workspace(),
                                s.workbench(),
                                s.samples(),
                                log,
                                s.settings().deadlineProperty())),
                new BuiltIn("Inspector", s -> new InspectorTool(s.memory())),
                new BuiltIn("Facts", s -> new ModuleFactsTool(s.workspace())),
                new BuiltIn("Output", s -> {
                    var _ = new StartLines(s.workspace(), s.background(), log, s.engine()::prepared);
                    return new OutputTool(log);
                }),
                new BuiltIn("Host calls", s -> new WasiTraceTool(s.workspace(), s.workbench())),
                new BuiltIn("Host", s -> new HostTool(s.workspace(), s.workbench())),
                new BuiltIn("Redis", BuiltIns::console),
                new BuiltIn("Latency", BuiltIns::latency),
                new BuiltIn("Lessons", s -> new LessonsTool(s.workspace(), s.workbench())));
    }

    private static Tool console(Services s) {
        var server = new WasmServer(s.runtime());
        s.owned().accept(server);
        var sight = new RedisDocument(s.workspace(), s.workbench(), s.engine(), server);
        var model = new ConsoleViewModel(s.background(), s.directories(), Optional.of(new WasmConsole(server, sight)));
        s.owned().accept(model);
        return new ConsoleTool(model, s.workbench());
    }

    private static Tool latency(Services s) {
        var tool = new LatencyTool(s.workbench(), s.directories());
        s.owned().accept(tool);
        return tool;
    }
}
