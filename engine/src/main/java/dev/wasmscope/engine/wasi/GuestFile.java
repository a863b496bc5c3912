package dev.wasmscope.engine.wasi;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a descriptor of a guest stands for.
///
/// @param number the system's descriptor
/// @param rights of WASI that it was opened with
/// @param flags of WASI's `fdflags`
/// @param preopened its name, where the guest was given it
@SuppressWarnings("ArrayRecordComponent") // never compared
record GuestFile(int number, boolean directory, Grant grant, long rights, int flags, byte @Nullable [] preopened) {
    static final long RIGHT_READ = 1L << 1;
    static final long RIGHT_WRITE = 1L << 6;
    static final int FLAG_APPEND = 1;

    private static final long RIGHTS_OF_FILES = 0x8e0_01ffL;
    private static final long RIGHTS_OF_DIRECTORIES = 0x7bf_fe19L;

    /// A directory that was granted.
    ///
    /// @param number the system's descriptor of it
    /// @param real path of the host
    record Grant(int number, Path real, boolean readOnly) {}

    static GuestFile preopened(Grant grant, byte[] name) {
        return new GuestFile(grant.number, true, grant, RIGHTS_OF_DIRECTORIES, 0, name);
    }

    static GuestFile directory(int number, Grant grant) {
        return new GuestFile(number, true, grant, RIGHTS_OF_DIRECTORIES, 0, null);
    }

    static GuestFile file(int number, Grant grant, long rights, int flags) {
        return new GuestFile(number, false, grant, rights & RIGHTS_OF_FILES, flags, null);
    }

    /// Of what is opened below it.
    long inherited() {
        return directory ? RIGHTS_OF_DIRECTORIES | RIGHTS_OF_FILES : 0;
    }

    boolean reads() {
        return (rights & RIGHT_READ) != 0;
    }

    boolean writes() {
        return (rights & RIGHT_WRITE) != 0;
    }
}
