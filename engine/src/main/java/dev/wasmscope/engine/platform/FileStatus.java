package dev.wasmscope.engine.platform;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What Linux tells of a file.
///
/// @param mode kind and permissions, as `st_mode`
/// @param accessed with the others in nanoseconds since 1970
public record FileStatus(
        long device, long inode, int mode, long links, long size, long accessed, long modified, long changed) {
    /// Of what `statx` fills in.
    static final int LAYOUT_BYTES = 256;

    private static final ValueLayout.OfInt I = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong L = ValueLayout.JAVA_LONG;
    private static final int KIND = 0xf000;
    private static final int DIRECTORY = 0x4000;

    /// @param from as `statx` filled it in
    static FileStatus of(MemorySegment from) {
        var major = from.get(I, 136);
        var minor = from.get(I, 140);
        var device = (minor & 0xffL)
                | ((major & 0xfffL) << 8)
                | ((minor & 0xffff_ff00L) << 12)
                | ((major & 0xffff_f000L) << 32);
        return new FileStatus(
                device,
                from.get(L, 32),
                from.get(ValueLayout.JAVA_SHORT, 28) & 0xffff,
                from.get(I, 16) & 0xffff_ffffL,
                from.get(L, 40),
                time(from, 64),
                time(from, 112),
                time(from, 96));
    }

    private static long time(MemorySegment from, long at) {
        return from.get(L, at) * 1_000_000_000 + from.get(I, at + 8);
    }

    /// The four bits of [#mode] that tell files from directories: 1 FIFO, 2 character device, 4 directory, 6 block
    /// device, 8 file, 10 link, 12 socket; as directories have them for their entries.
    public int kind() {
        return (mode & KIND) >> 12;
    }

    public boolean isDirectory() {
        return (mode & KIND) == DIRECTORY;
    }
}
