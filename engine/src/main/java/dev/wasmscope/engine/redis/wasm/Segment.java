package dev.wasmscope.engine.redis.wasm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.zip.CRC32C;

/// A file of a journal's log. Offsets are counted through all segments, as if their headers were not there.
///
/// @param number 0: the journal's head
/// @param headerLength where the first frame lies in the file
/// @param start offset of the first frame
/// @param events before it
record Segment(int number, Path path, FileChannel file, int headerLength, long start, long events)
        implements AutoCloseable {
    private static final long MAGIC = 0x57534a5345474d54L; // WSJSEGMT
    static final int HEADER = 48;

    static Segment head(Path path, FileChannel file, int headerLength) {
        return new Segment(0, path, file, headerLength, headerLength, 0);
    }

    /// @throws WasmRedisException when it is no segment of that journal
    static Segment open(JournalFiles files, int number, UUID journal) throws IOException {
        var path = files.segment(number);
        var file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            var header = ByteBuffer.allocate(HEADER);
            while (header.hasRemaining() && file.read(header, header.position()) >= 0) {
                // Until it is full or the file ends.
            }
            if (header.hasRemaining()
                    || header.getLong(0) != MAGIC
                    || header.getInt(HEADER - 4) != checksum(header)
                    || header.getInt(8) != JournalHeader.VERSION) {
                throw new WasmRedisException(
                        "%s is no segment of a journal, or damaged at its beginning: restore it from a copy."
                                .formatted(path));
            }
            if (!new UUID(header.getLong(12), header.getLong(20)).equals(journal)) {
                throw new WasmRedisException("%s belongs to another journal: move it away.".formatted(path));
            }
            return new Segment(number, path, file, HEADER, header.getLong(28), header.getLong(36));
        } catch (IOException | WasmRedisException e) {
            file.close();
            throw e;
        }
    }

    static byte[] header(UUID journal, long start, long events) {
        var header = ByteBuffer.allocate(HEADER)
                .putLong(MAGIC)
                .putInt(JournalHeader.VERSION)
                .putLong(journal.getMostSignificantBits())
                .putLong(journal.getLeastSignificantBits())
                .putLong(start)
                .putLong(events);
        return header.putInt(checksum(header)).array();
    }

    private static int checksum(ByteBuffer header) {
        var crc = new CRC32C();
        crc.update(header.duplicate().position(0).limit(HEADER - 4));
        return (int) crc.getValue();
    }

    /// Where an offset lies in the file.
    long position(long offset) {
        return offset - start + headerLength;
    }

    /// The offset at which the file ends.
    long end() throws IOException {
        return file.size() - headerLength + start;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
