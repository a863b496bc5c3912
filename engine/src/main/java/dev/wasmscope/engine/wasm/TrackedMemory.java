package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Linear memory that keeps, for the step under way, the old contents of every block it writes to.
///
/// A block is [#BLOCK] bytes. Each has a stamp: the step that last wrote to it. A store into a block of an older
/// stamp first copies the block to the step's log, so a store costs one more comparison, and a step costs what it
/// touches.
final class TrackedMemory extends LinearMemory implements Recorded {
    static final int BLOCK_BITS = 12;
    static final int BLOCK = 1 << BLOCK_BITS;

    private int[] stamps;
    private int stamp;
    private @Nullable BlockLog log;

    TrackedMemory(MemoryLimits declared, int mostPages, HeapBudget budget) {
        super(declared, mostPages, budget);
        stamps = new int[size >>> BLOCK_BITS];
    }

    @Override
    public BlockLog record(long mostBytes) {
        stamp++;
        var fresh = new BlockLog(this, size, mostBytes);
        log = fresh;
        return fresh;
    }

    @Override
    public void rest() {
        log = null;
    }

    @Override
    void growing(int before, int after) {
        if (after >>> BLOCK_BITS > stamps.length) {
            stamps = Arrays.copyOf(stamps, bytes.length >>> BLOCK_BITS);
        }
        // What a step grew goes away with it: there is nothing old to keep.
        Arrays.fill(stamps, before >>> BLOCK_BITS, after >>> BLOCK_BITS, stamp);
    }

    /// The last byte is in the same block nearly always; the look there costs no second load then.
    private void touch(int first, int last) {
        var block = first >>> BLOCK_BITS;
        if (stamps[block] != stamp) {
            save(block);
        }
        if (last >>> BLOCK_BITS != block && stamps[last >>> BLOCK_BITS] != stamp) {
            save(last >>> BLOCK_BITS);
        }
    }

    /// @param length unsigned and already checked, 0 allowed
    private void touchRange(int address, int length) {
        if (length > 0) {
            for (int block = address >>> BLOCK_BITS; block <= (address + length - 1) >>> BLOCK_BITS; block++) {
                if (stamps[block] != stamp) {
                    save(block);
                }
            }
        }
    }

    private void save(int block) {
        if (log != null) {
            log.keep(block, bytes);
        }
        stamps[block] = stamp;
    }

    @Override
    public void writeByte(int address, byte value) {
        at(address, 1);
        if (stamps[address >>> BLOCK_BITS] != stamp) {
            save(address >>> BLOCK_BITS);
        }
        bytes[address] = value;
    }

    @Override
    public void writeShort(int address, short value) {
        at(address, 2);
        touch(address, address + 1);
        SHORTS.set(bytes, address, value);
    }

    @Override
    public void writeI32(int address, int value) {
        at(address, 4);
        touch(address, address + 3);
        INTS.set(bytes, address, value);
    }

    @Override
    public void writeLong(int address, long value) {
        at(address, 8);
        touch(address, address + 7);
        LONGS.set(bytes, address, value);
    }

    @Override
    public void write(int address, byte[] data, int offset, int length) {
        checkRange(address, length);
        touchRange(address, length);
        System.arraycopy(data, offset, bytes, address, length);
    }

    @Override
    public void copy(int target, int source, int length) {
        checkRange(target, length);
        checkRange(source, length);
        touchRange(target, length);
        System.arraycopy(bytes, source, bytes, target, length);
    }

    @Override
    public void fill(byte value, int start, int end) {
        checkRange(start, end - start);
        touchRange(start, end - start);
        Arrays.fill(bytes, start, end, value);
    }
}
