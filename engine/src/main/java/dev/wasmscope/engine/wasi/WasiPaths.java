package dev.wasmscope.engine.wasi;

import dev.wasmscope.engine.platform.LinuxFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The functions of WASI preview 1 that take paths, and the one that lists a directory, by Linux's own calls.
final class WasiPaths {
    private static final int FOLLOW = 1;
    private static final int OPEN_CREATE = 1;
    private static final int OPEN_DIRECTORY = 2;
    private static final int OPEN_EXCLUSIVE = 4;
    private static final int OPEN_TRUNCATE = 8;
    /// Rights `fd_allocate`, `fd_filestat_set_size` and `fd_write`. Not `fd_filestat_set_times`: wasi-libc asks for it
    /// also to read; the call itself is refused.
    private static final long WRITING = 1L << 8 | 1L << 22 | GuestFile.RIGHT_WRITE;

    private static final int FILE_PERMISSIONS = 0666;
    private static final int DIRECTORY_PERMISSIONS = 0777;
    private static final int ENTRY_BYTES = 24;
    private static final int MOST_ENTRIES = 1 << 15;
    private static final int ENTRY_NAME = 19;

    private final LinuxFiles system;
    private final GuestFiles files;
    private final Beneath beneath;

    WasiPaths(LinuxFiles system, GuestFiles files) {
        this.system = system;
        this.files = files;
        this.beneath = new Beneath(system);
    }

    WasiFiles.@Nullable Operation operation(String name) {
        return switch (name) {
            case "path_open" -> this::open;
            case "path_create_directory" ->
                (m, a) -> changed(
                        m,
                        a[0],
                        a[1],
                        a[2],
                        (parent, last) -> system.makeDirectory(parent, last, DIRECTORY_PERMISSIONS));
            case "path_remove_directory" ->
                (m, a) -> changed(m, a[0], a[1], a[2], (parent, last) -> system.remove(parent, last, true));
            case "path_unlink_file" ->
                (m, a) -> changed(m, a[0], a[1], a[2], (parent, last) -> system.remove(parent, last, false));
            case "path_filestat_get" -> this::status;
            case "path_filestat_set_times" -> this::setTimes;
            case "path_rename" ->
                (m, a) -> changed(
                        m,
                        a[3],
                        a[4],
                        a[5],
                        (newParent, newName) -> changed(
                                m,
                                a[0],
                                a[1],
                                a[2],
                                (parent, last) -> system.rename(parent, last, newParent, newName)));
            case "path_link" -> this::link;
            case "path_symlink" -> this::symbolicLink;
            case "path_readlink" -> this::readLink;
            default -> null;
        };
    }

    private interface Change {
        /// @return the system's result
        int of(int parent, byte[] name) throws WasiFailure;
    }

    private static byte[] path(WasiMemory memory, long pointer, long length) throws WasiFailure {
        if ((length & 0xffff_ffffL) > LinuxFiles.MOST_PATH) {
            throw new WasiFailure(Errno.NAMETOOLONG, "A path has at most %d bytes.".formatted(LinuxFiles.MOST_PATH));
        }
        var name = memory.read(pointer, length);
        for (var b : name) {
            if (b == 0) {
                throw new WasiFailure(Errno.INVAL, "There is a zero in the path.");
            }
        }
        return name;
    }

    private static void checkWritable(GuestFile directory) throws WasiFailure {
        if (directory.grant().readOnly()) {
            throw new WasiFailure(Errno.ROFS, "The directory was granted for reading.");
        }
    }

    private int changed(WasiMemory memory, long descriptor, long pointer, long length, Change change)
            throws WasiFailure {
        var directory = files.directory(descriptor);
        checkWritable(directory);
        return at(directory, path(memory, pointer, length), change);
    }

    private int at(GuestFile directory, byte[] path, Change change) throws WasiFailure {
        var entry = beneath.entry(directory, path);
        try {
            return LinuxErrno.check(change.of(entry.parent(), entry.name()), "change");
        } finally {
            system.close(entry.parent());
        }
    }

