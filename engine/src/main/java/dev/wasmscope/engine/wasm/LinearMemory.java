package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/// Linear memory in one array: an access is one comparison and one plain load or store.
///
/// Written by the owner thread only. The array may be longer than the memory, so that growing page by page costs
/// amortised constant time; hence bounds are checked against the size. Other threads may copy bytes while the guest
/// runs ([#copyLive]): growth publishes the array before the size.
abstract sealed class LinearMemory implements Memory permits PlainMemory, TrackedMemory {
    static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SIZE;

    static {
        try {
            SIZE = MethodHandles.lookup().findVarHandle(LinearMemory.class, "size", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int PAGE_BITS = 16;

    private final MemoryLimits declared;
    private final int mostPages;
    private final HeapBudget budget;
    private DataSegment[] segments = {};
    byte[] bytes;
    int size;

    /// @param mostPages the limit of the session; what the module declares may be less
    /// @throws MemoryRefusedException when the first pages are over the limit or over what the heap has left
    LinearMemory(MemoryLimits declared, int mostPages, HeapBudget budget) {
        this.declared = declared;
        this.mostPages = Math.min(mostPages, Math.min(declared.maximumPages(), RUNTIME_MAX_PAGES));
        this.budget = budget;
        var pages = declared.initialPages();
        if (pages > mostPages) {
            throw new MemoryRefusedException(
                    "The module asks for a memory of %s, and the limit of this session is %s. Raise the limit to run it."
                            .formatted(pagesText(pages), pagesText(mostPages)));
        }
        this.size = pages << PAGE_BITS;
        this.bytes = allocate(size, pages);
    }

    private byte[] allocate(int length, int pages) {
        if (!budget.take(length)) {
            throw refused(pages);
        }
        try {
            return new byte[length];
        } catch (OutOfMemoryError e) {
            // The budget is a promise about guests; what the host itself holds may have broken it.
            budget.release(length);
            throw refused(pages);
        }
    }

    private MemoryRefusedException refused(int pages) {
        return new MemoryRefusedException(
                "The module asks for a memory of %s, and of the %d MiB for guests %d MiB are left. Close a session, or start with a larger heap (-Xmx)."
                        .formatted(
                                pagesText(pages),
                                budget.most() >> 20,
                                Math.max(0, budget.most() - budget.taken()) >> 20));
    }

    private static String pagesText(int pages) {
        return String.format(Locale.ROOT, "%,d pages (%,d MiB)", pages, (long) pages >> 4);
    }

    /// Called before the size changes from `before` to `after` bytes.
    abstract void growing(int before, int after);

    @Override
    public final int pages() {
        return size >>> PAGE_BITS;
    }

    /// From any thread.
    final int pagesNow() {
        return (int) SIZE.getAcquire(this) >>> PAGE_BITS;
    }

    @Override
    public final int grow(int delta) {
        var before = pages();
        var wanted = before + Integer.toUnsignedLong(delta);
        if (wanted > mostPages) {
            return -1;
        }
        if (delta != 0) {
            var after = (int) wanted << PAGE_BITS;
            if (after > bytes.length && !enlarge(after)) {
                return -1;
            }
            growing(size, after);
            SIZE.setRelease(this, after);
        }
        return before;
    }

    private boolean enlarge(int wanted) {
        var half = (bytes.length * 3L / 2) & -(1L << PAGE_BITS);
        var roomy = (int) Math.min(Math.max(wanted, half), (long) mostPages << PAGE_BITS);
        return enlargeTo(roomy) || (roomy > wanted && enlargeTo(wanted));
    }

    private boolean enlargeTo(int length) {
        if (!budget.take(length)) {
            return false;
        }
        try {
            var old = bytes.length;
            bytes = Arrays.copyOf(bytes, length);
            budget.release(old);
            return true;
        } catch (OutOfMemoryError e) {
            // A guest that asks for too much is told so by memory.grow; it must not take the host with it.
            budget.release(length);
            return false;
        }
    }

    /// Takes pages away again; they are zero when they come back.
    final void shrink(int toSize) {
        Arrays.fill(bytes, toSize, size, (byte) 0);
        SIZE.setRelease(this, toSize);
    }

    /// Gives the bytes back to the heap; every access is out of bounds afterwards.
    final void free() {
        SIZE.setRelease(this, 0);
        budget.release(bytes.length);
        bytes = new byte[0];
    }

    /// A bulk copy from any thread; bytes may be of different moments.
    final byte[] copyLive(long address, int length) {
        var limit = (int) SIZE.getAcquire(this);
        var from = bytes;
        MemoryRange.check(address, length, Math.min(limit, from.length));
        return Arrays.copyOfRange(from, (int) address, (int) address + length);
    }

    /// A copy of all of it, in the given array where that is long enough.
    final byte[] copyTo(byte[] reuse) {
        var into = reuse.length >= size ? reuse : new byte[size];
        System.arraycopy(bytes, 0, into, 0, size);
        return into;
    }

    /// Makes it as large as a copy was, with the same contents.
    final void become(byte[] copy, int toSize) {
        if (toSize > size && grow((toSize - size) >>> PAGE_BITS) < 0) {
            throw new IllegalArgumentException("The memory cannot grow to %s: the limit is %s."
                    .formatted(pagesText(toSize >>> PAGE_BITS), pagesText(mostPages)));
        }
        write(0, copy, 0, toSize);
        if (toSize < size) {
            shrink(toSize);
        }
    }

    /// @return the address as an index
    final int at(int address, int length) {
        if (address < 0 || address > size - length) {
            throw new MemoryTrap(Integer.toUnsignedLong(address));
        }
        return address;
    }

    /// Both unsigned, as bulk instructions have them.
    final void checkRange(int address, int length) {
        if (Integer.toUnsignedLong(address) + Integer.toUnsignedLong(length) > size) {
            throw new MemoryTrap(Integer.toUnsignedLong(address));
        }
    }

    @Override
    public final int initialPages() {
        return declared.initialPages();
    }

    @Override
    public final int maximumPages() {
        return Math.min(declared.maximumPages(), RUNTIME_MAX_PAGES);
    }

    @Override
    public final boolean shared() {
        return declared.shared();
    }

    @Override
    public final void initialize(Instance instance, DataSegment[] dataSegments) {
        initialize(instance, dataSegments, 0);
    }

    @Override
    public final void initialize(Instance instance, DataSegment[] dataSegments, int memoryIndex) {
        segments = dataSegments == null ? new DataSegment[0] : dataSegments;
        copyActive(this, instance, segments, memoryIndex);
    }

    /// Active segments are dropped once they are copied, as the specification says.
    static void copyActive(Memory into, Instance instance, DataSegment[] segments, int memoryIndex) {
        for (int i = 0; i < segments.length; i++) {
            if (segments[i] instanceof ActiveDataSegment active && active.index() == memoryIndex) {
                var offset = (int) ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions())[0];
                into.write(offset, active.data(), 0, active.data().length);
                segments[i] = PassiveDataSegment.EMPTY;
            }
        }
    }

    @Override
    public final void initPassiveSegment(int segment, int target, int offset, int length) {
        initPassive(this, segments[segment], target, offset, length);
    }

    static void initPassive(Memory into, DataSegment segment, int target, int offset, int length) {
        var data = segment.data();
        if (Integer.toUnsignedLong(offset) + Integer.toUnsignedLong(length) > data.length) {
            throw new WasmRuntimeException("out of bounds memory access");
        }
        into.write(target, data, offset, length);
    }

    @Override
    public final void drop(int segment) {
        segments[segment] = PassiveDataSegment.EMPTY;
    }

    /// The array the instance itself works with; dropped segments are empty.
    final DataSegment[] segments() {
        return segments;
    }

    @Override
    public final byte[] readBytes(int address, int length) {
        checkRange(address, length);
        return Arrays.copyOfRange(bytes, address, address + length);
    }

    @Override
    public final byte read(int address) {
        return bytes[at(address, 1)];
    }

    @Override
    public final short readShort(int address) {
        return (short) SHORTS.get(bytes, at(address, 2));
    }

    @Override
    public final int readInt(int address) {
        return (int) INTS.get(bytes, at(address, 4));
    }

    @Override
    public final long readLong(int address) {
        return (long) LONGS.get(bytes, at(address, 8));
    }

    @Override
    public final long readU16(int address) {
        return readShort(address) & 0xffffL;
    }

    @Override
    public final long readF32(int address) {
        return readInt(address);
    }

    @Override
    public final float readFloat(int address) {
        return Float.intBitsToFloat(readInt(address));
    }

    @Override
    public final double readDouble(int address) {
        return Double.longBitsToDouble(readLong(address));
    }

    @Override
    public final long readF64(int address) {
        return readLong(address);
    }

    @Override
    public final void writeF32(int address, float value) {
        writeI32(address, Float.floatToRawIntBits(value));
    }

    @Override
    public final void writeF64(int address, double value) {
        writeLong(address, Double.doubleToRawLongBits(value));
    }

    @Override
    public final void zero() {
        fill((byte) 0, 0, size);
    }

    // Atomic instructions: one thread owns the memory, so plain accesses are atomic, and nobody can be waited for.

    @SuppressWarnings("removal")
    @Override
    public final Object lock(int address) {
        return this;
    }

    @SuppressWarnings("removal")
    @Override
    public final int waitOn(int address, int expected, long nanos) {
        return atomicReadInt(address) == expected ? sleep(nanos) : 1;
    }

    @SuppressWarnings("removal")
    @Override
    public final int waitOn(int address, long expected, long nanos) {
        return atomicReadLong(address) == expected ? sleep(nanos) : 1;
    }

    @SuppressWarnings("removal")
    @Override
    public final int notify(int address, int threads) {
        at(address, 4);
        return 0;
    }

    /// @return 2, for a wait that timed out
    private int sleep(long nanos) {
        if (!shared()) {
            throw new WasmRuntimeException("expected shared memory");
        }
        var start = System.nanoTime();
        while (nanos < 0 || System.nanoTime() - start < nanos) {
            LockSupport.parkNanos(nanos < 0 ? Long.MAX_VALUE : nanos - (System.nanoTime() - start));
            if (Thread.currentThread().isInterrupted()) {
                throw new ChicoryInterruptedException("interrupted in memory.atomic.wait");
            }
        }
        return 2;
    }
}
