package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.wasmscope.engine.spi.WasmFrame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A module as JVM byte code.
///
/// Chicory compiles a tail call to an ordinary one, which needs stack for every round of a loop, so functions with
/// tail calls are interpreted, as are those that are too large for a Java method.
///
/// @param className prefix of all generated classes, made of the module's own hash
/// @param interpreted true when some functions are
record CompiledCode(Function<Instance, Machine> machines, String className, boolean interpreted) {
    private static final Pattern TOO_LARGE = Pattern.compile("WASM function index: (\\d+)");
    private static final Set<OpCode> TAIL_CALLS =
            Set.of(OpCode.RETURN_CALL, OpCode.RETURN_CALL_INDIRECT, OpCode.RETURN_CALL_REF);
    private static final int MOST_FRAMES = 200;
    /// Classes are loaded when they are first called, so that small ones make a start short.
    private static final int FUNCTIONS_PER_CLASS = 64;

    /// Code that was compiled before.
    ///
    /// @throws LinkageError when it is of no use
    static CompiledCode of(StoredCode stored) {
        return new CompiledCode(new StoredClasses(stored).machines(), stored.mainClass(), stored.interpreted());
    }

    /// @param key of the module
    static StoredCode compile(WasmModule module, int importedFunctions, String key) {
        var interpreted = new HashSet<Integer>();
        for (int i = 0; i < module.codeSection().functionBodyCount(); i++) {
            if (hasTailCall(module.codeSection().getFunctionBody(i))) {
                interpreted.add(importedFunctions + i);
            }
        }
        while (true) {
            var name = "dev.wasmscope.guest.Module" + key.substring(0, 16) + "_";
            var taken = new ClassTaker(
                    name, !interpreted.isEmpty(), module.importSection().count(ExternalType.GLOBAL) > 0);
            var compiler = MachineFactoryCompiler.builder(module)
                    .withClassName(name)
                    .withMaxFunctionsPerClass(FUNCTIONS_PER_CLASS)
                    .withCache(taken)
                    .withInterpreterFallback(InterpreterFallback.FAIL);
            if (!interpreted.isEmpty()) {
                compiler.withInterpretedFunctions(interpreted);
            }
            try {
                var _ = compiler.compile();
                return taken.code();
            } catch (com.dylibso.chicory.wasm.ChicoryException e) {
                var tooLarge = TOO_LARGE.matcher(String.valueOf(e.getMessage()));
                if (!tooLarge.find() || !interpreted.add(Integer.valueOf(tooLarge.group(1)))) {
                    throw e;
                }
            }
        }
    }

    private static boolean hasTailCall(FunctionBody body) {
        return body.instructions().stream().anyMatch(i -> TAIL_CALLS.contains(i.opcode()));
    }

    /// The Wasm functions in a Java stack trace, innermost first. Generated methods are called `func_N`; where the
    /// instruction was is not recorded.
    List<WasmFrame> backtrace(StackTraceElement[] trace, FunctionNames names) {
        var frames = new ArrayList<WasmFrame>();
        for (var element : trace) {
            if (element.getClassName().startsWith(className)
                    && element.getMethodName().startsWith("func_")
                    && frames.size() < MOST_FRAMES) {
                var function = Integer.parseInt(element.getMethodName().substring("func_".length()));
                // An import has a method too, which only leads elsewhere.
                if (function >= names.imported()) {
                    frames.add(new WasmFrame(function, names.of(function), OptionalLong.empty()));
                }
            }
        }
        return frames;
    }
}
