package dev.wasmscope.engine.redis.wasm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Recorded events in a row, oldest first. Grows as needed and never shrinks by itself.
///
/// An event is its type, then its fields: numbers as LEB128, bytes with their length before them, outcomes as 32 bits.
final class EventBuffer {
    private static final int FIRST_BYTES = 64 << 10;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;
    private long count;

    /// Events since this buffer was made.
    long count() {
        return count;
    }

    int length() {
        return length;
    }

    byte[] array() {
        return bytes;
    }

    /// What is in it; good until the next event.
    ByteBuffer view(int from) {
        return ByteBuffer.wrap(bytes, from, length - from).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    void clear() {
        length = 0;
    }

    void connected(int client) {
        begin(EventType.CONNECTED, 0);
        number(Integer.toUnsignedLong(client));
    }

    void disconnected(int client, int outcome) {
        begin(EventType.DISCONNECTED, 0);
        number(Integer.toUnsignedLong(client));
        word(outcome);
    }

    /// @param data an array or a window; its position stays
    void received(int client, ByteBuffer data, int outcome) {
        begin(EventType.RECEIVED, data.remaining());
        number(Integer.toUnsignedLong(client));
        data(data);
        word(outcome);
    }

    void writable(int client, boolean writable, int outcome) {
        begin(EventType.WRITABLE, 0);
        number(Integer.toUnsignedLong(client));
        number(writable ? 1 : 0);
        word(outcome);
    }

    void ticked(int outcome) {
        begin(EventType.TICKED, 0);
        word(outcome);
    }

    void clockSet(long micros) {
        begin(EventType.CLOCK_SET, 0);
        number(micros);
    }

    void seedSet(long seed) {
        begin(EventType.SEED_SET, 0);
        number(seed);
    }

    void filePut(String name, ByteBuffer data, int outcome) {
        var text = name.getBytes(StandardCharsets.UTF_8);
        begin(EventType.FILE_PUT, text.length + data.remaining());
        data(ByteBuffer.wrap(text));
        data(data);
        word(outcome);
    }

    void fileDeleted(String name, int outcome) {
        var text = name.getBytes(StandardCharsets.UTF_8);
        begin(EventType.FILE_DELETED, text.length);
        data(ByteBuffer.wrap(text));
        word(outcome);
    }

    void fileRead(String name) {
        var text = name.getBytes(StandardCharsets.UTF_8);
        begin(EventType.FILE_READ, text.length);
        data(ByteBuffer.wrap(text));
    }

    /// To be followed by the call that it came for.
    void mailed(ByteBuffer records) {
        begin(EventType.MAILED, records.remaining());
        data(records);
    }

    /// @param client 0: no request was at fault
    void trapped(int client, ByteBuffer data, String reason) {
        var text = reason.getBytes(StandardCharsets.UTF_8);
        begin(EventType.TRAPPED, data.remaining() + text.length);
        number(Integer.toUnsignedLong(client));
        data(data);
        data(ByteBuffer.wrap(text));
    }

    /// One that was read elsewhere.
    void add(Event event) {
        switch (event) {
            case Event.Connected(int client) -> connected(client);
            case Event.Disconnected(int client, int outcome) -> disconnected(client, outcome);
            case Event.Received(int client, ByteBuffer data, int outcome) -> received(client, data, outcome);
            case Event.Writable(int client, boolean now, int outcome) -> writable(client, now, outcome);
            case Event.Ticked(int outcome) -> ticked(outcome);
            case Event.ClockSet(long micros) -> clockSet(micros);
            case Event.SeedSet(long seed) -> seedSet(seed);
            case Event.FilePut(String name, ByteBuffer data, int outcome) -> filePut(name, data, outcome);
            case Event.FileDeleted(String name, int outcome) -> fileDeleted(name, outcome);
            case Event.FileRead(String name) -> fileRead(name);
            case Event.Mailed(ByteBuffer records) -> mailed(records);
            case Event.Trapped(var client, ByteBuffer data, String reason) -> trapped(client.orElse(0), data, reason);
        }
    }

    /// @param variable bytes of the fields that have a length
    private void begin(int type, int variable) {
        // No event has more than 48 bytes of fixed fields and lengths.
        var needed = Math.addExact(length, Math.addExact(variable, 48));
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * bytes.length)));
        }
        bytes[length++] = (byte) type;
        count++;
    }

    private void number(long value) {
        var rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    private void data(ByteBuffer data) {
        number(data.remaining());
        data.get(data.position(), bytes, length, data.remaining());
        length += data.remaining();
    }

    private void word(int value) {
        bytes[length++] = (byte) value;
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) (value >>> 16);
        bytes[length++] = (byte) (value >>> 24);
    }
}
