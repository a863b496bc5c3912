package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.transport.shm.SharedMemoryTransport;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The module that teaches a native Redis shared memory (`plugins/redis-shm`), where this build has it.
sealed interface RingModule {
    /// On the class path; nothing here is compiled against it.
    String RESOURCE = "/dev/wasmscope/redis/shm/redis-shm.so";

    /// @param options of the server that loads it
    record Ready(List<String> options) implements RingModule {}

    /// @param why a sentence
    record Missing(String why) implements RingModule {}

    /// Unpacks it where a server can load it.
    static RingModule prepare(RedisVersion version, Path directory, WaitStrategy strategy) throws IOException {
        var refusal = refusal();
        if (refusal.isPresent()) {
            return new Missing(refusal.get());
        }
        if (!version.atLeast(7, 0)) {
            return new Missing("Redis %s cannot load the module for shared memory: that needs 7.0.".formatted(version));
        }
        try (var in = Objects.requireNonNull(RingModule.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            var file = directory.resolve("redis-shm.so");
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            // Redis loads no other.
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
            return new Ready(List.of("--loadmodule", file.toString(), strategy.id()));
        }
    }

    /// Why no server can have it here, a sentence; empty where one may.
    static Optional<String> refusal() {
        if (!SharedMemoryTransport.available()) {
            return Optional.of(SharedMemoryTransport.UNAVAILABLE);
        }
        return RingModule.class.getResource(RESOURCE) == null
                ? Optional.of("This build has no module for shared memory: install gcc and build it again.")
                : Optional.empty();
    }

    default List<String> serverOptions() {
        return switch (this) {
            case Ready(var options) -> options;
            case Missing(var _) -> List.of();
        };
    }
}
