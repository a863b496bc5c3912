package dev.wasmscope.engine.redis.wasm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A journal that is written to: one frame a turn, forced to the disk as its policy says. Locked against a second
/// writer as long as it is open.
final class JournalFile implements AutoCloseable {
    private static final int STAGING_BYTES = 64 << 10;

    private final Path path;
    private final FileChannel file;
    private final Fsync fsync;
    /// A frame that fits goes to the system in one piece, without a copy of Java's own.
    private final ByteBuffer staging = ByteBuffer.allocateDirect(STAGING_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long end;
    private volatile boolean unforced;
    private volatile boolean failed;
    private volatile boolean closed;

    private JournalFile(Path path, FileChannel file, Fsync fsync) {
        this.path = path;
        this.file = file;
        this.fsync = fsync;
    }

    /// Opens the file, or makes an empty one, and locks it.
    ///
    /// @throws WasmRedisException when another process writes to it
    static JournalFile open(Path path, Fsync fsync) throws IOException {
        var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (file.tryLock() == null) {
                throw inUse(path);
            }
        } catch (OverlappingFileLockException e) {
            file.close();
            throw inUse(path);
        } catch (IOException | WasmRedisException e) {
            file.close();
            throw e;
        }
        return new JournalFile(path, file, fsync);
    }

    private static WasmRedisException inUse(Path path) {
        return new WasmRedisException(
                "The journal %s is in use by another server: stop that one, or name another file.".formatted(path));
    }

    FileChannel channel() {
        return file;
    }

    /// Where the next frame will begin.
    long end() {
        return end;
    }

    /// Writes a header into an empty file.
    void begin(byte[] header) throws IOException {
        file.truncate(0);
        write(ByteBuffer.wrap(header), 0);
        file.force(true);
        startAt(header.length);
    }

    /// Cuts what follows and goes on from there.
    void continueAt(long offset) throws IOException {
        if (file.size() > offset) {
            file.truncate(offset);
            file.force(true);
        }
        startAt(offset);
    }

    private void startAt(long offset) throws IOException {
        end = offset;
        file.position(offset);
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
    void force() {
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
    public void close() {
        try (file) {
            if (!failed) {
                force();
            }
            closed = true;
        } catch (IOException e) {
            throw failure(e);
        }
    }
}
