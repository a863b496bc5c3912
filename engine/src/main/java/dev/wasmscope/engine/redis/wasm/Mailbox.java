package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.LiveMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The host's side of the mailbox during one call that lasts: letters in, answers out, while the guest runs on another
/// thread.
final class Mailbox {
    private final LiveMemory memory;
    private final long address;
    private final long in;
    private final long out;
    private final int outCapacity;
    /// The records that were put in, as they are there.
    private final byte[] writtenBytes;
    private final ByteBuffer written;
    private final ArrayDeque<Letter> unwritten = new ArrayDeque<>();
    private final ArrayDeque<Letter> untaken = new ArrayDeque<>();
    private final List<Letter> taken = new ArrayList<>();
    private final Set<Integer> told = new HashSet<>();
    private int takenBytes;
    private int looks;
    private int outRead;

    /// Told of what Redis does with the letters.
    interface Recipient extends WasmRedis.Replies {
        /// @param id of a client that came, 0 when it was refused
        void connected(WasmClient client, int id);
    }

    Mailbox(LiveMemory memory, long address) {
        this.memory = memory;
        this.address = address;
        in = Integer.toUnsignedLong(field(MailLayout.IN));
        out = Integer.toUnsignedLong(field(MailLayout.OUT));
        outCapacity = field(MailLayout.OUT_CAPACITY);
        writtenBytes = new byte[field(MailLayout.IN_CAPACITY)];
        written = ByteBuffer.wrap(writtenBytes);
    }

    private int field(int offset) {
        return memory.readInt(address + offset);
    }

    void post(Letter letter) {
        unwritten.add(letter);
    }

    /// Puts in what has room and hands on what has come out.
    void exchange(Recipient to) {
        // Memory that grew at the wrong moment may have lost what was stored: what was not taken is stored again.
        for (var letter = unwritten.peek(); letter != null && fits(letter); letter = unwritten.peek()) {
            unwritten.remove();
            letter.encode(written);
            untaken.add(letter);
        }
        if (!untaken.isEmpty()) {
            memory.write(in + takenBytes, writtenBytes, takenBytes, written.position() - takenBytes);
            memory.writeInt(address + MailLayout.IN_LENGTH, written.position());
        }
        receive(to);
    }

    /// Whether the guest has looked since this was asked last: a script that yields.
    boolean looked() {
        var before = looks;
        looks = field(MailLayout.LOOKS);
        return looks != before;
    }

    /// Who left before Redis gave it a number waits for that number.
    private boolean fits(Letter letter) {
        return letter.size() <= written.remaining()
                && (letter.kind() == MailLayout.IN_CONNECT || letter.client().answered());
    }

    /// Hands on what has come out.
    void receive(Recipient to) {
        var length = field(MailLayout.OUT_LENGTH);
        if (length < outRead || length > outCapacity || length == outRead) {
            return;
        }
        var bytes = new byte[length - outRead];
        memory.read(out + outRead, bytes, 0, bytes.length);
        var records = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        var at = 0;
        while (whole(records, at)) {
            var size = records.getInt(at + MailLayout.LENGTH_AT);
            handOn(records, at, size, to);
            at += MailLayout.size(size);
        }
        outRead += at;
    }

    /// Nothing orders what is read against what the guest writes: a record counts once its check is right.
    private static boolean whole(ByteBuffer records, int at) {
        var left = records.limit() - at;
        if (left < MailLayout.RECORD) {
            return false;
        }
        var length = records.getInt(at + MailLayout.LENGTH_AT);
        return length >= 0
                && length <= left - MailLayout.RECORD
                && MailLayout.size(length) <= left
                && records.getInt(at) == MailLayout.check(records, at, length);
    }

    private void handOn(ByteBuffer records, int at, int length, Recipient to) {
        var client = records.getInt(at + MailLayout.CLIENT_AT);
        switch (records.getInt(at + MailLayout.KIND_AT)) {
            case MailLayout.OUT_TAKEN -> {
                var letter = untaken.remove();
                takenBytes += letter.size();
                taken.add(letter);
                if (letter.kind() == MailLayout.IN_CONNECT) {
                    to.connected(letter.client(), client);
                }
            }
            case MailLayout.OUT_BYTES -> {
                told.add(client);
                to.reply(client, records.slice(at + MailLayout.RECORD, length), false);
            }
            case MailLayout.OUT_CLOSED -> {
                told.add(client);
                to.reply(client, ByteBuffer.allocate(0), true);
            }
            default -> {}
        }
    }

    /// Bytes of the outgoing area that were handed on.
    int received() {
        return outRead;
    }

    /// Numbers of the clients that were answered.
    Set<Integer> told() {
        return told;
    }

    List<Letter> taken() {
        return taken;
    }

    /// What Redis did not take before the call ended, in its order.
    List<Letter> left() {
        var left = new ArrayList<>(untaken);
        left.addAll(unwritten);
        left.removeIf(letter -> letter.kind() == MailLayout.IN_CLOCK);
        return left;
    }
}
