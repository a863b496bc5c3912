package dev.wasmscope.engine.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// Files by descriptors of Linux, and paths below one that no link leads out of (decision 0018).
///
/// Results are those of the system: not negative for success, else an error number, negated. Names are bytes without
/// a zero, at most [#MOST_PATH]. For one thread at a time.
public final class LinuxFiles {
    /// What is read or written by one call at most.
    public static final int MOST_BYTES = 1 << 16;

    /// Bytes of a path at most.
    public static final int MOST_PATH = 4095;

    // What open takes.
    public static final int READ = 0;
    public static final int WRITE = 1;
    public static final int READ_WRITE = 2;
    public static final int CREATE = 0x40;
    public static final int EXCLUSIVE = 0x80;
    public static final int NO_TERMINAL = 0x100;
    public static final int TRUNCATE = 0x200;
    public static final int APPEND = 0x400;
    public static final int NON_BLOCKING = 0x800;
    public static final int DATA_SYNC = 0x1000;
    public static final int SYNC = 0x101000;
    /// Only a place among the files: neither read nor written.
    public static final int PLACE = 0x200000;
    // Two bits that ARM has elsewhere.
    public static final int DIRECTORY = LinuxCallNumbers.ARM ? 0x4000 : 0x10000;
    public static final int NO_FOLLOW = LinuxCallNumbers.ARM ? 0x8000 : 0x20000;

    // Error numbers that mean something here.
    public static final int EAGAIN = 11;
    public static final int EACCES = 13;
    public static final int EXDEV = 18;
    public static final int EINVAL = 22;
    public static final int ENAMETOOLONG = 36;

    /// For a time that is to stay, and for one that is to be now.
    public static final long OMIT_TIME = Long.MIN_VALUE;

    public static final long TIME_NOW = Long.MIN_VALUE + 1;

    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int HOW_BYTES = 24;
    private static final int STATUS_BASIC = 0x7ff;
    private static final int EMPTY_PATH = 0x1000;
    private static final int REMOVE_DIRECTORY = 0x200;
    private static final int FOLLOW = 0x400;
    private static final int HERE = -100;
    private static final long UTIME_NOW = 0x3fffffff;
    private static final long UTIME_OMIT = 0x3ffffffe;
    private static final ValueLayout.OfLong L = ValueLayout.JAVA_LONG;
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final byte[] EMPTY = {};

    /// Looked at on Linux only: others have no such function.
    private static final class Call {
        static final MethodHandle SYSCALL = syscall();

