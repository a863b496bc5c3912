package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.platform.AtomicFiles;
import dev.wasmscope.engine.platform.Directories;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Compiled modules on disk, by module, runtime and its version, so that a module is compiled once per machine.
///
/// What cannot be read is set aside and made again; a cache that cannot be written costs time and nothing else.
final class CodeCache {
    private static final String ENDING = ".code";

    private final Path folder;
    private final String runtime;
    private final long mostBytes;

    /// @param runtime name and version: code of another one is never used
    /// @param mostBytes of all files together; the ones unused for longest go first
    CodeCache(Path folder, String runtime, long mostBytes) {
        this.folder = folder;
        this.runtime = runtime;
        this.mostBytes = mostBytes;
    }

    /// The user's, with up to 512 MiB.
    static CodeCache ofUser(String runtime) {
        return new CodeCache(Directories.ofUser().cache().resolve("code"), runtime, 512L << 20);
    }

    static String keyOf(byte[] module) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(module));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private Path file(String key) {
        return folder.resolve(key + "-" + runtime + ENDING);
    }

    boolean has(String key) {
        return Files.exists(file(key));
    }

    Optional<StoredCode> find(String key) {
        var file = file(key);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            var code = StoredCode.parse(Files.readAllBytes(file));
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return Optional.of(code);
        } catch (IOException | StoredCode.DamagedException e) {
            log().log(
                            Level.WARNING,
                            "Setting aside " + file + ", which cannot be used; the module is compiled again",
                            e);
            setAside(key);
            return Optional.empty();
        }
    }

    /// Code that turned out to be of no use is not found again.
    void setAside(String key) {
        var file = file(key);
        try {
            Files.move(file, folder.resolve(key + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log().log(Level.WARNING, "Cannot set aside " + file, e);
        }
    }

    void put(String key, StoredCode code) {
        try {
            AtomicFiles.write(file(key), code.encode());
            shrink();
        } catch (IOException e) {
            log().log(Level.WARNING, "Cannot keep compiled code in " + folder, e);
        }
    }

    private void shrink() throws IOException {
        long total = 0;
        for (var file : newestFirst()) {
            total += Files.size(file);
            if (total > mostBytes) {
                Files.deleteIfExists(file);
            }
        }
    }

    private List<Path> newestFirst() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(CodeCache::used).reversed())
                    .toList();
        }
    }

    /// Another process may remove a file at any time.
    private static FileTime used(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.from(Instant.EPOCH);
        }
    }

    /// Looked up when there is something to say: starting to log takes a good part of a short start.
    private static System.Logger log() {
        return System.getLogger(CodeCache.class.getName());
    }
}
