package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.MutabilityType;
import dev.wasmscope.engine.spi.GuestState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An instance's one memory and its mutable globals, copied out and in as a whole.
record WholeState(Instance instance, LinearMemory memory) {
    private static final byte[] NOTHING = {};

    GuestState save(@Nullable GuestState reuse) {
        var copy = memory.copyTo(reuse == null ? NOTHING : reuse.memory());
        var globals = globals();
        var values = new long[2 * globals.size()];
        for (int i = 0; i < globals.size(); i++) {
            values[2 * i] = globals.get(i).getValueLow();
            values[2 * i + 1] = globals.get(i).getValueHigh();
        }
        return new GuestState(copy, memory.size, values);
    }

    void restore(GuestState state) {
        var globals = globals();
        var values = state.globals();
        if (values.length != 2 * globals.size()) {
            throw new IllegalArgumentException("The state is of another module: it has %d globals and this one has %d."
                    .formatted(values.length / 2, globals.size()));
        }
        memory.become(state.memory(), state.size());
        for (int i = 0; i < globals.size(); i++) {
            globals.get(i).setValueLow(values[2 * i]);
            globals.get(i).setValueHigh(values[2 * i + 1]);
        }
    }

    private List<GlobalInstance> globals() {
        var found = new ArrayList<GlobalInstance>();
        for (int i = 0; i < instance.globalCount(); i++) {
            if (instance.global(i).getMutabilityType() == MutabilityType.Var) {
                found.add(instance.global(i));
            }
        }
        return found;
    }
}
