package dev.wasmscope.engine.wasi;

import dev.wasmscope.engine.platform.LinuxFiles;
import dev.wasmscope.engine.platform.LinuxFiles.Links;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Opens what is below a guest's directory. The system itself sees to it that no way leads out: nothing is checked
/// before it is used, so nobody can change it in between.
final class Beneath {
    private static final int TRIES = 16;
    private static final byte[] SELF = {'.'};

    private final LinuxFiles system;

    Beneath(LinuxFiles system) {
        this.system = system;
    }

    /// @param name what a guest passed
    /// @return the system's descriptor
    /// @throws WasiFailure EPERM when it leads out of what was granted
    int open(GuestFile directory, byte[] name, int flags, int permissions) throws WasiFailure {
        if (name.length > 0 && name[0] == '/') {
            throw leadsOut(name);
        }
        var result = open(directory.number(), name, flags, permissions, Links.FOLLOWED);
        if (result == -LinuxFiles.EXDEV) {
            result = otherwise(directory, name, flags, permissions);
        }
        return LinuxErrno.check(result, "open");
    }

    /// EAGAIN: somebody renamed on the way of a path with `..`, and the system could not tell where that leads.
    private int open(int directory, byte[] name, int flags, int permissions, Links links) {
        var result = system.open(directory, name, flags, permissions, links);
        for (var i = 1; i < TRIES && result == -LinuxFiles.EAGAIN; i++) {
            result = system.open(directory, name, flags, permissions, links);
        }
        return result;
    }

    /// A link with an absolute target, or out of the directory that was opened but not of the granted one: where it
    /// leads is looked up, and opened without any more links.
    private int otherwise(GuestFile directory, byte[] name, int flags, int permissions) throws WasiFailure {
        if (climbs(new String(name, StandardCharsets.UTF_8))) {
            throw leadsOut(name);
        }
        try {
            var path = Path.of(new String(name, StandardCharsets.UTF_8));
            var from = Path.of("/proc/self/fd/" + directory.number()).toRealPath();
            var full = from.resolve(path);
            var last = full.getFileName();
            var parent = full.getParent();
            var real = (flags & LinuxFiles.NO_FOLLOW) == 0 || last == null || parent == null
                    ? full.toRealPath()
                    : parent.toRealPath().resolve(last);
            var granted = directory.grant().real();
            if (!real.startsWith(granted)) {
                throw leadsOut(name);
            }
            var below = granted.relativize(real).toString();
            return open(
                    directory.grant().number(),
                    below.isEmpty() ? SELF : below.getBytes(StandardCharsets.UTF_8),
                    flags,
                    permissions,
                    Links.REFUSED);
        } catch (IOException | InvalidPathException e) {
            // A link to nothing could be created through; it is not worth telling where it would lead.
            throw leadsOut(name);
        }
    }

    /// Whether a path leads above where it starts, taken by its letters alone.
    static boolean climbs(String path) {
        var depth = 0;
        for (var part : path.split("/", -1)) {
            depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    static WasiFailure leadsOut(byte[] name) {
        return new WasiFailure(
                Errno.PERM, "%s leads out of what was granted.".formatted(new String(name, StandardCharsets.UTF_8)));
    }

    /// A directory and the name of an entry of it, for what makes and removes entries. The caller closes the parent.
    ///
    /// @param parent the system's descriptor
    /// @param name with a `/` at its end where the guest wrote one
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(int parent, byte[] name) {}

    /// @throws WasiFailure also EINVAL where the path ends in `.` or `..`
    Entry entry(GuestFile directory, byte[] path) throws WasiFailure {
        var end = path.length;
        while (end > 0 && path[end - 1] == '/') {
            end--;
        }
        var start = end;
        while (start > 0 && path[start - 1] != '/') {
            start--;
        }
        var length = end - start;
        var dots = length <= 2 && length > 0 && path[start] == '.' && path[end - 1] == '.';
        if (length == 0 && path.length > 0) {
            throw leadsOut(path);
        }
        if (length == 0 || dots) {
            throw new WasiFailure(length == 0 ? Errno.NOENT : Errno.INVAL, "There is no name at the end of the path.");
        }
        var name = new byte[Math.min(path.length - start, length + 1)];
        System.arraycopy(path, start, name, 0, name.length);
        var parent = start == 0 ? SELF : new byte[start];
        if (start > 0) {
            System.arraycopy(path, 0, parent, 0, start);
        }
        return new Entry(open(directory, parent, LinuxFiles.PLACE | LinuxFiles.DIRECTORY, 0), name);
    }
}
