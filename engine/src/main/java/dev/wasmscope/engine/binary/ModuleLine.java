package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Verb.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Parameters;

/// The command line of a verb that reads one module: a file that cannot be read, and a module that is malformed, end it
/// with a sentence.
abstract class ModuleLine implements Callable<Integer> {
    final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "A .wasm file, or sample:NAME.")
    String file = "";

    ModuleLine(Terminal terminal) {
        this.terminal = terminal;
    }

    /// @return the exit code
    abstract int show(ModuleSource module, ModuleFacts facts) throws MalformedModuleException;

    @Override
    public Integer call() {
        try {
            var module = ModuleFiles.read(file);
            return show(module, ModuleReader.read(module.bytes()));
        } catch (UnreadableModuleException e) {
            terminal.err().println(e.getMessage());
        } catch (MalformedModuleException e) {
            terminal.err().println(file + ": " + e.getMessage());
        }
        return VerbLine.USAGE;
    }
}
