package dev.wasmscope.plugins.kafka;

import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.GuestMemory;
import dev.wasmscope.engine.spi.HostFunction;
import dev.wasmscope.engine.spi.HostModule;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decaton's side of the contract: module `decaton` with `poll_task(i64 address, i32 capacity) -> i32`. The task of a
/// call is given once; -1 says that there is none, or that it does not fit.
final class TaskHandover implements HostModule {
    private static final Value NOTHING = Value.i32(-1);

    private byte @Nullable [] waiting;
    private @Nullable String refusal;

    /// The task of the next call of `run`.
    void offer(byte[] task) {
        waiting = task;
        refusal = null;
    }

    /// Why the task was not taken; null when it was.
    @Nullable
    String refusal() {
        return waiting == null ? refusal : "The processor returned from run without taking its task by poll_task.";
    }

    @Override
    public String name() {
        return "decaton";
    }

    @Override
    public List<HostFunction> functions() {
        var type = new FunctionType(List.of(ValueType.I64, ValueType.I32), List.of(ValueType.I32));
        return List.of(new HostFunction("poll_task", type, this::poll));
    }

    private List<Value> poll(GuestMemory memory, List<Value> arguments) {
        var task = waiting;
        waiting = null;
        if (task == null) {
            return List.of(NOTHING);
        }
        var capacity = Integer.toUnsignedLong(arguments.get(1).asI32());
        if (capacity < task.length) {
            refusal = "The task has %d bytes; the processor's buffer holds %d.".formatted(task.length, capacity);
            return List.of(NOTHING);
        }
        memory.write(arguments.get(0).asI64(), task);
        return List.of(Value.i32(task.length));
    }
}
