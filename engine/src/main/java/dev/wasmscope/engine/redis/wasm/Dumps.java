package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.resp.RespEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The whole data set as Redis's own file (.rdb), in and out of a Redis in Wasm: what native Redis reads and writes. On
/// the owner's thread, between two requests; by a client of its own, so that the journal has it like everything else.
final class Dumps {
    private static final String USUAL_NAME = "dump.rdb";

    private final WasmRedis redis;
    private final WasmRedis.Replies others;
    private final int client;

    private Dumps(WasmRedis redis, WasmRedis.Replies others) {
        this.redis = redis;
        this.others = others;
        this.client = redis.connect();
        if (client == 0) {
            throw new WasmRedisException("Redis takes no more clients, and one is needed for this.");
        }
    }

    /// @param password that clients have to give, if they have to
    /// @param others who is told what is not for this
    /// @throws WasmRedisException with what Redis says, when it does not save
    static byte[] take(WasmRedis redis, Optional<String> password, WasmRedis.Replies others) {
        var dumps = new Dumps(redis, others);
        try {
            password.ifPresent(dumps::login);
            dumps.require("SAVE");
            var name = dumps.fileName();
            var bytes = redis.files().read(name);
            redis.files().delete(name);
            return bytes.orElseThrow(() -> new WasmRedisException("Redis has saved nothing."));
        } finally {
            redis.disconnect(dumps.client, others);
        }
    }

    /// In place of all data there is.
    ///
    /// @throws WasmRedisException with what Redis says, when it does not load it; its data is gone then
    static void load(WasmRedis redis, byte[] rdb, Optional<String> password) {
        WasmRedis.Replies nobody = (_, _, _) -> {};
        var dumps = new Dumps(redis, nobody);
        try {
            password.ifPresent(dumps::login);
            var name = dumps.fileName();
            redis.files().put(name, rdb);
            dumps.require("DEBUG", "RELOAD", "NOSAVE");
            redis.files().delete(name);
        } finally {
            redis.disconnect(dumps.client, nobody);
        }
    }

    private void login(String password) {
        require("AUTH", password);
    }

    private void require(String... command) {
        var reply = ask(command);
        if (!reply.equals("+OK\r\n")) {
            var log = redis.lastLog().lines().reduce("", (_, line) -> line);
            throw new WasmRedisException("Redis in Wasm answers %s to %s. Its log ends with: %s"
                    .formatted(
                            reply.isEmpty() ? "nothing" : "\"" + reply.strip() + "\"",
                            String.join(" ", command[0].equals("AUTH") ? new String[] {"AUTH"} : command),
                            log));
        }
    }

    private String fileName() {
        var lines = ask("CONFIG", "GET", "dbfilename").split("\r\n", -1);
        return lines.length > 4 ? lines[4] : USUAL_NAME;
    }

    private String ask(String... command) {
        var answer = new ByteArrayOutputStream();
        redis.handle(client, ByteBuffer.wrap(RespEncoder.command(command)), (to, bytes, closed) -> {
            if (to == client) {
                while (bytes.hasRemaining()) {
                    answer.write(bytes.get());
                }
            } else {
                others.reply(to, bytes, closed);
            }
        });
        return answer.toString(StandardCharsets.UTF_8);
    }
}
