package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.ExecutionListener;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.StackFrame;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Instruction;
import dev.wasmscope.engine.spi.WasmFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Chicory's interpreter with a call depth that is counted, an ear for interrupts in every form of loop, and the
/// instruction each frame stands at.
final class Interpreter extends InterpreterMachine {
    private static final int MOST_FRAMES = 200;

    private final int mostDepth;
    private final Position position;
    private int depth;
    private @Nullable Throwable seen;
    private List<Integer> backtrace = List.of();

    Interpreter(Instance instance, int mostDepth, Position position) {
        super(instance);
        this.mostDepth = mostDepth;
        this.position = position;
    }

    /// Where each frame stands, told by the instance for every instruction.
    static final class Position implements ExecutionListener {
        private int[] offsets = new int[64];
        private int depth;
        private int count;

        @Override
        public void onExecution(Instruction instruction, MStack stack) {
            offsets[depth] = instruction.address();
            if ((++count & 1023) == 0 && Thread.currentThread().isInterrupted()) {
                throw new ChicoryInterruptedException("interrupted");
            }
        }

        private void enter(int to) {
            if (to == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * to);
            }
            offsets[to] = -1;
            depth = to;
        }

        private void leave(int to) {
            depth = to;
        }
    }

    @Override
    protected long[] call(
            MStack stack,
            Instance instance,
            Deque<StackFrame> frames,
            int function,
            long[] arguments,
            FunctionType type,
            boolean popResults) {
        if (depth >= mostDepth) {
            throw new ChicoryException("call stack exhausted");
        }
        position.enter(++depth);
        try {
            return super.call(stack, instance, frames, function, arguments, type, popResults);
        } catch (WasmException e) {
            // May be caught further out.
            throw e;
        } catch (RuntimeException e) {
            remember(e);
            throw e;
        } finally {
            position.leave(--depth);
        }
    }

    private void remember(RuntimeException e) {
        if (!e.equals(seen)) {
            seen = e;
            var offsets = new ArrayList<Integer>();
            for (int i = depth; i > 0 && offsets.size() < MOST_FRAMES; i--) {
                offsets.add(position.offsets[i]);
            }
            backtrace = offsets;
        }
    }

    /// Innermost first, of the failure that ended the last call.
    List<WasmFrame> backtrace(Throwable failure, FunctionNames names) {
        if (!failure.equals(seen)) {
            return List.of();
        }
        return backtrace.stream()
                .filter(offset -> names.at(offset) >= 0)
                .map(offset -> new WasmFrame(names.at(offset), names.of(names.at(offset)), OptionalLong.of(offset)))
                .toList();
    }

    /// A failure leaves operands behind.
    void reset() {
        while (depth == 0 && stack().size() > 0) {
            stack().pop();
        }
    }
}
