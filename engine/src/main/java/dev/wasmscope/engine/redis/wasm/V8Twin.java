package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.ModuleSource;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// An instance on V8, in a process of Node.js that this program feeds through a pipe; `v8.js` is the other end.
final class V8Twin implements Twin {
    /// Its id on the command line.
    static final String ID = "v8";

    private static final String PROGRAM = "v8.js";
    private static final int LOAD = 1;
    private static final int START = 2;
    private static final int REPLAY = 3;
    private static final int SAVE = 4;
    private static final int RESTORE = 5;
    private static final int HASH = 6;
    private static final int SEED = 7;
    private static final int PLACE = 8;
    private static final int MOST_ANSWER = 1 << 26;
    private static final byte[] NOTHING = new byte[0];

    private final Process node;
    private final OutputStream out;
    private final DataInputStream in;
    private final String runtime;

    /// @param newer the module itself
    /// @param older the same with exceptions in the older encoding, where there is one
    /// @throws WasmRedisException when there is no node, or one whose V8 runs neither
    V8Twin(ModuleSource newer, Optional<ModuleSource> older, RedisInstance.Start start, Beginning beginning) {
        try {
            node = new ProcessBuilder("node", "-e", program())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new WasmRedisException("node cannot be started (%s)".formatted(e.getMessage()), e);
        }
        out = node.getOutputStream();
        in = new DataInputStream(node.getInputStream());
        try {
            runtime = new String(ask(LOAD, modules(newer.bytes(), older)), StandardCharsets.UTF_8);
            begin(start);
            beginning.image().ifPresent(image -> place(image.state()));
        } catch (WasmRedisException e) {
            close();
            throw e;
        }
    }

    private static String program() throws IOException {
        try (var resource = V8Twin.class.getResourceAsStream(PROGRAM)) {
            if (resource == null) {
                throw new IllegalStateException(PROGRAM + " is missing beside " + V8Twin.class.getName());
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] modules(byte[] newer, Optional<ModuleSource> older) {
        var second = older.map(ModuleSource::bytes).orElse(NOTHING);
        return little(4 + newer.length + second.length)
                .putInt(newer.length)
                .put(newer)
                .put(second)
                .array();
    }

    private void begin(RedisInstance.Start start) {
        var options = RedisAbi.strings(start.withMemory());
        var _ = ask(
                START,
                little(32 + options.length)
                        .putLong(start.seed())
                        .putLong(start.micros())
                        .putLong(InitImages.SEED)
                        .putLong(InitImages.MICROS)
                        .put(options)
                        .array());
    }

    private void place(RedisInstance.State state) {
        var guest = state.guest();
        var _ = ask(
                PLACE,
                little(4 + guest.size())
                        .putInt(state.buffer())
                        .put(guest.memory(), 0, guest.size())
                        .array());
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public String runtime() {
        return runtime;
    }

    @Override
    public void replay(List<Event> events) {
        var encoded = new EventBuffer();
        events.forEach(encoded::add);
        var bytes = new byte[encoded.length()];
        encoded.view(0).get(bytes);
        send(REPLAY, bytes);
    }

    @Override
    public Replayed replayed() {
        var answer = ByteBuffer.wrap(answer()).order(ByteOrder.LITTLE_ENDIAN);
        var outcomes = new int[answer.getInt()];
        answer.asIntBuffer().get(outcomes);
        var failure = StandardCharsets.UTF_8
                .decode(answer.position(4 + 4 * outcomes.length))
                .toString();
        return new Replayed(outcomes, failure.isEmpty() ? Optional.empty() : Optional.of(failure));
    }

    @Override
    public void save() {
        var _ = ask(SAVE, NOTHING);
    }

    @Override
    public void restore() {
        var _ = ask(RESTORE, NOTHING);
    }

    @Override
    public String memoryHash() {
        return HexFormat.of().formatHex(ask(HASH, NOTHING));
    }

    @Override
    public void seed(long seed) {
        var _ = ask(SEED, little(8).putLong(seed).array());
    }

    private byte[] ask(int kind, byte[] body) {
        send(kind, body);
        return answer();
    }

    private void send(int kind, byte[] body) {
        try {
            out.write(little(5).putInt(1 + body.length).put((byte) kind).array());
            out.write(body);
            out.flush();
        } catch (IOException e) {
            throw ended(e);
        }
    }

    private byte[] answer() {
        try {
            var length = Integer.reverseBytes(in.readInt());
            if (length < 1 || length > MOST_ANSWER) {
                throw new IOException("an answer of %d bytes".formatted(length));
            }
            var failed = in.readByte() != 0;
            var body = in.readNBytes(length - 1);
            if (failed) {
                throw new WasmRedisException(new String(body, StandardCharsets.UTF_8));
            }
            return body;
        } catch (IOException e) {
            throw ended(e);
        }
    }

    private WasmRedisException ended(IOException why) {
        return new WasmRedisException("node does not answer any more (%s)".formatted(why.getMessage()), why);
    }

    /// Its standard input's end is its own.
    @Override
    public void close() {
        try (out;
                InputStream _ = in) {
            node.destroy();
        } catch (IOException e) {
            // It has ended already.
        }
    }
}