    private int open(WasiMemory memory, long[] a) throws WasiFailure {
        var directory = files.directory(a[0]);
        var path = path(memory, a[2], a[3]);
        memory.within(a[8], Integer.BYTES);
        files.checkRoom();
        var rights = a[5];
        if (directory.grant().readOnly() && ((a[4] & (OPEN_CREATE | OPEN_TRUNCATE)) != 0 || (rights & WRITING) != 0)) {
            return Errno.ROFS.code();
        }
        var flags = flags((int) a[1], (int) a[4], rights, (int) a[7]);
        var permissions = (flags & LinuxFiles.CREATE) == 0 ? 0 : FILE_PERMISSIONS;
        var opened = beneath.open(directory, path, flags, permissions);
        memory.put32(a[8], files.add(described(directory, opened, flags, rights, (int) a[7])));
        return 0;
    }

    /// Only a file can be open for writing; of what is not, the system has to tell.
    private GuestFile described(GuestFile below, int opened, int flags, long rights, int fdFlags) {
        var asked = (flags & (LinuxFiles.WRITE | LinuxFiles.READ_WRITE | LinuxFiles.DIRECTORY)) == 0;
        var directory = asked
                ? system.status(opened) >= 0 && system.lastStatus().isDirectory()
                : (flags & LinuxFiles.DIRECTORY) != 0;
        return directory
                ? GuestFile.directory(opened, below.grant())
                : GuestFile.file(opened, below.grant(), rights, fdFlags);
    }

    private static int flags(int lookup, int open, long rights, int fdFlags) {
        var writes = (rights & GuestFile.RIGHT_WRITE) != 0;
        var reads = (rights & GuestFile.RIGHT_READ) != 0;
        return (writes ? (reads ? LinuxFiles.READ_WRITE : LinuxFiles.WRITE) : LinuxFiles.READ)
                | LinuxFiles.NO_TERMINAL
                // A pipe in the folder would hold up the guest past its deadline; to others it means nothing.
                | LinuxFiles.NON_BLOCKING
                | one(lookup, FOLLOW, 0, LinuxFiles.NO_FOLLOW)
                | one(open, OPEN_CREATE, LinuxFiles.CREATE, 0)
                | one(open, OPEN_DIRECTORY, LinuxFiles.DIRECTORY, 0)
                | one(open, OPEN_EXCLUSIVE, LinuxFiles.EXCLUSIVE, 0)
                | one(open, OPEN_TRUNCATE, LinuxFiles.TRUNCATE, 0)
                | one(fdFlags, GuestFile.FLAG_APPEND, LinuxFiles.APPEND, 0)
                | one(fdFlags, 2, LinuxFiles.DATA_SYNC, 0)
                | one(fdFlags, 8 | 16, LinuxFiles.SYNC, 0);
    }

    private static int one(int flags, int bits, int set, int otherwise) {
        return (flags & bits) != 0 ? set : otherwise;
    }

    private interface Look {
        int at(int place) throws WasiFailure;
    }

    /// Opens the place for as long as it is looked at.
    private int placed(GuestFile directory, byte[] path, long lookup, Look look) throws WasiFailure {
        var flags = LinuxFiles.PLACE | ((lookup & FOLLOW) != 0 ? 0 : LinuxFiles.NO_FOLLOW);
        var place = beneath.open(directory, path, flags, 0);
        try {
            return look.at(place);
        } finally {
            system.close(place);
        }
    }

    private int status(WasiMemory memory, long[] a) throws WasiFailure {
        var path = path(memory, a[2], a[3]);
        return placed(files.directory(a[0]), path, a[1], place -> {
            LinuxErrno.check(system.status(place), "statx");
            WasiFiles.put(memory, a[4], system.lastStatus());
            return 0;
        });
    }

