package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.wasmscope.engine.spi.WasmFrame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A module as JVM byte code.
///
/// Chicory compiles a tail call to an ordinary one, which needs stack for every round of a loop, so functions with
/// tail calls are interpreted, as are those that are too large for a Java method.
///
/// @param className prefix of all generated classes, unique in this process
/// @param interpreted true when some functions are
record CompiledCode(Function<Instance, Machine> machines, String className, boolean interpreted) {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Pattern TOO_LARGE = Pattern.compile("WASM function index: (\\d+)");
    private static final Set<OpCode> TAIL_CALLS =
            Set.of(OpCode.RETURN_CALL, OpCode.RETURN_CALL_INDIRECT, OpCode.RETURN_CALL_REF);
    private static final int MOST_FRAMES = 200;

    static CompiledCode compile(WasmModule module, int importedFunctions) {
        var interpreted = new HashSet<Integer>();
        for (int i = 0; i < module.codeSection().functionBodyCount(); i++) {
            if (hasTailCall(module.codeSection().getFunctionBody(i))) {
                interpreted.add(importedFunctions + i);
            }
        }
        while (true) {
            var name = "dev.wasmscope.guest.Module" + COUNT.incrementAndGet() + "_";
            var compiler = MachineFactoryCompiler.builder(module)
                    .withClassName(name)
                    .withInterpreterFallback(InterpreterFallback.FAIL);
            if (!interpreted.isEmpty()) {
                compiler.withInterpretedFunctions(interpreted);
            }
            try {
                return new CompiledCode(compiler.compile(), name, !interpreted.isEmpty());
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
