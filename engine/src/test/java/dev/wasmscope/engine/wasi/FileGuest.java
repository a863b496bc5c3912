package dev.wasmscope.engine.wasi;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import dev.wasmscope.engine.platform.LinuxFiles;
import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.engine.wasm.WatModules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A memory and the functions of WASI, called as a guest does: results at 0, a vector at 64, paths at 1024 and 8192,
/// the buffer at 16384.
final class FileGuest implements AutoCloseable {
    static final int FOLLOW = 1;
    static final int CREATE = 1;
    static final int DIRECTORY = 2;
    static final int EXCLUSIVE = 4;
    static final int TRUNCATE = 8;
    static final int APPEND = 1;
    static final int READ = 2;
    static final int WRITE = 64;
    private static final int VECTOR = 64;
    private static final int PATH = 1024;
    private static final int OTHER = 8192;
    private static final int BUFFER = 16_384;
    private static final byte[] MEMORY =
            WatModules.module("(module (memory (export \"memory\") 2))").bytes();

    private final Instance instance = Instance.builder(Parser.parse(MEMORY)).build();
    private final WasiModule module;
    private final Map<String, ImportFunction> functions;

    /// What the files are served by.
    enum Way {
        LINUX,
        JAVA;

        Optional<LinuxFiles> system() {
            return this == LINUX ? LinuxFiles.here() : Optional.empty();
        }
    }

    /// @param directories get the descriptors from 3 on
    FileGuest(Way way, Path... directories) throws IOException {
        this(
                way,
                Arrays.stream(directories)
                        .map(d -> new WasiGrants.Directory(d, "/" + d.getFileName(), false))
                        .toList());
    }

    FileGuest(Way way, List<WasiGrants.Directory> directories) throws IOException {
        module = new WasiModule(
                new WasiGrants(List.of(), Map.of(), new byte[0], directories),
                new OutputRing(1 << 10),
                new OutputRing(1 << 10),
                new WasiTracer(false),
                way.system());
        functions = module.imports().stream()
                .filter(f -> !f.name().startsWith("sock_"))
                .collect(Collectors.toMap(ImportFunction::name, Function.identity()));
    }

    int call(String name, long... arguments) {
        var function = requireNonNull(functions.get(name), name);
        return (int) function.handle().apply(instance, arguments)[0];
    }

    /// A function that takes a directory and a path.
    int path(String name, String path) {
        return call(name, 3, PATH, put(PATH, path));
    }

    /// A function that takes two of each.
    int paths(String name, String from, String to) {
        return call(name, 3, PATH, put(PATH, from), 3, OTHER, put(OTHER, to));
    }

    int link(String from, int lookup, String to) {
        return call("path_link", 3, lookup, PATH, put(PATH, from), 3, OTHER, put(OTHER, to));
    }

    int symbolicLink(String target, String at) {
        return call("path_symlink", PATH, put(PATH, target), 3, OTHER, put(OTHER, at));
    }

    private int put(int at, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        instance.memory().write(at, bytes);
        return bytes.length;
    }

    int open(String path, int flags, long rights) {
        return open(3, FOLLOW, path, flags, rights, 0);
    }

    /// @return the error number; [#result()] is the descriptor
    int open(int directory, int lookup, String path, int flags, long rights, int fdFlags) {
        return call("path_open", directory, lookup, PATH, put(PATH, path), flags, rights, 0, fdFlags, 0);
    }

    /// One that has to succeed.
    int opened(String path, int flags, long rights, int fdFlags) {
        assertThat(open(3, FOLLOW, path, flags, rights, fdFlags)).as(path).isZero();
        return result();
    }

    int result() {
        return instance.memory().readInt(0);
    }

    long long64(int at) {
        return instance.memory().readLong(at);
    }

    /// Writes a text in two buffers.
    int write(int file, String text) {
        var length = vector(text);
        return call("fd_write", file, VECTOR, length < 2 ? 1 : 2, 0);
    }

    int writeAt(int file, String text, long position) {
        return call("fd_pwrite", file, VECTOR, vector(text) < 2 ? 1 : 2, position, 0);
    }

    private int vector(String text) {
        var length = put(BUFFER, text);
        vector(length < 2 ? length : 1, Math.max(0, length - 1));
        return length;
    }

    private void vector(int first, int second) {
        instance.memory().writeI32(VECTOR, BUFFER);
        instance.memory().writeI32(VECTOR + 4, first);
        instance.memory().writeI32(VECTOR + 8, BUFFER + first);
        instance.memory().writeI32(VECTOR + 12, second);
    }

    /// @return what was read, or the error as a number
    String read(int file, int most) {
        vector(1, most - 1);
        return text(call("fd_read", file, VECTOR, 2, 0));
    }

    String readAt(int file, int most, long position) {
        vector(1, most - 1);
        return text(call("fd_pread", file, VECTOR, 2, position, 0));
    }

    private String text(int errno) {
        return errno == 0 ? instance.memory().readString(BUFFER, result()) : "errno " + errno;
    }

    /// What a function wrote at [#BUFFER].
    String buffer(String name, String path) {
        var errno = call(name, 3, PATH, put(PATH, path), BUFFER, 4096, 0);
        return text(errno);
    }

    /// Looks at a file by its path.
    ///
    /// @return the error number; the status lies at 128
    int status(String path, int lookup) {
        return call("path_filestat_get", 3, lookup, PATH, put(PATH, path), 128);
    }

    int setTimes(String path, long accessed, long modified, int flags) {
        return call("path_filestat_set_times", 3, FOLLOW, PATH, put(PATH, path), accessed, modified, flags);
    }

    /// One call of `fd_readdir`.
    byte[] entries(int directory, int room, long cookie) {
        assertThat(call("fd_readdir", directory, BUFFER, room, cookie, 0)).isZero();
        return instance.memory().readBytes(BUFFER, result());
    }

    @Override
    public void close() {
        module.close();
    }
}
