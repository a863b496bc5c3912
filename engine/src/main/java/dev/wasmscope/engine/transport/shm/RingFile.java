package dev.wasmscope.engine.transport.shm;

import dev.wasmscope.engine.spi.RingPositions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;

/// The memory that a server and one client share, mapped.
///
/// It is made by the server as a file without a name (memfd), of a size that is sealed, and reached by the client as
/// `/proc/PID/fd/N`, which the kernel opens to processes of the same user only. It goes when both have let go.
final class RingFile implements AutoCloseable {
    private static final String NAME = "wasmscope-ring";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Arena arena;
    private final MemorySegment file;
    private final RingProducer producer;
    private final RingConsumer consumer;

    private RingFile(Arena arena, MemorySegment file, Ring out, Ring in) {
        this.arena = arena;
        this.file = file;
        producer = new RingProducer(out.end(file));
        consumer = new RingConsumer(in.end(file));
    }

    /// One direction. Read from the file once and checked, as whoever is on the other side can change it later.
    private record Ring(long control, long from, int capacity) {
        static final Ring REQUESTS = new Ring(RingLayout.REQUESTS, RingLayout.DATA, RingLayout.CAPACITY);
        static final Ring REPLIES =
                new Ring(RingLayout.REPLIES, RingLayout.DATA + RingLayout.CAPACITY, RingLayout.CAPACITY);

        static Ring read(MemorySegment file, long control, long fromAt, long capacityAt) throws IOException {
            var ring = new Ring(control, RingLayout.getLong(file, fromAt), RingLayout.getInt(file, capacityAt));
            if (ring.capacity < 64
                    || Integer.bitCount(ring.capacity) != 1
                    || ring.from < RingLayout.DATA
                    || ring.from > file.byteSize() - ring.capacity) {
                throw new IOException("The shared memory claims a ring of %d bytes at 0x%X of %d: that cannot be."
                        .formatted(ring.capacity, ring.from, file.byteSize()));
            }
            return ring;
        }

        RingEnd end(MemorySegment file) {
            return new RingEnd(file, control, file.asSlice(from, capacity).asByteBuffer());
        }
    }

    /// A new one for a server, with the descriptor behind [Made#offer()] open.
    static Made make(LinuxCalls linux) throws IOException {
        var descriptor = linux.memfdCreate(NAME);
        try {
            var own = Path.of("/proc/self/fd/" + descriptor);
            Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rw-------"));
            try (var channel = FileChannel.open(own, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(1), RingLayout.SIZE - 1);
            }
            linux.seal(descriptor);
            var arena = Arena.ofShared();
            var file = map(own, RingLayout.SIZE, arena);
            var nonce = RANDOM.nextLong();
            writeHeader(file, nonce);
            var path =
                    Path.of("/proc/%d/fd/%d".formatted(ProcessHandle.current().pid(), descriptor));
            return new Made(
                    new RingFile(arena, file, Ring.REPLIES, Ring.REQUESTS),
                    new RingOffer(path, RingLayout.SIZE, nonce, Optional.empty()),
                    descriptor);
        } catch (IOException | RuntimeException e) {
            linux.close(descriptor);
            throw e;
        }
    }

    /// @param descriptor closed by the owner once the client has attached, or has gone
    record Made(RingFile file, RingOffer offer, int descriptor) {}

    /// The one that a server offers.
    ///
    /// @throws IOException with a sentence that says why it cannot be had
    static RingFile open(RingOffer offer, LinuxCalls linux) throws IOException {
        var descriptor = descriptor(offer.path(), linux);
        try {
            // A file that could be cut off would take whoever has mapped it with it.
            if (!linux.sealed(descriptor)) {
                throw new IOException(
                        "%s is not sealed: the server could cut it off while it is in use.".formatted(offer.path()));
            }
            return mapped(offer, Path.of("/proc/self/fd/" + descriptor));
        } finally {
            linux.close(descriptor);
        }
    }

