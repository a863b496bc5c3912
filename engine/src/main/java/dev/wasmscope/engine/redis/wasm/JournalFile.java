package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.platform.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A journal that is written to: one frame a turn, into its last segment, forced to the disk as its policy says. The
/// head is locked against a second writer as long as it is open.
final class JournalFile implements AutoCloseable {
    private static final int STAGING_BYTES = 64 << 10;

    private final JournalFiles files;
    private final FileChannel head;
    private final Fsync fsync;
    /// A frame that fits goes to the system in one piece, without a copy of Java's own.
    private final ByteBuffer staging = ByteBuffer.allocateDirect(STAGING_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private FileChannel file;
    private Path path;
    private long end;
    private volatile boolean unforced;
    private volatile boolean failed;
    private volatile boolean closed;

    private JournalFile(JournalFiles files, FileChannel head, Fsync fsync) {
        this.files = files;
        this.head = head;
        this.fsync = fsync;
        file = head;
        path = files.head();
    }

    /// Opens the head, or makes an empty one, and locks it.
    ///
    /// @throws WasmRedisException when another process writes to it
    static JournalFile open(JournalFiles files, Fsync fsync) throws IOException {
        var head = FileChannel.open(
                files.head(),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                // All of the clients' data goes into it.
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            if (head.tryLock() == null) {
                throw inUse(files.head());
            }
        } catch (OverlappingFileLockException e) {
            head.close();
            throw inUse(files.head());
        } catch (IOException | WasmRedisException e) {
            head.close();
            throw e;
        }
        return new JournalFile(files, head, fsync);
    }

    private static WasmRedisException inUse(Path path) {
        return new WasmRedisException(
                "The journal %s is in use by another server: stop that one, or name another file.".formatted(path));
    }

    FileChannel head() {
        return head;
    }

    /// Offset at which the next frame will begin.
    long end() {
        return end;
    }

    /// Writes a header into an empty head.
    void begin(byte[] header) throws IOException {
        head.truncate(0);
        write(ByteBuffer.wrap(header), 0);
        head.force(true);
        files.syncFolder();
        end = header.length;
        head.position(end);
        syncEverySecond();
    }

    /// Cuts what follows in the last segment and goes on from there.
    void continueAt(Segment segment, long offset) throws IOException {
        if (segment.number() > 0) {
            openSegment(segment.number());
        }
        if (segment.end() > offset) {
            file.truncate(segment.position(offset));
            file.force(true);
        }
        end = offset;
        file.position(segment.position(offset));
        syncEverySecond();
    }

    /// Goes on in a new segment. What was written before is on the disk when it appears, and no frame is in it that
    /// could be lost with its name.
    ///
    /// @throws IOException when it cannot be made; then the last one goes on
    synchronized void beginSegment(int number, UUID journal, long events) throws IOException {
        force();
        AtomicFiles.write(files.segment(number), Segment.header(journal, end, events));
        try {
            files.syncFolder();
            openSegment(number);
        } catch (IOException e) {
            discard(number);
            throw e;
        }
        file.position(Segment.HEADER);
    }

    /// The last segment goes on: one that begins at its present end would hide what comes.
    private void discard(int number) {
        try {
            Files.delete(files.segment(number));
            files.syncFolder();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void openSegment(int number) throws IOException {
        var next = FileChannel.open(files.segment(number), StandardOpenOption.WRITE);
        if (!file.equals(head)) {
            file.close();
        }
        file = next;
        path = files.segment(number);
    }

    private void syncEverySecond() {
        if (fsync == Fsync.EVERYSEC) {
            Thread.ofPlatform().daemon().name("journal sync").start(this::forceEverySecond);
        }
    }

    private void write(ByteBuffer bytes, long at) throws IOException {
        var position = at;
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    /// Appends events as a frame.
    ///
    /// @throws WasmRedisException when the disk does not take them: nothing more may be written then, because what
    ///     follows a torn frame could not be read
    void append(EventBuffer events, int from, int to) {
        if (failed) {
            throw new WasmRedisException("The journal %s failed before and is not written any more.".formatted(path));
        }
        var payload = ByteBuffer.wrap(events.array(), from, to - from);
        staging.clear();
        staging.putInt(to - from).putInt(Frames.checksum(end, payload)).putLong(end);
        try {
            while (payload.hasRemaining()) {
                var part = payload.slice(payload.position(), Math.min(payload.remaining(), staging.remaining()));
                payload.position(payload.position() + part.remaining());
                write(staging.put(part).flip());
                staging.clear();
            }
        } catch (IOException e) {
            throw failure(e);
        }
        end += Frames.HEADER + (to - from);
        unforced = true;
    }

    /// What the policy asks for before replies leave.
    void settle() {
        if (fsync == Fsync.ALWAYS) {
            force();
        }
    }

    /// Everything is on the disk afterwards.
    synchronized void force() {
        if (unforced) {
            unforced = false;
            try {
                file.force(false);
            } catch (IOException e) {
                throw failure(e);
            }
        }
    }

    private WasmRedisException failure(IOException e) {
        failed = true;
        return new WasmRedisException(
                "The journal %s cannot be written: %s. Nothing is acknowledged any more; make room and start again."
                        .formatted(path, e.getMessage()),
                e);
    }

    private void forceEverySecond() {
        while (!closed && !failed) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            try {
                force();
            } catch (WasmRedisException e) {
                if (closed) {
                    return;
                }
                // The next turn fails with it.
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try (head;
                var _ = file) {
            if (!failed) {
                force();
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }
}
