package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.OwnedMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/// What went through the mailbox during the last call, looked at when the guest is at rest: to be recorded, and put in
/// again before the same call of a replay.
final class Mail {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final OwnedMemory memory;
    private final int address;

    Mail(OwnedMemory memory, int address) {
        this.memory = memory;
        this.address = address;
    }

    /// Whether anything came or went.
    boolean any() {
        var window = memory.window();
        return window.getInt(address + MailLayout.OUT_LENGTH) != 0
                || window.getInt(address + MailLayout.IN_LENGTH) != 0;
    }

    private int field(int offset) {
        return memory.window().getInt(address + offset);
    }

    private ByteBuffer area(int start, int length) {
        var bytes = memory.read(Integer.toUnsignedLong(field(start)), length);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer out() {
        return area(MailLayout.OUT, field(MailLayout.OUT_LENGTH));
    }

    /// The records that were taken, each with the look at which it was.
    ByteBuffer taken() {
        var length = field(MailLayout.IN_TAKEN);
        if (length == 0) {
            return NONE;
        }
        var in = area(MailLayout.IN, length);
        var out = out();
        for (int at = 0, answer = 0; at < length; at += MailLayout.size(in.getInt(at + MailLayout.LENGTH_AT))) {
            answer = nextTaken(out, answer);
            in.putInt(at + MailLayout.LOOK_AT, out.getInt(answer + MailLayout.LOOK_AT));
            in.putInt(at, MailLayout.check(in, at, in.getInt(at + MailLayout.LENGTH_AT)));
            answer += MailLayout.RECORD;
        }
        return in;
    }

    private static int nextTaken(ByteBuffer out, int from) {
        var at = from;
        while (out.getInt(at + MailLayout.KIND_AT) != MailLayout.OUT_TAKEN) {
            at += MailLayout.size(out.getInt(at + MailLayout.LENGTH_AT));
        }
        return at;
    }

    /// Brings the set of connected clients up to date.
    void update(Set<Integer> clients) {
        var length = field(MailLayout.IN_TAKEN);
        var in = area(MailLayout.IN, length);
        var out = out();
        var at = 0;
        for (int answer = 0; answer < out.limit(); ) {
            var client = out.getInt(answer + MailLayout.CLIENT_AT);
            switch (out.getInt(answer + MailLayout.KIND_AT)) {
                case MailLayout.OUT_TAKEN -> {
                    var kind = in.getInt(at + MailLayout.KIND_AT);
                    if (kind == MailLayout.IN_CONNECT && client != 0) {
                        clients.add(client);
                    } else if (kind == MailLayout.IN_GONE) {
                        clients.remove(client);
                    }
                    at += MailLayout.size(in.getInt(at + MailLayout.LENGTH_AT));
                }
                case MailLayout.OUT_CLOSED -> clients.remove(client);
                default -> {}
            }
            answer += MailLayout.size(out.getInt(answer + MailLayout.LENGTH_AT));
        }
    }

    /// Hands on what Redis answered meanwhile, from a position in the outgoing area on.
    void deliver(int from, WasmRedis.Replies to) {
        var out = out();
        for (var at = from; at < out.limit(); ) {
            var client = out.getInt(at + MailLayout.CLIENT_AT);
            var length = out.getInt(at + MailLayout.LENGTH_AT);
            var kind = out.getInt(at + MailLayout.KIND_AT);
            if (kind != MailLayout.OUT_TAKEN) {
                var bytes = out.slice(at + MailLayout.RECORD, length);
                to.reply(client, bytes, kind == MailLayout.OUT_CLOSED);
            }
            at += MailLayout.size(length);
        }
    }

    /// For a replay, before the call.
    ///
    /// @throws WasmRedisException when they do not fit: they were not recorded with this module
    void put(ByteBuffer records) {
        if (records.remaining() > field(MailLayout.IN_CAPACITY)) {
            throw new WasmRedisException(
                    "A script's mail of %d bytes does not fit into the mailbox.".formatted(records.remaining()));
        }
        var length = records.remaining();
        memory.write(Integer.toUnsignedLong(field(MailLayout.IN)), records);
        setInLength(length);
    }

    /// After the call: the host zeroes what is its own.
    void clear() {
        var length = field(MailLayout.IN_LENGTH);
        if (length > 0) {
            memory.write(Integer.toUnsignedLong(field(MailLayout.IN)), new byte[length]);
            setInLength(0);
        }
    }

    private void setInLength(int length) {
        memory.write(
                Integer.toUnsignedLong(address + MailLayout.IN_LENGTH),
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, length));
    }
}
