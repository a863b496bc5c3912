package dev.wasmscope.plugins.kafka;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What Decaton knows of a task besides its bytes: header `dt_meta` of its record, a protobuf message.
///
/// @param retryCount attempts that failed before
/// @param scheduledMillis when it is wanted at the earliest; 0 at once
public record TaskMetadata(
        long timestampMillis, String sourceApplication, String sourceInstance, long retryCount, long scheduledMillis) {
    /// Name of the record's header.
    public static final String HEADER = "dt_meta";

    static final TaskMetadata NONE = new TaskMetadata(0, "", "", 0, 0);

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;
    private static final int TIMESTAMP = 1;
    private static final int APPLICATION = 2;
    private static final int INSTANCE = 3;
    private static final int RETRIES = 4;
    private static final int SCHEDULED = 5;

    /// @throws IllegalArgumentException with a sentence, when the bytes are no such message
    public static TaskMetadata read(byte[] message) {
        try {
            return read(ByteBuffer.wrap(message));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("The header %s ends in the middle of a field.".formatted(HEADER), e);
        }
    }

    private static TaskMetadata read(ByteBuffer in) {
        var numbers = new long[SCHEDULED + 1];
        var texts = new String[] {"", "", "", ""};
        while (in.hasRemaining()) {
            var tag = varint(in);
            var field = tag >>> 3;
            switch ((int) tag & 7) {
                case VARINT -> {
                    var value = varint(in);
                    if (field <= SCHEDULED) {
                        numbers[(int) field] = value;
                    }
                }
                case BYTES -> {
                    var value = text(in);
                    if (field == APPLICATION || field == INSTANCE) {
                        texts[(int) field] = value;
                    }
                }
                // Fields of other versions.
                case FIXED64 -> in.getLong();
                case FIXED32 -> in.getInt();
                default ->
                    throw new IllegalArgumentException(
                            "The header %s has a field of unknown type %d.".formatted(HEADER, tag & 7));
            }
        }
        return new TaskMetadata(
                numbers[TIMESTAMP], texts[APPLICATION], texts[INSTANCE], numbers[RETRIES], numbers[SCHEDULED]);
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            var next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("The header %s has a number of more than 64 bits.".formatted(HEADER));
    }

    private static String text(ByteBuffer in) {
        var length = varint(in);
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        var bytes = new byte[(int) length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public byte[] toBytes() {
        var out = new ByteArrayOutputStream();
        number(out, TIMESTAMP, timestampMillis);
        text(out, APPLICATION, sourceApplication);
        text(out, INSTANCE, sourceInstance);
        number(out, RETRIES, retryCount);
        number(out, SCHEDULED, scheduledMillis);
        return out.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, int field, long value) {
        if (value != 0) {
            varint(out, field << 3 | VARINT);
            varint(out, value);
        }
    }

    private static void text(ByteArrayOutputStream out, int field, String value) {
        if (!value.isEmpty()) {
            var bytes = value.getBytes(StandardCharsets.UTF_8);
            varint(out, field << 3 | BYTES);
            varint(out, bytes.length);
            out.writeBytes(bytes);
        }
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        var rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
