package dev.wasmscope.plugins.redisshm;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Memory with a header as docs/shm-protocol.md has it, in a file that is sealed as a server should, or less.
final class MemoryFile implements AutoCloseable {
    static final int SIZE = 0x21000;
    static final long NONCE = 0x1234_5678_9ABC_DEF0L;

    static final int SEAL = 1;
    static final int SHRINK = 2;
    static final int GROW = 4;

    private static final int F_ADD_SEALS = 1033;
    private static final int MFD_ALLOW_SEALING = 2;

    private final Arena arena = Arena.ofShared();
    private final int descriptor;
    private final MemorySegment file;

    /// @param size at least that of a header
    MemoryFile(long size, int seals) throws IOException {
        try (var names = Arena.ofConfined()) {
            var int32 = ValueLayout.JAVA_INT;
            var create = call("memfd_create", FunctionDescriptor.of(int32, ValueLayout.ADDRESS, int32));
            descriptor = (int) create.invokeExact(names.allocateFrom("hostile-ring"), MFD_ALLOW_SEALING);
            try (var channel = open()) {
                channel.write(ByteBuffer.allocate(1), size - 1);
                file = channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
            }
            writeHeader();
            var fcntl =
                    call("fcntl", FunctionDescriptor.of(int32, int32, int32, int32), Linker.Option.firstVariadicArg(2));
            if (descriptor < 0 || (int) fcntl.invokeExact(descriptor, F_ADD_SEALS, seals) != 0) {
                throw new IOException("The system makes no such file.");
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    /// As a server should make it.
    MemoryFile() throws IOException {
        this(SIZE, SEAL | SHRINK | GROW);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle call(String name, FunctionDescriptor type, Linker.Option... options) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(Path.of(path()), StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    String path() {
        return "/proc/%d/fd/%d".formatted(ProcessHandle.current().pid(), descriptor);
    }

    private void writeHeader() {
        setLong(0x00, 0x474E49524D534157L);
        setInt(0x08, 1);
        setInt(0x0C, 0x01020304);
        setLong(0x10, SIZE);
        setLong(0x18, NONCE);
        setInt(0x20, RawRing.CAPACITY);
        setInt(0x24, RawRing.CAPACITY);
        setLong(0x28, 0x1000);
        setLong(0x30, 0x11000);
        setInt(0x80, 1);
    }

    /// All of it.
    byte[] bytes() {
        return file.toArray(ValueLayout.JAVA_BYTE);
    }

    MemoryFile setInt(long at, int value) {
        ValueLayout.JAVA_INT.varHandle().setVolatile(file, at, value);
        return this;
    }

    MemoryFile setLong(long at, long value) {
        ValueLayout.JAVA_LONG.varHandle().setVolatile(file, at, value);
        return this;
    }

    MemoryFile setBytes(long at, byte[] bytes) {
        MemorySegment.copy(bytes, 0, file, ValueLayout.JAVA_BYTE, at, bytes.length);
        return this;
    }

    long getLong(long at) {
        return (long) ValueLayout.JAVA_LONG.varHandle().getVolatile(file, at);
    }

    int getInt(long at) {
        return (int) ValueLayout.JAVA_INT.varHandle().getVolatile(file, at);
    }

    @Override
    public void close() throws IOException {
        arena.close();
        try {
            var int32 = ValueLayout.JAVA_INT;
            var _ = (int) call("close", FunctionDescriptor.of(int32, int32)).invokeExact(descriptor);
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }
}
