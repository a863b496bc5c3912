package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.platform.AtomicFiles;
import dev.wasmscope.engine.spi.GuestState;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/// The state of Redis at one place of its journal, as a file. Blocks of zeros take one bit each.
///
/// @param journal whose it is
/// @param module SHA-256 of the module, in hexadecimal
/// @param offset in the journal; everything before it is in the state
/// @param events before that offset
record Image(UUID journal, String module, long offset, long events, RedisInstance.State state) {
    private static final long MAGIC = 0x57534a494d414745L; // WSJIMAGE
    private static final int VERSION = 1;
    private static final int BLOCK = 4096;
    private static final byte[] ZEROS = new byte[BLOCK];
    private static final int MOST_CLIENTS = 1 << 20;
    private static final int MOST_GLOBALS = 1 << 16;

    /// Replaces the file as a whole.
    void write(Path file) throws IOException {
        AtomicFiles.write(file, this::writeTo);
    }

    private void writeTo(OutputStream raw) throws IOException {
        var crc = new CRC32C();
        var out = new DataOutputStream(new CheckedOutputStream(raw, crc));
        out.writeLong(MAGIC);
        out.writeInt(VERSION);
        out.writeLong(journal.getMostSignificantBits());
        out.writeLong(journal.getLeastSignificantBits());
        out.write(HexFormat.of().parseHex(module));
        out.writeLong(offset);
        out.writeLong(events);
        out.writeInt(state.buffer());
        out.writeInt(state.clients().size());
        for (var client : state.clients()) {
            out.writeInt(client);
        }
        out.writeInt(state.guest().globals().length);
        for (var word : state.guest().globals()) {
            out.writeLong(word);
        }
        writeMemory(state.guest(), out);
        out.writeInt((int) crc.getValue());
        out.flush();
    }

    private static void writeMemory(GuestState guest, DataOutputStream out) throws IOException {
        var blocks = guest.size() / BLOCK;
        var used = new byte[(blocks + 7) / 8];
        for (int i = 0; i < blocks; i++) {
            if (!Arrays.equals(guest.memory(), i * BLOCK, (i + 1) * BLOCK, ZEROS, 0, BLOCK)) {
                used[i >> 3] |= (byte) (1 << (i & 7));
            }
        }
        out.writeInt(guest.size());
        out.write(used);
        for (int i = 0; i < blocks; i++) {
            if ((used[i >> 3] & (1 << (i & 7))) != 0) {
                out.write(guest.memory(), i * BLOCK, BLOCK);
            }
        }
    }

    /// @param mostPages of memory to take
    /// @throws WasmRedisException when the file is no image, or damaged
    static Image read(Path file, int mostPages) throws IOException {
        var crc = new CRC32C();
        try (var raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                var in = new DataInputStream(new CheckedInputStream(raw, crc))) {
            if (in.readLong() != MAGIC || in.readInt() != VERSION) {
                throw damaged(file, "it does not begin as images of this version do");
            }
            var journal = new UUID(in.readLong(), in.readLong());
            var module = HexFormat.of().formatHex(in.readNBytes(32));
            var offset = in.readLong();
            var events = in.readLong();
            var buffer = in.readInt();
            var clients = new TreeSet<Integer>();
            for (int i = count(file, in.readInt(), MOST_CLIENTS); i > 0; i--) {
                clients.add(in.readInt());
            }
            var globals = new long[count(file, in.readInt(), MOST_GLOBALS)];
            for (int i = 0; i < globals.length; i++) {
                globals[i] = in.readLong();
            }
            var memory = readMemory(file, in, mostPages);
            var expected = (int) crc.getValue();
            if (in.readInt() != expected) {
                throw damaged(file, "its checksum does not match");
            }
            var guest = new GuestState(memory, memory.length, globals);
            return new Image(journal, module, offset, events, new RedisInstance.State(guest, clients, buffer));
        } catch (EOFException e) {
            throw damaged(file, "it ends too early");
        }
    }

    /// Reads the whole file without keeping it.
    ///
    /// @throws WasmRedisException when its checksum does not match
    static void check(Path file) throws IOException {
        var crc = new CRC32C();
        var left = Files.size(file) - Integer.BYTES;
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            var part = new byte[1 << 16];
            while (left > 0) {
                var length = (int) Math.min(part.length, left);
                in.readFully(part, 0, length);
                crc.update(part, 0, length);
                left -= length;
            }
            if (in.readInt() != (int) crc.getValue()) {
                throw damaged(file, "its checksum does not match");
            }
        } catch (EOFException e) {
            throw damaged(file, "it ends too early");
        }
    }

    private static byte[] readMemory(Path file, DataInputStream in, int mostPages) throws IOException {
        var size = in.readInt();
        if (size < 0 || size % 65_536 != 0 || size / 65_536 > mostPages) {
            throw damaged(file, "it claims a memory of %d bytes".formatted(size));
        }
        var blocks = size / BLOCK;
        var used = in.readNBytes((blocks + 7) / 8);
        var memory = new byte[size];
        for (int i = 0; i < blocks; i++) {
            if (i >> 3 >= used.length) {
                throw new EOFException();
            }
            if ((used[i >> 3] & (1 << (i & 7))) != 0) {
                in.readFully(memory, i * BLOCK, BLOCK);
            }
        }
        return memory;
    }

    private static int count(Path file, int claimed, int most) {
        if (claimed < 0 || claimed > most) {
            throw damaged(file, "it claims %d entries where %d are the most".formatted(claimed, most));
        }
        return claimed;
    }

    private static WasmRedisException damaged(Path file, String why) {
        return new WasmRedisException("The image %s cannot be used: %s.".formatted(file, why));
    }
}
