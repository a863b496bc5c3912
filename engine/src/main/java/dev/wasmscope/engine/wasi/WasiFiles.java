package dev.wasmscope.engine.wasi;

import com.dylibso.chicory.runtime.ImportFunction;
import dev.wasmscope.engine.platform.FileStatus;
import dev.wasmscope.engine.platform.LinuxFiles;
import dev.wasmscope.engine.spi.WasiGrants;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Files of WASI preview 1 by Linux's own calls, where the system has them: one `openat2` opens a file and sees to it
/// that it lies below what was granted. [DirectoryGuard] does the same elsewhere, with more questions.
///
/// Here is what works on descriptors; [WasiPaths] has what takes paths.
final class WasiFiles implements AutoCloseable {
    private static final int FLAG_BITS = 0x1f;
    private static final int FDSTAT_BYTES = 24;
    private static final int FILESTAT_BYTES = 64;
    private static final int KIND_DIRECTORY = 3;
    private static final int KIND_FILE = 4;
    private static final int TIME_BITS = 0xf;

    private final LinuxFiles system;
    private final GuestFiles files;
    private final WasiPaths paths;

    interface Operation {
        /// @return the error number, 0 for success
        int run(WasiMemory memory, long[] arguments) throws IOException;
    }

    /// @throws IOException with a sentence, when a granted directory cannot be opened
    WasiFiles(LinuxFiles system, List<WasiGrants.Directory> granted) throws IOException {
        this.system = system;
        this.files = new GuestFiles(system, granted);
        this.paths = new WasiPaths(system, files);
    }

    boolean owns(long descriptor) {
        return files.owns(descriptor);
    }

    /// @param function of preview 1, for descriptors of standard streams
    ImportFunction around(ImportFunction function) {
        var path = paths.operation(function.name());
        if (path != null) {
            return replaced(function, path);
        }
        var operation = ofDescriptor(function.name());
        if (operation == null) {
            return function;
        }
        var inner = function.handle();
        return new ImportFunction(
                function.module(),
                function.name(),
                function.functionType(),
                (instance, a) -> files.owns(a[0])
                        ? answer(operation, new WasiMemory(instance.memory()), a)
                        : inner.apply(instance, a));
    }

    private static ImportFunction replaced(ImportFunction function, Operation operation) {
        return new ImportFunction(
                function.module(),
                function.name(),
                function.functionType(),
                (instance, a) -> answer(operation, new WasiMemory(instance.memory()), a));
    }

    private static long[] answer(Operation operation, WasiMemory memory, long[] arguments) {
        try {
            return new long[] {operation.run(memory, arguments)};
        } catch (IOException e) {
            return new long[] {WasiFailure.errnoOf(e).code()};
        }
    }

    private @Nullable Operation ofDescriptor(String name) {
        return switch (name) {
            case "fd_advise" -> this::advise;
            case "fd_allocate" -> (_, a) -> allocate(a);
            case "fd_close" ->
                (_, a) -> {
                    files.close(a[0]);
                    return 0;
                };
            case "fd_datasync" -> (_, a) -> sync(a, false);
            case "fd_sync" -> (_, a) -> sync(a, true);
            case "fd_fdstat_get" -> this::status;
            case "fd_fdstat_set_flags" -> (_, a) -> setFlags(a);
            case "fd_fdstat_set_rights" -> (_, _) -> Errno.NOTSUP.code();
            case "fd_filestat_get" -> this::fileStatus;
            case "fd_filestat_set_size" -> (_, a) -> setSize(a);
            case "fd_filestat_set_times" -> (_, a) -> setTimes(a);
            case "fd_read" -> (m, a) -> read(m, a[0], a[1], a[2], -1, a[3]);
            case "fd_pread" -> (m, a) -> read(m, a[0], a[1], a[2], position(a[3]), a[4]);
            case "fd_write" -> (m, a) -> write(m, a[0], a[1], a[2], -1, a[3]);
            case "fd_pwrite" -> (m, a) -> write(m, a[0], a[1], a[2], position(a[3]), a[4]);
            case "fd_prestat_get" -> this::preopened;
            case "fd_prestat_dir_name" -> this::preopenedName;
            case "fd_readdir" -> paths::entries;
            case "fd_renumber" -> this::renumber;
            case "fd_seek" -> (m, a) -> seek(m, a[0], a[1], (int) a[2], a[3]);
            case "fd_tell" -> (m, a) -> seek(m, a[0], 0, 1, a[1]);
            default -> null;
        };
    }