        @SuppressWarnings("restricted")
        private static MethodHandle syscall() {
            var l = ValueLayout.JAVA_LONG;
            var linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("syscall"),
                    FunctionDescriptor.of(l, l, l, l, l, l, l),
                    Linker.Option.firstVariadicArg(1),
                    Linker.Option.captureCallState("errno"));
        }
    }

    private static final class Present {
        static final boolean HERE = system() && new LinuxFiles().works();

        private static boolean system() {
            var arch = System.getProperty("os.arch", "");
            return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")
                    && (LinuxCallNumbers.ARM || arch.equals("amd64") || arch.equals("x86_64"));
        }
    }

    /// How links on the way are taken; all ways stay below the directory.
    public enum Links {
        FOLLOWED(0x08 | 0x02),
        REFUSED(0x08 | 0x04);

        private final long resolve;

        Links(long resolve) {
            this.resolve = resolve;
        }
    }

    private final MemorySegment errno;
    private final MemorySegment how;
    private final MemorySegment path;
    private final MemorySegment other;
    private final MemorySegment status;
    private final MemorySegment bytes;

    private LinuxFiles() {
        var arena = Arena.ofAuto();
        errno = arena.allocate(Linker.Option.captureStateLayout());
        how = arena.allocate(HOW_BYTES, 8);
        path = arena.allocate(MOST_PATH + 1);
        other = arena.allocate(MOST_PATH + 1);
        status = arena.allocate(FileStatus.LAYOUT_BYTES, 8);
        bytes = arena.allocate(MOST_BYTES, 8);
    }

    /// @return none where the system is another one, or a kernel before 5.6
    public static Optional<LinuxFiles> here() {
        return Present.HERE ? Optional.of(new LinuxFiles()) : Optional.empty();
    }

    private boolean works() {
        var opened = openDirectory("/");
        if (opened < 0) {
            return false;
        }
        var below = open(opened, new byte[] {'.'}, PLACE | DIRECTORY, 0, Links.FOLLOWED);
        if (below >= 0) {
            close(below);
        }
        close(opened);
        return below >= 0;
    }

    /// @param absolute a path of the host
    public int openDirectory(String absolute) {
        var name = absolute.getBytes(StandardCharsets.UTF_8);
        var opened = openat2(HERE, name, READ | DIRECTORY, 0, 0);
        // Whoever may not list it may still use what is in it.
        return opened == -EACCES ? openat2(HERE, name, PLACE | DIRECTORY, 0, 0) : opened;
    }

    /// Opens what is below a directory, wherever others move it meanwhile: EXDEV when the way leads out of it, also by
    /// a link with an absolute target.
    ///
    /// @param permissions of a file that is made, 0 without [#CREATE]
    public int open(int directory, byte[] name, int flags, int permissions, Links links) {
        return openat2(directory, name, flags, permissions, links.resolve);
    }

    private int openat2(int directory, byte[] name, int flags, int permissions, long resolve) {
        how.set(L, 0, flags | CLOSE_ON_EXEC);
        how.set(L, 8, permissions);
        how.set(L, 16, resolve);
        return (int) call(LinuxCallNumbers.OPENAT2, directory, put(path, name), how.address(), HOW_BYTES, 0);
    }

    public int close(int file) {
        return (int) call(LinuxCallNumbers.CLOSE, file, 0, 0, 0, 0);
    }

    /// Writes what remains of it, [#MOST_BYTES] at most, and leaves it as it was.
    ///
    /// @return how many bytes were written
    public int write(int file, ByteBuffer from) {
        var length = taken(from);
        return (int) call(LinuxCallNumbers.WRITE, file, bytes.address(), length, 0, 0);
    }

    public int writeAt(int file, ByteBuffer from, long position) {
        var length = taken(from);
        return (int) call(LinuxCallNumbers.PWRITE, file, bytes.address(), length, position, 0);
    }

    private long taken(ByteBuffer from) {
        MemorySegment.copy(MemorySegment.ofBuffer(from), 0, bytes, 0, from.remaining());
        return from.remaining();
    }

    /// Fills what remains of it, [#MOST_BYTES] at most, and moves its position.
    ///
    /// @return how many bytes were read, 0 at the end
    public int read(int file, ByteBuffer to) {
        long length = to.remaining();
        return given((int) call(LinuxCallNumbers.READ, file, bytes.address(), length, 0, 0), to);
    }

    public int readAt(int file, ByteBuffer to, long position) {
        long length = to.remaining();
        return given((int) call(LinuxCallNumbers.PREAD, file, bytes.address(), length, position, 0), to);
    }

    private int given(int count, ByteBuffer to) {
        if (count > 0) {
            MemorySegment.copy(bytes, 0, MemorySegment.ofBuffer(to), 0, count);
            to.position(to.position() + count);
        }
        return count;
    }

    /// Entries of a directory from its position on, as `getdents64` lays them out.
    public int entries(int directory, byte[] to) {
        return received((int) call(LinuxCallNumbers.GETDENTS, directory, bytes.address(), to.length, 0, 0), to);
    }

    private int received(int count, byte[] to) {
        if (count > 0) {
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, 0, to, 0, count);
        }
        return count;
    }

    /// @param whence 0 from the beginning, 1 from here, 2 from the end
    public long seek(int file, long offset, int whence) {
        return call(LinuxCallNumbers.LSEEK, file, offset, whence, 0, 0);
    }

    public int sync(int file, boolean withStatus) {
        return (int) call(withStatus ? LinuxCallNumbers.FSYNC : LinuxCallNumbers.FDATASYNC, file, 0, 0, 0, 0);
    }

    public int truncate(int file, long size) {
        return (int) call(LinuxCallNumbers.FTRUNCATE, file, size, 0, 0, 0);
    }

    public int allocate(int file, long offset, long length) {
        return (int) call(LinuxCallNumbers.FALLOCATE, file, 0, offset, length, 0);
    }

    /// Of what is open; [#lastStatus()] has it.
    public int status(int file) {
        return (int) call(LinuxCallNumbers.STATX, file, put(path, EMPTY), EMPTY_PATH, STATUS_BASIC, status.address());
    }

    public FileStatus lastStatus() {
        return FileStatus.of(status);
    }

    /// Of what is open, in nanoseconds since 1970, [#OMIT_TIME] or [#TIME_NOW].
    public int setTimes(int file, long accessed, long modified) {
        putTime(0, accessed);
        putTime(16, modified);
        return (int) call(LinuxCallNumbers.UTIMENSAT, file, put(path, EMPTY), bytes.address(), EMPTY_PATH, 0);
    }

    private void putTime(long at, long nanos) {
        var special = nanos == OMIT_TIME ? UTIME_OMIT : UTIME_NOW;
        var usual = nanos != OMIT_TIME && nanos != TIME_NOW;
        bytes.set(L, at, usual ? Math.floorDiv(nanos, 1_000_000_000L) : 0);
        bytes.set(L, at + 8, usual ? Math.floorMod(nanos, 1_000_000_000L) : special);
    }

    // ---- entries of a directory: names are single ones, links are not followed

    public int makeDirectory(int parent, byte[] name, int permissions) {
        return (int) call(LinuxCallNumbers.MKDIRAT, parent, put(path, name), permissions, 0, 0);
    }

    public int remove(int parent, byte[] name, boolean directory) {
        return (int) call(LinuxCallNumbers.UNLINKAT, parent, put(path, name), directory ? REMOVE_DIRECTORY : 0, 0, 0);
    }

    public int rename(int parent, byte[] name, int newParent, byte[] newName) {
        return (int) call(LinuxCallNumbers.RENAMEAT, parent, put(path, name), newParent, put(other, newName), 0);
    }

    public int link(int parent, byte[] name, int newParent, byte[] newName) {
        return link(parent, name, newParent, newName, 0);
    }

    /// A second name for what is open.
    public int link(int file, int newParent, byte[] newName) {
        return link(HERE, ("/proc/self/fd/" + file).getBytes(StandardCharsets.US_ASCII), newParent, newName, FOLLOW);
    }

    private int link(int parent, byte[] name, int newParent, byte[] newName, int flags) {
        return (int) call(LinuxCallNumbers.LINKAT, parent, put(path, name), newParent, put(other, newName), flags);
    }

    public int symbolicLink(byte[] target, int parent, byte[] name) {
        return (int) call(LinuxCallNumbers.SYMLINKAT, put(path, target), parent, put(other, name), 0, 0);
    }

    /// @return the target's length
    public int readLink(int parent, byte[] name, byte[] to) {
        return received(
                (int) call(LinuxCallNumbers.READLINKAT, parent, put(path, name), bytes.address(), to.length, 0), to);
    }

    private static long put(MemorySegment into, byte[] name) {
        MemorySegment.copy(name, 0, into, ValueLayout.JAVA_BYTE, 0, name.length);
        into.set(ValueLayout.JAVA_BYTE, name.length, (byte) 0);
        return into.address();
    }

    /// One shape of a call for all of them: each takes tens of milliseconds to be made. Arguments that a call does not
    /// take are not looked at.
    private long call(long number, long first, long second, long third, long fourth, long fifth) {
        try {
            var returned = (long) Call.SYSCALL.invokeExact(errno, number, first, second, third, fourth, fifth);
            return returned < 0 ? -(int) ERRNO.get(errno, 0L) : returned;
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static RuntimeException unexpected(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException unexpected -> unexpected;
            case Error error -> throw error;
            default -> new IllegalStateException(thrown);
        };
    }
}
