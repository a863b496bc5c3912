package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.GuestFailedException;
import dev.wasmscope.engine.spi.GuestFunction;
import dev.wasmscope.engine.spi.GuestInstance;
import dev.wasmscope.engine.spi.GuestMemory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The exports of redis.wasm, typed. One copy in, none out; addresses are unsigned 32-bit in an `int`.
final class RedisAbi {
    static final int VERSION = 1;
    private static final int REPLY_BYTES = 16;
    private static final int CLOSED = 1;

    private final GuestMemory memory;
    private final GuestFunction alloc;
    private final GuestFunction free;
    private final GuestFunction init;
    private final GuestFunction connect;
    private final GuestFunction disconnect;
    private final GuestFunction handle;
    private final GuestFunction tick;
    private final GuestFunction nextTimer;
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
            connect = instance.function("redis_connect");
            disconnect = instance.function("redis_disconnect");
            handle = instance.function("redis_handle");
            tick = instance.function("redis_tick");
            nextTimer = instance.function("redis_next_timer");
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

    GuestMemory memory() {
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

    private static byte[] strings(List<String> arguments) {
        var text = new StringBuilder();
        arguments.forEach(argument -> text.append(argument).append('\0'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    int connect() throws GuestFailedException {
        return (int) connect.call();
    }

    /// @return number of reply entries
    int disconnect(int client) throws GuestFailedException {
        return (int) call(disconnect, client);
    }

    /// @param buffer address of the request's bytes
    /// @return number of reply entries; -1 for a client that is not connected
    int handle(int client, int buffer, int length) throws GuestFailedException {
        three[0] = client;
        three[1] = buffer;
        three[2] = length;
        return (int) handle.call(three);
    }

    int tick() throws GuestFailedException {
        return (int) tick.call();
    }

    long nextTimer() throws GuestFailedException {
        return nextTimer.call();
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

    int log() throws GuestFailedException {
        return (int) log.call();
    }

    int mailbox() throws GuestFailedException {
        return (int) mailbox.call();
    }

    /// @param name address of a NUL-terminated string
    /// @return address of {u32 data, u32 length}, or 0
    int file(int name) throws GuestFailedException {
        return (int) call(file, name);
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

    /// Hands on the replies of the last call.
    ///
    /// @throws WasmRedisException when an entry points outside the memory
    void replies(int count, WasmRedis.Replies to) throws GuestFailedException {
        if (count <= 0) {
            return;
        }
        var entry = (int) replies.call();
        var window = memory.window();
        var size = window.limit();
        for (int i = 0; i < count; i++, entry += REPLY_BYTES) {
            check(entry, REPLY_BYTES, size);
            var data = window.getInt(entry + 4);
            var length = window.getInt(entry + 8);
            check(data, length, size);
            var closed = (window.getInt(entry + 12) & CLOSED) != 0;
            var client = window.getInt(entry);
            to.reply(client, window.limit(data + length).position(data), closed);
            window.limit(size);
        }
    }

    private static void check(int address, int length, int size) {
        if (address < 0 || length < 0 || address > size - length) {
            throw new WasmRedisException(
                    "redis.wasm points to a reply outside its memory (%d bytes at 0x%x of 0x%x): it was not built from this program's port."
                            .formatted(length, address, size));
        }
    }

    /// Copies bytes to an address that [#alloc] gave.
    void put(int address, ByteBuffer bytes) {
        memory.write(Integer.toUnsignedLong(address), bytes);
    }
}