    private static long position(long argument) throws WasiFailure {
        if (argument < 0) {
            throw new WasiFailure(Errno.INVAL, "%d is no position in a file.".formatted(argument));
        }
        return argument;
    }

    private static void checkWritable(GuestFile file) throws WasiFailure {
        if (file.grant().readOnly()) {
            throw new WasiFailure(Errno.ROFS, "The directory was granted for reading.");
        }
        if (!file.directory() && !file.writes()) {
            throw new WasiFailure(Errno.NOTCAPABLE, "The file was not opened for writing.");
        }
    }

    private int advise(WasiMemory memory, long[] a) throws WasiFailure {
        files.file(a[0]);
        position(a[1]);
        position(a[2]);
        return 0;
    }

    private int allocate(long[] a) throws WasiFailure {
        var file = files.file(a[0]);
        checkWritable(file);
        LinuxErrno.check(system.allocate(file.number(), position(a[1]), position(a[2])), "allocate");
        return 0;
    }

    private int sync(long[] a, boolean withStatus) throws WasiFailure {
        var file = files.get(a[0]);
        if (file.directory()) {
            return Errno.INVAL.code();
        }
        return LinuxErrno.check(system.sync(file.number(), withStatus), "sync");
    }

    private int status(WasiMemory memory, long[] a) throws WasiFailure {
        var file = files.get(a[0]);
        var at = memory.within(a[1], FDSTAT_BYTES).address();
        memory.put64(at, file.directory() ? KIND_DIRECTORY : KIND_FILE | (long) file.flags() << 16);
        memory.put64(at + 8, file.rights());
        memory.put64(at + 16, file.inherited());
        return 0;
    }

    /// What a file was opened with stays.
    private int setFlags(long[] a) throws WasiFailure {
        var file = files.get(a[0]);
        return file.directory() || (a[1] & FLAG_BITS) == file.flags() ? 0 : Errno.NOTSUP.code();
    }

    private int fileStatus(WasiMemory memory, long[] a) throws WasiFailure {
        var file = files.get(a[0]);
        LinuxErrno.check(system.status(file.number()), "statx");
        put(memory, a[1], system.lastStatus());
        return 0;
    }

    static void put(WasiMemory memory, long pointer, FileStatus status) throws WasiFailure {
        var at = memory.within(pointer, FILESTAT_BYTES).address();
        memory.put64(at, status.device());
        memory.put64(at + 8, status.inode());
        memory.put64(at + 16, kind(status.kind()));
        memory.put64(at + 24, status.links());
        memory.put64(at + 32, status.size());
        memory.put64(at + 40, status.accessed());
        memory.put64(at + 48, status.modified());
        memory.put64(at + 56, status.changed());
    }

    /// @param linux as [FileStatus#kind()] has it
    static int kind(int linux) {
        return switch (linux) {
            case 2 -> 2;
            case 4 -> KIND_DIRECTORY;
            case 6 -> 1;
            case 8 -> KIND_FILE;
            case 10 -> 7;
            case 12 -> 6;
            default -> 0;
        };
    }

    private int setSize(long[] a) throws WasiFailure {
        var file = files.file(a[0]);
        checkWritable(file);
        return LinuxErrno.check(system.truncate(file.number(), position(a[1])), "truncate");
    }

    private int setTimes(long[] a) throws WasiFailure {
        var file = files.get(a[0]);
        if (file.grant().readOnly()) {
            return Errno.ROFS.code();
        }
        return setTimes(system, file.number(), a[1], a[2], (int) a[3]);
    }