    private static int descriptor(Path path, LinuxCalls linux) throws IOException {
        try {
            return linux.open(path.toString());
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "There is no %s here: the server runs in another container or on another machine.".formatted(path),
                    e);
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "%s belongs to another user: run both as the same one to share memory.".formatted(path), e);
        }
    }

    /// @param opened what the path that is offered may no longer mean
    private static RingFile mapped(RingOffer offer, Path opened) throws IOException {
        // Shared: whoever closes is not always the thread that reads.
        var arena = Arena.ofShared();
        try {
            var file = map(opened, offer.size(), arena);
            checkHeader(file, offer);
            return new RingFile(
                    arena,
                    file,
                    Ring.read(file, RingLayout.REQUESTS, RingLayout.REQUEST_DATA_AT, RingLayout.REQUEST_CAPACITY_AT),
                    Ring.read(file, RingLayout.REPLIES, RingLayout.REPLY_DATA_AT, RingLayout.REPLY_CAPACITY_AT));
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static MemorySegment map(Path path, long size, Arena arena) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() != size) {
                throw new IOException("The shared memory has %d bytes and not the %d that were announced."
                        .formatted(channel.size(), size));
            }
            return channel.map(MapMode.READ_WRITE, 0, size, arena);
        }
    }

    private static void writeHeader(MemorySegment file, long nonce) {
        RingLayout.putInt(file, RingLayout.VERSION_AT, RingLayout.VERSION);
        RingLayout.putInt(file, RingLayout.BYTE_ORDER_AT, RingLayout.BYTE_ORDER_MARK);
        RingLayout.putLong(file, RingLayout.SIZE_AT, RingLayout.SIZE);
        RingLayout.putLong(file, RingLayout.NONCE_AT, nonce);
        RingLayout.putInt(file, RingLayout.REQUEST_CAPACITY_AT, RingLayout.CAPACITY);
        RingLayout.putInt(file, RingLayout.REPLY_CAPACITY_AT, RingLayout.CAPACITY);
        RingLayout.putLong(file, RingLayout.REQUEST_DATA_AT, RingLayout.DATA);
        RingLayout.putLong(file, RingLayout.REPLY_DATA_AT, RingLayout.DATA + RingLayout.CAPACITY);
        RingLayout.putIntRelease(file, RingLayout.SERVER_STATE_AT, RingLayout.PRESENT);
        RingLayout.putLongRelease(file, RingLayout.MAGIC_AT, RingLayout.MAGIC);
    }

    private static void checkHeader(MemorySegment file, RingOffer offer) throws IOException {
        require("magic number", RingLayout.MAGIC, RingLayout.getLongAcquire(file, RingLayout.MAGIC_AT));
        require("version", RingLayout.VERSION, RingLayout.getInt(file, RingLayout.VERSION_AT));
        require("byte order", RingLayout.BYTE_ORDER_MARK, RingLayout.getInt(file, RingLayout.BYTE_ORDER_AT));
        require("size", offer.size(), RingLayout.getLong(file, RingLayout.SIZE_AT));
        require("nonce", offer.nonce(), RingLayout.getLong(file, RingLayout.NONCE_AT));
    }

    private static void require(String what, long expected, long found) throws IOException {
        if (found != expected) {
            throw new IOException("The shared memory has the %s 0x%X where 0x%X is expected: it is another server's."
                    .formatted(what, found, expected));
        }
    }

    /// Where this side's bytes go in.
    RingProducer producer() {
        return producer;
    }

    /// Where the other side's come out.
    RingConsumer consumer() {
        return consumer;
    }

    /// At a direction from aside.
    ///
    /// @throws IllegalStateException when the file is closed
    RingPositions.Ring look(long control, int capacity) {
        return new RingPositions.Ring(
                RingLayout.getLongAcquire(file, control + RingLayout.TAIL),
                RingLayout.getLongAcquire(file, control + RingLayout.HEAD),
                capacity,
                RingLayout.getIntAcquire(file, control + RingLayout.CONSUMER_WAITING) != RingLayout.AWAKE);
    }

    boolean clientPresent() {
        return RingLayout.getIntAcquire(file, RingLayout.CLIENT_STATE_AT) == RingLayout.PRESENT;
    }

    void clientState(int state) {
        RingLayout.putIntRelease(file, RingLayout.CLIENT_STATE_AT, state);
    }

    void serverState(int state) {
        RingLayout.putIntRelease(file, RingLayout.SERVER_STATE_AT, state);
    }

    @Override
    public void close() {
        arena.close();
    }
}
