package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.Instance;
import dev.wasmscope.engine.spi.ChangedRange;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The blocks of one memory that one step overwrote, as they were before.
final class BlockLog implements Recorded.Log {
    private static final byte[] ZEROES = new byte[TrackedMemory.BLOCK];

    private final TrackedMemory memory;
    private final int sizeBefore;
    private final long mostBytes;
    private int[] blocks = new int[16];
    private byte[][] old = new byte[16][];
    private int count;
    private boolean lost;

    BlockLog(TrackedMemory memory, int sizeBefore, long mostBytes) {
        this.memory = memory;
        this.sizeBefore = sizeBefore;
        this.mostBytes = mostBytes;
    }

    TrackedMemory memory() {
        return memory;
    }

    /// The count moves last: a guest that runs out of stack in here leaves a log that is whole.
    void keep(int block, byte[] bytes) {
        if (lost) {
            return;
        }
        if (bytes() >= mostBytes) {
            lost = true;
            old = new byte[0][];
            count = 0;
            return;
        }
        if (count == old.length) {
            var longer = Arrays.copyOf(blocks, count * 2);
            old = Arrays.copyOf(old, count * 2);
            blocks = longer;
        }
        var from = block << TrackedMemory.BLOCK_BITS;
        blocks[count] = block;
        old[count] = Arrays.copyOfRange(bytes, from, from + TrackedMemory.BLOCK);
        count++;
    }

    @Override
    public void undo() {
        for (int i = 0; i < count; i++) {
            memory.write(blocks[i] << TrackedMemory.BLOCK_BITS, old[i], 0, old[i].length);
        }
        if (memory.size > sizeBefore) {
            memory.shrink(sizeBefore);
        }
    }

    @Override
    public void copyTo(Recorded twin, Instance instance) {
        var other = (TrackedMemory) twin;
        if (other.grow((sizeBefore - other.size) >>> 16) < 0) {
            throw new MemoryRefusedException("There is no room for a copy of the memory.");
        }
        System.arraycopy(memory.bytes, 0, other.bytes, 0, sizeBefore);
        for (int i = 0; i < count; i++) {
            System.arraycopy(old[i], 0, other.bytes, blocks[i] << TrackedMemory.BLOCK_BITS, old[i].length);
        }
    }

    @Override
    public long bytes() {
        return (long) count << TrackedMemory.BLOCK_BITS;
    }

    /// Pages that were written to, those that the step grew not counted.
    int pages() {
        return (int) IntStream.range(0, count)
                .map(i -> blocks[i] >>> (16 - TrackedMemory.BLOCK_BITS))
                .distinct()
                .count();
    }

    @Override
    public boolean lost() {
        return lost;
    }

    /// Compares what was kept with what is there now. Valid until the memory is written to again.
    RangeCollector changes(int index, int most) {
        var found = new RangeCollector(index, most);
        var order = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingInt(i -> blocks[i]))
                .toList();
        for (int i : order) {
            var from = blocks[i] << TrackedMemory.BLOCK_BITS;
            if (from < memory.size) {
                found.compare(from, old[i], memory.bytes);
            }
        }
        for (long from = sizeBefore; from < memory.size; from += TrackedMemory.BLOCK) {
            found.compare((int) from, ZEROES, memory.bytes);
        }
        found.flush();
        return found;
    }

    /// Joins neighbouring bytes that differ; keeps the first `most` ranges and counts all.
    static final class RangeCollector {
        /// Longer ranges are cut, so that no single array is large.
        private static final int LONGEST = 1 << 16;

        private final int index;
        private final int most;
        private final List<ChangedRange> ranges = new ArrayList<>();
        private final ByteArrayOutputStream before = new ByteArrayOutputStream();
        private final ByteArrayOutputStream after = new ByteArrayOutputStream();
        private long start;
        private int length;
        private int total;
        private long changed;

        RangeCollector(int index, int most) {
            this.index = index;
            this.most = most;
        }

        void compare(int from, byte[] old, byte[] now) {
            var i = 0;
            while (i < old.length) {
                var skip = Arrays.mismatch(old, i, old.length, now, from + i, from + old.length);
                if (skip < 0) {
                    return;
                }
                i += skip;
                var end = i;
                while (end < old.length && old[end] != now[from + end]) {
                    end++;
                }
                add(from, i, end, old, now);
                i = end;
            }
        }

        private void add(int from, int begin, int end, byte[] old, byte[] now) {
            var address = Integer.toUnsignedLong(from + begin);
            if (length == 0 || start + length != address || length >= LONGEST) {
                flush();
                start = address;
            }
            length += end - begin;
            changed += end - begin;
            if (total < most) {
                before.write(old, begin, end - begin);
                after.write(now, from + begin, end - begin);
            }
        }

        void flush() {
            if (length > 0) {
                if (total < most) {
                    ranges.add(new ChangedRange(index, start, before.toByteArray(), after.toByteArray()));
                }
                total++;
                length = 0;
                before.reset();
                after.reset();
            }
        }

        List<ChangedRange> ranges() {
            return ranges;
        }

        int total() {
            return total;
        }

        long changedBytes() {
            return changed;
        }
    }
}
