package dev.wasmscope.engine.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A new directory of mode 0700 for sockets: nobody else can look into it.
public final class PrivateDirectory {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    /// Room for a socket's name within the 107 bytes that a socket's path may have.
    private static final int LONGEST = 80;

    private PrivateDirectory() {}

    /// Makes one under the runtime directory, or under the temporary one where that is too long a path or another's.
    public static Path create(Directories directories, String prefix) throws IOException {
        var mode = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
        var parent = directories.runtime();
        if (parent.toString().length() + prefix.length() < LONGEST && ours(parent)) {
            return Files.createTempDirectory(parent, prefix, mode);
        }
        return Files.createTempDirectory("wasmscope-" + prefix, mode);
    }

    /// In a shared temporary directory somebody else may have made it first.
    private static boolean ours(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            Files.createDirectories(directory.resolveSibling(""));
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            return true;
        }
        return Files.isDirectory(directory)
                && Files.isWritable(directory)
                && Files.getPosixFilePermissions(directory).equals(OWNER_ONLY);
    }
}
