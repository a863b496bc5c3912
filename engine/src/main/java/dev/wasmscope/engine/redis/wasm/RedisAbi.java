package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.GuestFailedException;
import dev.wasmscope.engine.spi.GuestFunction;
import dev.wasmscope.engine.spi.GuestInstance;
import dev.wasmscope.engine.spi.OwnedMemory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The exports of redis.wasm, typed. One copy in, none out; addresses are unsigned 32-bit in an `int`.
final class RedisAbi {
    static final int VERSION = 1;
    /// Instead of what a call returns: the memory ended in the middle of it, and what it holds is of no use any more.
    static final int OUT_OF_MEMORY = -2;
    private static final int REPLY_BYTES = 16;
    private static final int DATA = 4;
    private static final int LENGTH = 8;
    private static final int FLAGS = 12;
    private static final int CLOSED = 1;
    private static final int LOG_BYTES = 1_000;

    private final OwnedMemory memory;
    private final GuestFunction alloc;
    private final GuestFunction free;
    private final GuestFunction init;
    private final GuestFunction begin;
    private final GuestFunction exitCode;
    private final GuestFunction connect;
    private final GuestFunction disconnect;
    private final GuestFunction handle;
    private final GuestFunction setWritable;
    private final GuestFunction tick;
    private final GuestFunction replies;
    private final GuestFunction setClock;
    private final GuestFunction setClockStep;
    private final GuestFunction clock;
    private final GuestFunction setSeed;
    private final GuestFunction file;
    private final GuestFunction filePut;
    private final GuestFunction fileDelete;
    private final GuestFunction log;
    private final GuestFunction mailbox;
    private final int timer;
    private final CRC32C crc = new CRC32C();
    private int entries;
    private int first;
    private final long[] one = new long[1];
    private final long[] three = new long[3];

    /// @throws WasmRedisException when the module is not redis.wasm, or another version of it
    RedisAbi(GuestInstance instance) {
        try {
            var version = (int) instance.function("redis_abi").call();
            if (version != VERSION) {
                throw new WasmRedisException(
                        "redis.wasm has version %d of the interface and this program knows %d: build both from the same sources."
                                .formatted(version, VERSION));
            }
            memory = instance.memories().getFirst();
            alloc = instance.function("redis_alloc");
            free = instance.function("redis_free");
            init = instance.function("redis_init");
            begin = instance.function("redis_begin");
            exitCode = instance.function("redis_exit_code");
            connect = instance.function("redis_connect");
            disconnect = instance.function("redis_disconnect");
            handle = instance.function("redis_handle");
            setWritable = instance.function("redis_set_writable");
            tick = instance.function("redis_tick");
            timer = (int) instance.function("redis_timer").call();
            replies = instance.function("redis_replies");
            setClock = instance.function("redis_set_clock");
            setClockStep = instance.function("redis_set_clock_step");
            clock = instance.function("redis_clock");
            setSeed = instance.function("redis_set_seed");
            file = instance.function("redis_file");
            filePut = instance.function("redis_file_put");
            fileDelete = instance.function("redis_file_delete");
            log = instance.function("redis_log");
            mailbox = instance.function("redis_mailbox");
        } catch (IllegalArgumentException e) {
            throw new WasmRedisException("The module is not Redis as this program builds it: " + e.getMessage(), e);
        } catch (GuestFailedException e) {
            throw new WasmRedisException("The module is not Redis as this program builds it. " + e.getMessage(), e);
        }
    }

    OwnedMemory memory() {
        return memory;
    }

    /// @return 0 when the memory is full
    int alloc(int bytes) throws GuestFailedException {
        return (int) call(alloc, bytes);
    }

    void free(int address) throws GuestFailedException {
        call(free, address);
    }

    /// @return 0, or the code that Redis would have exited with
    int init(List<String> arguments, long seed, long micros) throws GuestFailedException {
        var text = strings(arguments);
        var address = alloc(Math.max(1, text.length));
        memory.write(Integer.toUnsignedLong(address), text);
        var code = (int) init.call(address, text.length, seed, micros);
        free(address);
        return code;
    }

    /// @return -1 while Redis runs
    int exitCode() throws GuestFailedException {
        return (int) exitCode.call();
    }

    /// As if it had been initialised now.
    void begin(long seed, long micros) throws GuestFailedException {
        begin.call(seed, micros);
    }

