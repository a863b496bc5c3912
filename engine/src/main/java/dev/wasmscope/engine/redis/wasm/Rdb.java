package dev.wasmscope.engine.redis.wasm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// What can be said about an .rdb file before a Redis reads it. Redis gives up its data first and ends where the file
/// turns out to be damaged, so its head and checksum are looked at here.
final class Rdb {
    /// Of Redis 7.0.
    private static final int NEWEST = 10;

    /// From this version on the file ends with a checksum.
    private static final int CHECKED = 5;

    private static final int HEAD = 9;
    private static final int TAIL = 8;
    /// Jones's polynomial, reflected, as Redis has it.
    private static final long POLYNOMIAL = 0x95AC9329AC4BC9B5L;

    private static final long[] TABLE = table();

    private Rdb() {}

    private static long[] table() {
        var table = new long[256];
        for (int i = 0; i < table.length; i++) {
            long crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
            table[i] = crc;
        }
        return table;
    }

    /// @throws WasmRedisException with a sentence about what is wrong with it
    static void check(byte[] file) {
        if (file.length < HEAD || !new String(file, 0, 5, StandardCharsets.US_ASCII).equals("REDIS")) {
            throw new WasmRedisException("This is no .rdb file: it does not begin with \"REDIS\".");
        }
        var version = version(new String(file, 5, 4, StandardCharsets.US_ASCII));
        if (version > NEWEST) {
            throw new WasmRedisException(
                    "The file has version %d of the format; Redis 7.0 reads up to %d. Save it with Redis 7.0 or older."
                            .formatted(version, NEWEST));
        }
        if (version < CHECKED) {
            return;
        }
        if (file.length < HEAD + 1 + TAIL) {
            throw new WasmRedisException("The file ends too early, after %,d bytes.".formatted(file.length));
        }
        var stated = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(file.length - TAIL);
        // 0 where checksums were switched off.
        if (stated != 0 && stated != crc(file, file.length - TAIL)) {
            throw new WasmRedisException("The file is damaged: its checksum does not match. Take another copy of it.");
        }
    }

    private static int version(String digits) {
        if (!digits.matches("[0-9]{4}")) {
            throw new WasmRedisException("This is no .rdb file: its version is \"%s\", not four digits."
                    .formatted(digits.replaceAll("[^ -~]", "?")));
        }
        return Integer.parseInt(digits);
    }

    static long crc(byte[] bytes, int length) {
        long crc = 0;
        for (int i = 0; i < length; i++) {
            crc = TABLE[(int) (crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
        }
        return crc;
    }
}
