package dev.wasmscope.engine.wasi;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import dev.wasmscope.engine.spi.WasiGrants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Refuses what would leave a granted directory through a symbolic link, and what would change a read-only one.
///
/// It knows which directory every descriptor belongs to by watching the calls that make and end descriptors.
/// Function and argument order are those of the `wasi_snapshot_preview1` witx.
final class DirectoryGuard {
    private static final int FIRST_PREOPEN = 3;
    private static final long EBADF = 8;
    private static final long EPERM = 63;
    private static final long EROFS = 69;
    private static final long ESUCCESS = 0;

    private static final long CREAT = 1;
    private static final long TRUNC = 8;
    private static final long SYMLINK_FOLLOW = 1;
    /// Rights `fd_allocate`, `fd_filestat_set_size` and `fd_write`. Not `fd_filestat_set_times`: wasi-libc asks for it
    /// also to read; the call itself is refused.
    private static final long WRITING = 1L << 8 | 1L << 22 | 1L << 6;

    /// @param root real path of the granted directory
    /// @param path of the open directory or file
    private record Place(Path root, Path path, boolean readOnly) {}

    private final Map<Integer, Place> places = new HashMap<>();

    /// @param directories in the order in which they get their descriptors
    DirectoryGuard(List<WasiGrants.Directory> directories) throws IOException {
        var next = FIRST_PREOPEN;
        for (var directory : directories) {
            var real = directory.host().toRealPath();
            places.put(next++, new Place(real, real, directory.readOnly()));
        }
    }

    ImportFunction around(ImportFunction function) {
        var inner = function.handle();
        return new ImportFunction(
                function.module(),
                function.name(),
                function.functionType(),
                (instance, arguments) -> call(function.name(), inner, instance, arguments));
    }

    private long[] call(String name, WasmFunctionHandle inner, Instance instance, long[] a) {
        return switch (name) {
            case "path_create_directory", "path_remove_directory", "path_unlink_file" ->
                checked(inner, instance, a, changing(a[0], instance, a[1], a[2]));
            case "path_filestat_set_times" -> checked(inner, instance, a, changing(a[0], instance, a[2], a[3]));
            case "path_symlink" -> checked(inner, instance, a, changing(a[2], instance, a[3], a[4]));
            case "path_rename" ->
                checked(
                        inner,
                        instance,
                        a,
                        first(changing(a[0], instance, a[1], a[2]), changing(a[3], instance, a[4], a[5])));
            case "path_link" ->
                checked(
                        inner,
                        instance,
                        a,
                        first(changing(a[0], instance, a[2], a[3]), changing(a[4], instance, a[5], a[6])));
            case "path_readlink" -> checked(inner, instance, a, inside(a[0], instance, a[1], a[2], false));
            case "path_filestat_get" ->
                checked(inner, instance, a, inside(a[0], instance, a[2], a[3], (a[1] & SYMLINK_FOLLOW) != 0));
            case "path_open" -> open(inner, instance, a);
            case "fd_allocate", "fd_filestat_set_size", "fd_filestat_set_times", "fd_write", "fd_pwrite" ->
                checked(inner, instance, a, readOnly(a[0]));
            case "fd_close" -> close(inner, instance, a);
            case "fd_renumber" -> renumber(inner, instance, a);
            default -> inner.apply(instance, a);
        };
    }

    private static long[] checked(WasmFunctionHandle inner, Instance instance, long[] a, long refusal) {
        return refusal == ESUCCESS ? inner.apply(instance, a) : new long[] {refusal};
    }

    private static long first(long one, long other) {
        return one == ESUCCESS ? other : one;
    }

    private long readOnly(long descriptor) {
        var place = places.get((int) descriptor);
        return place != null && place.readOnly ? EROFS : ESUCCESS;
    }

    private long changing(long descriptor, Instance instance, long pointer, long length) {
        return first(readOnly(descriptor), inside(descriptor, instance, pointer, length, false));
    }

    /// @param follow whether the last part of the path may be a link that is followed
    private long inside(long descriptor, Instance instance, long pointer, long length, boolean follow) {
        var place = places.get((int) descriptor);
        if (place == null) {
            return EBADF;
        }
        return inside(place, resolve(place, instance, pointer, length), follow);
    }

    private static long inside(Place place, @Nullable Path path, boolean follow) {
        return path != null && contained(place, path, follow) ? ESUCCESS : EPERM;
    }

    private static @Nullable Path resolve(Place place, Instance instance, long pointer, long length) {
        try {
            return place.path
                    .resolve(instance.memory().readString((int) pointer, (int) length))
                    .normalize();
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static boolean contained(Place place, Path path, boolean follow) {
        try {
            if (!path.startsWith(place.root)) {
                return false;
            }
            if (real(path)) {
                return true;
            }
            if (Files.isSymbolicLink(path) && follow) {
                // A link to nothing could be created through; it is not worth telling where it would lead.
                return Files.exists(path) && path.toRealPath().startsWith(place.root);
            }
            var parent = path.equals(place.root) ? path : path.getParent();
            while (parent != null && !Files.exists(parent, LinkOption.NOFOLLOW_LINKS)) {
                parent = parent.getParent();
            }
            return parent != null && parent.toRealPath().startsWith(place.root);
        } catch (IOException e) {
            return false;
        }
    }

    /// Whether it is there and no link is on the way to it. One question instead of the three that follow, for what is
    /// asked most.
    private static boolean real(Path path) {
        try {
            return path.toRealPath().equals(path);
        } catch (IOException e) {
            // It may be about to be made.
            return false;
        }
    }

    private long[] open(WasmFunctionHandle inner, Instance instance, long[] a) {
        var place = places.get((int) a[0]);
        if (place == null) {
            return new long[] {EBADF};
        }
        var path = resolve(place, instance, a[2], a[3]);
        var refusal = inside(place, path, true);
        if (refusal == ESUCCESS && place.readOnly && ((a[4] & (CREAT | TRUNC)) != 0 || (a[5] & WRITING) != 0)) {
            refusal = EROFS;
        }
        var result = checked(inner, instance, a, refusal);
        if (result[0] == ESUCCESS && path != null) {
            places.put(instance.memory().readInt((int) a[8]), new Place(place.root, path, place.readOnly));
        }
        return result;
    }

    private long[] close(WasmFunctionHandle inner, Instance instance, long[] a) {
        var result = inner.apply(instance, a);
        if (result[0] == ESUCCESS) {
            places.remove((int) a[0]);
        }
        return result;
    }

    private long[] renumber(WasmFunctionHandle inner, Instance instance, long[] a) {
        var result = inner.apply(instance, a);
        if (result[0] == ESUCCESS) {
            var moved = places.remove((int) a[0]);
            if (moved == null) {
                places.remove((int) a[1]);
            } else {
                places.put((int) a[1], moved);
            }
        }
        return result;
    }
}
