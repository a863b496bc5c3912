package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.Element;
import java.util.Arrays;
import java.util.List;

/// What is small enough to be copied before every step: mutable globals, and which segments were dropped.
final class SmallState implements Recorded {
    private final Instance instance;
    private final List<GlobalInstance> globals;
    private final DataSegment[] segments;

    /// @param globals mutable ones that this instance defines
    /// @param segments the array the instance itself works with
    SmallState(Instance instance, List<GlobalInstance> globals, DataSegment[] segments) {
        this.instance = instance;
        this.globals = globals;
        this.segments = segments;
    }

    @Override
    public Log record(long mostBytes) {
        var values = new long[2 * globals.size()];
        for (int i = 0; i < globals.size(); i++) {
            values[2 * i] = globals.get(i).getValueLow();
            values[2 * i + 1] = globals.get(i).getValueHigh();
        }
        var elements = new Element[instance.elementCount()];
        Arrays.setAll(elements, instance::element);
        return new Before(values, segments.clone(), elements);
    }

    @Override
    public void rest() {}

    private final class Before implements Log {
        private final long[] values;
        private final DataSegment[] data;
        private final Element[] elements;

        Before(long[] values, DataSegment[] data, Element[] elements) {
            this.values = values;
            this.data = data;
            this.elements = elements;
        }

        @Override
        public void undo() {
            copyTo(SmallState.this, instance);
        }

        @Override
        public void copyTo(Recorded twin, Instance other) {
            var target = (SmallState) twin;
            for (int i = 0; i < target.globals.size(); i++) {
                target.globals.get(i).setValueLow(values[2 * i]);
                target.globals.get(i).setValueHigh(values[2 * i + 1]);
            }
            System.arraycopy(data, 0, target.segments, 0, data.length);
            for (int i = 0; i < elements.length; i++) {
                other.setElement(i, elements[i]);
            }
        }

        @Override
        public long bytes() {
            return 8L * (values.length + data.length + elements.length);
        }

        @Override
        public boolean lost() {
            return false;
        }
    }
}
