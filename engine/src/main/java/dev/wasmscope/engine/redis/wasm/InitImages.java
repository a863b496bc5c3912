package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.platform.Directories;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/// Redis as its initialisation leaves it, on disk: putting it back takes a tenth of the time.
///
/// All servers of a module with the same arguments and limits are initialised alike, with one seed and at one time, and
/// then told their own ([RedisAbi#begin]).
final class InitImages {
    /// September 2001: before any clock that a server is started with.
    static final long MICROS = 1_000_000_000_000_000L;
    static final long SEED = 0;
    private static final UUID NO_JOURNAL = new UUID(0, 0);
    private static final int MOST_FILES = 16;

    private final Path folder;

    InitImages(Path folder) {
        this.folder = folder;
    }

    static InitImages ofUser() {
        return new InitImages(Directories.ofUser().cache().resolve("initialised"));
    }

    /// @param module SHA-256, in hexadecimal
    private Path file(String module, RedisInstance.Start start) {
        var key = module + start.arguments() + start.limits().memoryPages();
        return folder.resolve(Opening.sha256(key.getBytes(StandardCharsets.UTF_8)) + ".image");
    }

    Optional<RedisInstance.State> find(String module, RedisInstance.Start start) {
        var file = file(module, start);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var image = Image.read(file, start.limits().memoryPages());
            if (image.module().equals(module)) {
                return Optional.of(image.state());
            }
            log().log(Level.WARNING, "Setting aside {0}, which is of another module", file);
        } catch (IOException | WasmRedisException e) {
            log().log(Level.WARNING, "Setting aside " + file + "; Redis is initialised again", e);
        }
        setAside(file);
        return Optional.empty();
    }

    private void setAside(Path file) {
        try {
            Files.move(file, folder.resolve("damaged"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log().log(Level.WARNING, "Cannot set aside " + file, e);
        }
    }

    void put(String module, RedisInstance.Start start, RedisInstance.State state) {
        try {
            new Image(NO_JOURNAL, module, 0, 0, state).write(file(module, start));
            shrink();
        } catch (IOException e) {
            log().log(Level.WARNING, "Cannot keep initialised memory in " + folder, e);
        }
    }

    /// The oldest go first.
    private void shrink() throws IOException {
        try (var files = Files.list(folder)) {
            var old = files.sorted((a, b) ->
                            Long.compare(b.toFile().lastModified(), a.toFile().lastModified()))
                    .skip(MOST_FILES)
                    .toList();
            for (var file : old) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// Looked up when there is something to say: starting to log takes a good part of a short start.
    private static System.Logger log() {
        return System.getLogger(InitImages.class.getName());
    }
}
