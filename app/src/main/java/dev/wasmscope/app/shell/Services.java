package dev.wasmscope.app.shell;

import dev.wasmscope.app.settings.Settings;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.WasmRuntime;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.hex.InspectedMemory;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.workspace.ModuleServices;
import dev.wasmscope.views.workspace.Workspace;
import java.util.function.Consumer;

/// What the window has to give to the tools that are built in.
///
/// @param runtime the default one
/// @param owned takes over what must be closed when the window closes: servers, clients
record Services(
        Workbench workbench,
        Workspace workspace,
        InspectedMemory memory,
        Background background,
        Directories directories,
        Settings settings,
        SampleCatalogue samples,
        ModuleServices engine,
        WasmRuntime runtime,
        Runnable openDialog,
        Consumer<AutoCloseable> owned) {}
