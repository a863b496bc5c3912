package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A table that can be put back. It copies itself when a step first writes to it; most steps never do.
final class TrackedTable extends TableInstance implements Recorded {
    private int[] references;
    private @Nullable Instance[] owners;
    private @Nullable TableLog log;

    TrackedTable(Table table, int initial) {
        // Growing changes the limits in place, and the module's own belong to all its instances.
        super(
                new Table(
                        table.elementType(),
                        new TableLimits(0, table.limits().max(), table.limits().shared())),
                initial);
        references = new int[(int) table.limits().min()];
        owners = new Instance[references.length];
        Arrays.fill(references, initial);
        limits().grow(references.length);
    }

    @Override
    public TableLog record(long mostBytes) {
        var fresh = new TableLog();
        log = fresh;
        return fresh;
    }

    @Override
    public void rest() {
        log = null;
    }

    private void touch() {
        if (log != null && log.references == null) {
            log.references = references.clone();
            log.owners = owners.clone();
        }
    }

    @Override
    public int size() {
        return references.length;
    }

    @Override
    public int grow(int count, int value, Instance instance) {
        var before = references.length;
        if (count < 0 || (long) before + count > limits().max()) {
            return -1;
        }
        touch();
        references = Arrays.copyOf(references, before + count);
        owners = Arrays.copyOf(owners, before + count);
        Arrays.fill(references, before, before + count, value);
        Arrays.fill(owners, before, before + count, instance);
        limits().grow(count);
        return before;
    }

    @Override
    public int ref(int index) {
        if (index < 0 || index >= references.length) {
            throw new com.dylibso.chicory.wasm.ChicoryException("undefined element");
        }
        return references[index];
    }

    @Override
    public void setRef(int index, int value, @Nullable Instance instance) {
        if (index < 0 || index >= references.length) {
            throw new com.dylibso.chicory.wasm.UninstantiableException("out of bounds table access");
        }
        touch();
        references[index] = value;
        owners[index] = instance;
    }

    @Override
    public @Nullable Instance instance(int index) {
        return owners[index];
    }

    @Override
    public void reset() {
        touch();
        Arrays.fill(references, com.dylibso.chicory.wasm.types.Value.REF_NULL_VALUE);
    }

    /// The table before the first write of a step; null arrays when there was none.
    final class TableLog implements Log {
        private int @Nullable [] references;
        private @Nullable Instance @Nullable [] owners;

        @Override
        public void undo() {
            if (references != null && owners != null) {
                touch();
                limits().grow(references.length - TrackedTable.this.references.length);
                TrackedTable.this.references = references;
                TrackedTable.this.owners = owners;
            }
        }

        @Override
        public void copyTo(Recorded twin, Instance instance) {
            var other = (TrackedTable) twin;
            var before = references == null ? TrackedTable.this.references : references;
            other.limits().grow(before.length - other.references.length);
            other.references = before.clone();
            other.owners = new Instance[before.length];
            Arrays.fill(other.owners, instance);
        }

        @Override
        public long bytes() {
            return references == null ? 0 : references.length * 12L;
        }

        @Override
        public boolean lost() {
            return false;
        }
    }
}