    /// @param flags 1 and 2: the time of access as given, or now; 4 and 8: that of modification
    static int setTimes(LinuxFiles system, int file, long accessed, long modified, int flags) throws WasiFailure {
        if ((flags & ~TIME_BITS) != 0 || (flags & 3) == 3 || (flags & 12) == 12) {
            throw new WasiFailure(Errno.INVAL, "Times are given or now, not both.");
        }
        return LinuxErrno.check(
                system.setTimes(file, time(accessed, flags & 3), time(modified, flags >> 2)), "utimensat");
    }

    private static long time(long given, int flags) {
        return flags == 0 ? LinuxFiles.OMIT_TIME : flags == 1 ? given : LinuxFiles.TIME_NOW;
    }

    /// @param position in the file, -1 for its own
    private int read(WasiMemory memory, long descriptor, long vectors, long count, long position, long moved)
            throws WasiFailure {
        var file = files.file(descriptor);
        if (!file.reads()) {
            return Errno.NOTCAPABLE.code();
        }
        var into = memory.vectors(vectors, count);
        memory.within(moved, Integer.BYTES);
        long total = 0;
        while (true) {
            var room = WasiMemory.room(into, total);
            if (!room.hasRemaining()) {
                break;
            }
            var asked = room.remaining();
            var read = position < 0
                    ? system.read(file.number(), room)
                    : system.readAt(file.number(), room, position + total);
            if (total == 0) {
                LinuxErrno.check(read, "read");
            }
            memory.scatter(room.flip(), into, total);
            total += Math.max(0, read);
            if (read < asked) {
                break;
            }
        }
        memory.put32(moved, total);
        return 0;
    }

    /// What is small, in one call of the system for all buffers.
    private int write(WasiMemory memory, long descriptor, long vectors, long count, long position, long moved)
            throws WasiFailure {
        var file = files.file(descriptor);
        checkWritable(file);
        if (position >= 0 && (file.flags() & GuestFile.FLAG_APPEND) != 0) {
            return Errno.NOTSUP.code();
        }
        var from = memory.vectors(vectors, count);
        memory.within(moved, Integer.BYTES);
        long total = 0;
        for (var piece = memory.gather(from, 0); piece.hasRemaining(); piece = memory.gather(from, total)) {
            var written = position < 0
                    ? system.write(file.number(), piece)
                    : system.writeAt(file.number(), piece, position + total);
            if (total == 0) {
                LinuxErrno.check(written, "write");
            }
            total += Math.max(0, written);
            if (written < piece.remaining()) {
                break;
            }
        }
        memory.put32(moved, total);
        return 0;
    }

    private int preopened(WasiMemory memory, long[] a) throws WasiFailure {
        var name = files.get(a[0]).preopened();
        if (name == null) {
            return Errno.BADF.code();
        }
        memory.put64(a[1], (long) name.length << 32);
        return 0;
    }

    private int preopenedName(WasiMemory memory, long[] a) throws WasiFailure {
        var name = files.get(a[0]).preopened();
        if (name == null) {
            return Errno.BADF.code();
        }
        if ((a[2] & 0xffff_ffffL) < name.length) {
            return Errno.NAMETOOLONG.code();
        }
        memory.write(a[1], name);
        return 0;
    }

    private int renumber(WasiMemory memory, long[] a) throws WasiFailure {
        var to = (int) a[1];
        if (!files.owns(to) && (to < 0 || to >= GuestFiles.FIRST)) {
            return Errno.BADF.code();
        }
        files.move(a[0], a[1]);
        return 0;
    }

    private int seek(WasiMemory memory, long descriptor, long offset, int whence, long result) throws WasiFailure {
        var file = files.file(descriptor);
        if (whence < 0 || whence > 2) {
            return Errno.INVAL.code();
        }
        memory.within(result, Long.BYTES);
        memory.put64(result, LinuxErrno.check(system.seek(file.number(), offset, whence), "seek"));
        return 0;
    }

    @Override
    public void close() {
        files.close();
    }
}
