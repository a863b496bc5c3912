package dev.wasmscope.engine.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A program that serves Redis when it is run.
///
/// @param origin where it came from, for people: `installed`, `redis-check-rdb`, `embedded-redis`
record RedisBinary(Path executable, RedisVersion version, String origin) {
    private static final String NAME = "redis-server";

    /// Looks for one, the best first: installed and at least 7.0 (older ones lack COMMAND DOCS), the one inside
    /// `redis-check-rdb` (Debian's redis-tools; it is the same program and goes by the name it is run under), the
    /// one that the embedded-redis library brings.
    ///
    /// @param path directories to look in
    /// @param links where a link of the right name may be made
    /// @param cache where a program may be unpacked and kept
    /// @throws IOException when there is none; says what to install
    static RedisBinary find(List<Path> path, Path links, Path cache) throws IOException {
        return installed(path)
                .or(() -> insideCheckRdb(path, links))
                .or(() -> embedded(cache))
                .orElseThrow(
                        () -> new IOException(
                                "There is no Redis on this machine; install Debian's redis-tools or a redis-server of 7.0 or later."));
    }

    /// The directories of PATH and those where servers usually are.
    static List<Path> usualPath() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(
                        Arrays.stream(path.split(":", -1)).filter(p -> p.startsWith("/")),
                        Stream.of("/usr/bin", "/usr/local/bin", "/usr/sbin"))
                .distinct()
                .map(Path::of)
                .toList();
    }

    private static Optional<RedisBinary> installed(List<Path> path) {
        return named(path, NAME)
                .flatMap(file -> asked(file, "installed").stream())
                .filter(binary -> binary.version().atLeast(7, 0))
                .findFirst();
    }

    private static Optional<RedisBinary> insideCheckRdb(List<Path> path, Path links) {
        return named(path, "redis-check-rdb")
                .flatMap(file -> {
                    try {
                        var link = links.resolve(NAME);
                        Files.deleteIfExists(link);
                        return asked(Files.createSymbolicLink(link, file), "redis-check-rdb").stream();
                    } catch (IOException e) {
                        return Stream.empty();
                    }
                })
                .findFirst();
    }

    private static Stream<Path> named(List<Path> path, String name) {
        return path.stream().map(directory -> directory.resolve(name)).filter(Files::isExecutable);
    }

    private static Optional<RedisBinary> embedded(Path cache) {
        var resource = embeddedName();
        if (resource == null) {
            return Optional.empty();
        }
        var file = cache.resolve(resource);
        try {
            if (!Files.isExecutable(file) && !unpack(resource, file)) {
                return Optional.empty();
            }
            return asked(file, "embedded-redis");
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String embeddedName() {
        return switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "redis-server-6.2.6-v5-linux-amd64";
            case "aarch64" -> "redis-server-6.2.7-linux-arm64";
            default -> null;
        };
    }

    private static boolean unpack(String resource, Path file) throws IOException {
        try (var in = RedisBinary.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                return false;
            }
            Files.createDirectories(file.resolveSibling(""));
            var temporary = Files.createTempFile(file.resolveSibling(""), NAME, ".tmp");
            try {
                Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
                Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx------"));
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
            return true;
        }
    }

    /// Asks a program for its version; empty when it is no server or does not run here.
    private static Optional<RedisBinary> asked(Path file, String origin) {
        try {
            var process = new ProcessBuilder(file.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readNBytes(4096), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return said.contains("server v=")
                    ? RedisVersion.in(said).map(version -> new RedisBinary(file, version, origin))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
