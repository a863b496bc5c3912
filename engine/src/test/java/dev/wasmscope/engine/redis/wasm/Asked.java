package dev.wasmscope.engine.redis.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.resp.RespEncoder;
import dev.wasmscope.engine.resp.RespValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Questions to a server, and answers on one line.
final class Asked {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final RedisLogin LOGIN = new RedisLogin(Optional.empty(), Optional.empty(), 0, PATIENCE);

    private Asked() {}

    static String ask(RedisClient client, String... words) throws Exception {
        return shown(client.ask(PATIENCE, words).value());
    }

    static String shown(RespValue value) {
        return new String(RespEncoder.value(value), StandardCharsets.UTF_8)
                .strip()
                .replace("\r\n", " ");
    }

    static void awaitBusy(RedisClient client) throws Exception {
        for (var i = 0; i < 1000 && !ask(client, "PING").startsWith("-BUSY"); i++) {
            Thread.sleep(5);
        }
        assertThat(ask(client, "PING")).startsWith("-BUSY");
    }
}
