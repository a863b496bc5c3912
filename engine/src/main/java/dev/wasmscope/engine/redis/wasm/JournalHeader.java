package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.Limits;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

/// What stands at the beginning of a journal: everything a replay starts from. Format: `docs/journal.md`.
///
/// @param id tells journals apart, so that an image is never used with another one
/// @param module SHA-256 of the module, in hexadecimal
record JournalHeader(UUID id, String module, RedisInstance.Start start) {
    static final int VERSION = 2;
    private static final byte[] MAGIC = {'W', 'S', 'J', 'O', 'U', 'R', 'N', 'L'};
    /// Magic, version, length, checksum.
    private static final int FIXED = 20;
    private static final int MOST_ARGUMENTS = 1 << 20;

    /// A header and where the first frame begins.
    record Parsed(JournalHeader header, int length) {}

    byte[] encode() {
        var body = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(body)) {
            out.writeLong(id.getMostSignificantBits());
            out.writeLong(id.getLeastSignificantBits());
            out.write(HexFormat.of().parseHex(module));
            out.writeLong(start.seed());
            out.writeLong(start.micros());
            out.writeLong(start.limits().callTime().toMillis());
            out.writeInt(start.limits().memoryPages());
            out.writeInt(start.limits().callDepth());
            out.writeInt(start.arguments().size());
            for (var argument : start.arguments()) {
                out.writeUTF(argument);
            }
        } catch (IOException e) {
            throw new WasmRedisException("An argument of Redis is too long for a journal: " + e.getMessage(), e);
        }
        var bytes = body.toByteArray();
        return ByteBuffer.allocate(FIXED + bytes.length)
                .put(MAGIC)
                .putInt(VERSION)
                .putInt(bytes.length)
                .putInt(checksum(bytes))
                .put(bytes)
                .array();
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /// @param file the whole journal, or its beginning
    /// @throws WasmRedisException when it is not the beginning of a journal, of this version, undamaged
    static Parsed parse(String name, ByteBuffer file) {
        var in = file.duplicate();
        if (in.remaining() < FIXED) {
            throw new WasmRedisException(
                    "%s is no journal of Wasmscope: it has only %d bytes.".formatted(name, in.remaining()));
        }
        var magic = new byte[MAGIC.length];
        in.get(magic);
        if (!java.util.Arrays.equals(magic, MAGIC)) {
            throw new WasmRedisException(name + " is no journal of Wasmscope: it begins with other bytes.");
        }
        var version = in.getInt();
        if (version != VERSION) {
            throw new WasmRedisException(
                    "%s has format %d, and this program reads format %d: use the version that wrote it."
                            .formatted(name, version, VERSION));
        }
        var length = in.getInt();
        var expected = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw damaged(name);
        }
        var body = new byte[length];
        in.get(body);
        if (checksum(body) != expected) {
            throw damaged(name);
        }
        return new Parsed(body(name, body), FIXED + length);
    }

    private static JournalHeader body(String name, byte[] bytes) {
        try (var in = new DataInputStream(new java.io.ByteArrayInputStream(bytes))) {
            var id = new UUID(in.readLong(), in.readLong());
            var module = HexFormat.of().formatHex(in.readNBytes(32));
            var seed = in.readLong();
            var micros = in.readLong();
            var limits = new Limits(Duration.ofMillis(in.readLong()), in.readInt(), in.readInt());
            var count = in.readInt();
            if (count < 0 || count > MOST_ARGUMENTS) {
                throw damaged(name);
            }
            List<String> arguments = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                arguments.add(in.readUTF());
            }
            return new JournalHeader(id, module, new RedisInstance.Start(arguments, seed, micros, limits));
        } catch (IOException | IllegalArgumentException e) {
            throw new WasmRedisException("The header of " + name + " is damaged: " + e.getMessage() + ".", e);
        }
    }

    private static WasmRedisException damaged(String name) {
        return new WasmRedisException("The header of %s is damaged: its checksum does not match.".formatted(name));
    }
}
