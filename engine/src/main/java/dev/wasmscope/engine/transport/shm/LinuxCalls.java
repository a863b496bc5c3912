package dev.wasmscope.engine.transport.shm;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The few calls into Linux that Java has no class for.
final class LinuxCalls {
    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int F_ADD_SEALS = 1033;
    private static final int F_GET_SEALS = 1034;
    private static final int SEAL_SEAL_SHRINK_GROW = 1 | 2 | 4;
    /// For reading and writing, and without waiting for whoever else may open a pipe.
    private static final int O_RDWR_NOCTTY_NONBLOCK_CLOEXEC = 2 | 0x100 | 0x800 | 0x80000;

    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EACCES = 13;
    private static final long FUTEX_WAIT = 0;
    private static final long FUTEX_WAKE = 1;

    /// Null where the system is another one.
    static final @Nullable LinuxCalls HERE = here();

    private final MethodHandle memfdCreate;
    private final MethodHandle open;
    private final MethodHandle fcntl;
    private final MethodHandle close;
    private final MethodHandle wait;
    private final MethodHandle wake;
    private final long futex;
    private final MemorySegment errno;
    private final MemorySegment patience;

    @SuppressWarnings("restricted")
    private LinuxCalls(long futex) {
        this.futex = futex;
        var linker = Linker.nativeLinker();
        var state = Linker.Option.captureCallState("errno");
        memfdCreate = handle(linker, "memfd_create", number(ValueLayout.ADDRESS, ValueLayout.JAVA_INT), state);
        open = handle(
                linker,
                "open",
                number(ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                state,
                Linker.Option.firstVariadicArg(2));
        fcntl = handle(
                linker,
                "fcntl",
                number(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                state,
                Linker.Option.firstVariadicArg(2));
        close = handle(linker, "close", number(ValueLayout.JAVA_INT));
        var l = ValueLayout.JAVA_LONG;
        var syscall = FunctionDescriptor.of(l, l, l, l, l, l, l, l);
        wait = handle(linker, "syscall", syscall, Linker.Option.firstVariadicArg(1));
        // Returns at once: not worth telling the collector that the thread is away.
        wake = handle(linker, "syscall", syscall, Linker.Option.firstVariadicArg(1), Linker.Option.critical(false));
        errno = Arena.global().allocate(Linker.Option.captureStateLayout());
        patience = Arena.global().allocate(16, 8);
        patience.set(l, 8, SharedMemory.LOOK_AROUND.toNanos());
    }

    private static FunctionDescriptor number(MemoryLayout... arguments) {
        return FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(Linker linker, String name, FunctionDescriptor type, Linker.Option... options) {
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }

    private static @Nullable LinuxCalls here() {
        var linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
        return !linux
                ? null
                : switch (System.getProperty("os.arch", "")) {
                    case "amd64", "x86_64" -> new LinuxCalls(202);
                    case "aarch64" -> new LinuxCalls(98);
                    default -> null;
                };
    }

    /// @return a descriptor that the caller closes
    synchronized int memfdCreate(String name) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var descriptor =
                    (int) memfdCreate.invokeExact(errno, arena.allocateFrom(name), MFD_CLOEXEC | MFD_ALLOW_SEALING);
            if (descriptor < 0) {
                throw new IOException(
                        "The system gives no memory to share (memfd_create: errno %d).".formatted(error()));
            }
            return descriptor;
        } catch (Throwable t) {
            throw rethrown(t);
        }
    }

    /// From here on nobody can change the file's size: who reads it can never be killed by a truncation.
    synchronized void seal(int descriptor) throws IOException {
        try {
            if ((int) fcntl.invokeExact(errno, descriptor, F_ADD_SEALS, SEAL_SEAL_SHRINK_GROW) < 0) {
                throw new IOException("The shared memory cannot be sealed (fcntl: errno %d).".formatted(error()));
            }
        } catch (Throwable t) {
            throw rethrown(t);
        }
    }

    /// Whether nobody can change the file's size any more, nor lift that seal.
    synchronized boolean sealed(int descriptor) throws IOException {
        try {
            var seals = (int) fcntl.invokeExact(errno, descriptor, F_GET_SEALS, 0);
            // What is no memory has no seals, which is an error.
            return seals >= 0 && (seals & SEAL_SEAL_SHRINK_GROW) == SEAL_SEAL_SHRINK_GROW;
        } catch (Throwable t) {
            throw rethrown(t);
        }
    }

    /// Opens what is there for reading and writing.
    ///
    /// @return a descriptor that the caller closes
    synchronized int open(String path) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var descriptor = (int) open.invokeExact(errno, arena.allocateFrom(path), O_RDWR_NOCTTY_NONBLOCK_CLOEXEC);
            if (descriptor >= 0) {
                return descriptor;
            }
            var error = error();
            throw switch (error) {
                case ENOENT -> new NoSuchFileException(path);
                case EACCES, EPERM -> new AccessDeniedException(path);
                default -> new IOException("%s cannot be opened to read and write (errno %d).".formatted(path, error));
            };
        } catch (Throwable t) {
            throw rethrown(t);
        }
    }

    void close(int descriptor) throws IOException {
        try {
            var _ = (int) close.invokeExact(descriptor);
        } catch (Throwable t) {
            throw rethrown(t);
        }
    }

    /// Sleeps while the word has this value, at most [SharedMemory#LOOK_AROUND] or the time given.
    void futexWait(long address, int value, long nanos) throws IOException {
        if (nanos >= SharedMemory.LOOK_AROUND.toNanos()) {
            futexWait(address, value, patience);
            return;
        }
        try (var arena = Arena.ofConfined()) {
            var time = arena.allocate(16, 8);
            time.set(ValueLayout.JAVA_LONG, 8, Math.max(1, nanos));
            futexWait(address, value, time);
        }
    }

    private void futexWait(long address, int value, MemorySegment most) throws IOException {
        try {
            var _ = (long) wait.invokeExact(futex, address, FUTEX_WAIT, (long) value, most.address(), 0L, 0L);
        } catch (Throwable t) {
            throw rethrown(t);
        }
    }

    void futexWake(long address) throws IOException {
        try {
            var _ = (long) wake.invokeExact(futex, address, FUTEX_WAKE, 1L, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw rethrown(t);
        }
    }

    private int error() {
        VarHandle handle = Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
        return (int) handle.get(errno, 0L);
    }

    private static IOException rethrown(Throwable thrown) {
        return switch (thrown) {
            case IOException failed -> failed;
            case RuntimeException unexpected -> throw unexpected;
            case Error error -> throw error;
            default -> new IOException(thrown);
        };
    }
}