    private int setTimes(WasiMemory memory, long[] a) throws WasiFailure {
        var directory = files.directory(a[0]);
        checkWritable(directory);
        var path = path(memory, a[2], a[3]);
        return placed(directory, path, a[1], place -> WasiFiles.setTimes(system, place, a[4], a[5], (int) a[6]));
    }

    private int link(WasiMemory memory, long[] a) throws WasiFailure {
        var from = files.directory(a[0]);
        checkWritable(from);
        var path = path(memory, a[2], a[3]);
        return changed(
                memory,
                a[4],
                a[5],
                a[6],
                (newParent, newName) -> (a[1] & FOLLOW) != 0
                        ? placed(from, path, FOLLOW, place -> system.link(place, newParent, newName))
                        : at(from, path, (parent, name) -> system.link(parent, name, newParent, newName)));
    }

    /// Only links that stay inside: also who looks at the folder from outside is not led astray.
    private int symbolicLink(WasiMemory memory, long[] a) throws WasiFailure {
        var target = path(memory, a[0], a[1]);
        var path = path(memory, a[3], a[4]);
        var to = new String(target, StandardCharsets.UTF_8);
        var at = new String(path, StandardCharsets.UTF_8).replaceFirst("[^/]*/*$", "");
        if (to.startsWith("/") || Beneath.climbs(at + to)) {
            throw Beneath.leadsOut(target);
        }
        return changed(memory, a[2], a[3], a[4], (parent, name) -> system.symbolicLink(target, parent, name));
    }

    /// @throws WasiFailure EPERM for an absolute target, which tells of the host
    private int readLink(WasiMemory memory, long[] a) throws WasiFailure {
        var path = path(memory, a[1], a[2]);
        var target = new byte[LinuxFiles.MOST_PATH];
        var length = new int[1];
        at(files.directory(a[0]), path, (parent, name) -> length[0] = system.readLink(parent, name, target));
        if (target[0] == '/') {
            throw Beneath.leadsOut(path);
        }
        var piece = new byte[(int) Math.min(length[0], a[4] & 0xffff_ffffL)];
        System.arraycopy(target, 0, piece, 0, piece.length);
        memory.within(a[5], Integer.BYTES);
        memory.write(a[3], piece);
        memory.put32(a[5], piece.length);
        return 0;
    }

    /// `fd_readdir`: cookies are the system's positions in the directory.
    int entries(WasiMemory memory, long[] a) throws WasiFailure {
        var directory = files.directory(a[0]);
        var out = memory.within(a[1], a[2]);
        memory.within(a[4], Integer.BYTES);
        LinuxErrno.check(system.seek(directory.number(), a[3], 0), "seek");
        long used = 0;
        var read = new byte[MOST_ENTRIES];
        while (used < out.length()) {
            var length = LinuxErrno.check(system.entries(directory.number(), read), "getdents64");
            if (length == 0) {
                break;
            }
            var from = ByteBuffer.wrap(read, 0, length).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = 0; at < length && used < out.length(); at += from.getShort(at + 16) & 0xffff) {
                var entry = entry(from, at);
                var piece = (int) Math.min(entry.length, out.length() - used);
                memory.write(out.address() + used, piece < entry.length ? Arrays.copyOf(entry, piece) : entry);
                used += piece;
            }
        }
        memory.put32(a[4], used);
        return 0;
    }

    private static byte[] entry(ByteBuffer from, int at) {
        var end = at + ENTRY_NAME;
        while (from.get(end) != 0) {
            end++;
        }
        var length = end - at - ENTRY_NAME;
        var entry = ByteBuffer.allocate(ENTRY_BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        entry.putLong(from.getLong(at + 8));
        entry.putLong(from.getLong(at));
        entry.putInt(length);
        entry.putInt(WasiFiles.kind(from.get(at + 18)));
        return entry.put(entry.position(), from, at + ENTRY_NAME, length).array();
    }
}