    /// As the guest reads them: each ends with NUL.
    static byte[] strings(List<String> arguments) {
        var text = new StringBuilder();
        arguments.forEach(argument -> text.append(argument).append('\0'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    int connect() throws GuestFailedException {
        return whole((int) connect.call());
    }

    /// @return false for a client that is not connected
    boolean disconnect(int client) throws GuestFailedException {
        return answered((int) call(disconnect, client));
    }

    /// @param address of the request's bytes
    /// @return false for a client that is not connected
    boolean handle(int client, int address, int length) throws GuestFailedException {
        three[0] = client;
        three[1] = address;
        three[2] = length;
        return answered((int) handle.call(three));
    }

    /// @return false for a client that is not connected
    boolean setWritable(int client, boolean writable) throws GuestFailedException {
        return answered((int) setWritable.call(client, writable ? 1 : 0));
    }

    void tick() throws GuestFailedException {
        answered((int) tick.call());
    }

    private static int whole(int result) throws GuestFailedException {
        if (result == OUT_OF_MEMORY) {
            throw new GuestFailedException(new CallOutcome.Exited(OUT_OF_MEMORY, Duration.ZERO), null);
        }
        return result;
    }

    private boolean answered(int count) throws GuestFailedException {
        entries = Math.max(0, whole(count));
        first = count > 0 ? (int) replies.call() : 0;
        return count >= 0;
    }

    /// Without a call, which would be one more input to record.
    long nextTimer() {
        var window = memory.window();
        check(timer, Long.BYTES, window.limit());
        return window.getLong(timer);
    }

    void setClock(long micros) throws GuestFailedException {
        call(setClock, micros);
    }

    void setClockStep(long nanos) throws GuestFailedException {
        call(setClockStep, nanos);
    }

    long clock() throws GuestFailedException {
        return clock.call();
    }

    void setSeed(long seed) throws GuestFailedException {
        call(setSeed, seed);
    }

    int mailbox() throws GuestFailedException {
        return (int) mailbox.call();
    }

    /// @return 0, or an errno
    int filePut(int name, int data, int length) throws GuestFailedException {
        return (int) filePut.call(name, data, length);
    }

    int fileDelete(int name) throws GuestFailedException {
        return (int) call(fileDelete, name);
    }

    private long call(GuestFunction function, long argument) throws GuestFailedException {
        one[0] = argument;
        return function.call(one);
    }

    /// Whether the last call left replies.
    boolean answered() {
        return entries > 0;
    }

    /// Hands on the replies of the last call.
    ///
    /// @throws WasmRedisException when an entry points outside the memory
    void replies(WasmRedis.Replies to) {
        for (int i = 0; i < entries; i++) {
            var window = reply(i);
            var client = window.getInt(at(i));
            var closed = closed(window, i);
            to.reply(client, select(window, i), closed);
        }
    }

    /// 32 bits over the replies of the last call: clients, bytes, closings.
    int hashReplies() {
        int hash = 0;
        for (int i = 0; i < entries; i++) {
            var window = reply(i);
            hash = 31 * hash + window.getInt(at(i));
            hash = 31 * hash + window.getInt(at(i) + FLAGS);
            crc.reset();
            crc.update(select(window, i));
            hash = 31 * hash + (int) crc.getValue();
        }
        return hash;
    }

    /// The clients that Redis closed in the last call.
    void closedClients(IntConsumer to) {
        for (int i = 0; i < entries; i++) {
            var window = reply(i);
            if (closed(window, i)) {
                to.accept(window.getInt(at(i)));
            }
        }
    }

    private int at(int entry) {
        return first + entry * REPLY_BYTES;
    }

    private boolean closed(ByteBuffer window, int entry) {
        return (window.getInt(at(entry) + FLAGS) & CLOSED) != 0;
    }

    /// The memory, once it is sure that the entry lies in it.
    private ByteBuffer reply(int entry) {
        var window = memory.window();
        check(at(entry), REPLY_BYTES, window.limit());
        return window;
    }

    private ByteBuffer select(ByteBuffer window, int entry) {
        var data = window.getInt(at(entry) + DATA);
        var length = window.getInt(at(entry) + LENGTH);
        check(data, length, window.limit());
        return window.limit(data + length).position(data);
    }

    private static void check(int address, int length, int size) {
        if (address < 0 || length < 0 || address > size - length) {
            throw new WasmRedisException(
                    "redis.wasm points outside its memory (%d bytes at 0x%x of 0x%x): it was not built from this program's port."
                            .formatted(length, address, size));
        }
    }

    /// Copies bytes to an address that [#alloc] gave.
    void put(int address, ByteBuffer bytes) {
        memory.write(Integer.toUnsignedLong(address), bytes);
    }

    /// @param name address of a NUL-terminated string
    /// @return null when there is no such file
    byte @Nullable [] fileBytes(int name) throws GuestFailedException {
        var address = (int) call(file, name);
        if (address == 0) {
            return null;
        }
        var window = memory.window();
        check(address, 8, window.limit());
        return memory.read(Integer.toUnsignedLong(window.getInt(address)), window.getInt(address + 4));
    }

    /// What Redis logged last.
    String lastLog() throws GuestFailedException {
        var address = (int) log.call();
        var window = memory.window();
        check(address, 16, window.limit());
        var data = window.getInt(address);
        var capacity = window.getInt(address + 4);
        var written = window.getLong(address + 8);
        check(data, capacity, window.limit());
        var length = (int) Math.min(written, Math.min(capacity, LOG_BYTES));
        var text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = window.get(data + (int) ((written - length + i) % capacity));
        }
        return new String(text, StandardCharsets.UTF_8).strip();
    }
}
