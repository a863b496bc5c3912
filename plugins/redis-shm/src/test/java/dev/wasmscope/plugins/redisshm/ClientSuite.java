package dev.wasmscope.plugins.redisshm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.redis.TimedReply;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.serve.ServedRedis;
import dev.wasmscope.engine.spi.RedisTarget;
import dev.wasmscope.engine.spi.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What a client can rely on, whichever server it speaks to and whichever way: real servers in processes of their own.
abstract class ClientSuite {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    /// Of either ring.
    static final int RING = 65_536;

    @TempDir
    static Path temporary;

    static NativeRedis nativeRedis;
    static Optional<ServedRedis> wasm = Optional.empty();

    final String target;
    final String transport;
    final BlockingQueue<RespValue.Push> pushes = new LinkedBlockingQueue<>();
    RedisClient client;

    ClientSuite(String target, String transport) {
        this.target = target;
        this.transport = transport;
    }

    @BeforeAll
    static void start() throws IOException {
        var directories = new Directories(temporary, temporary, temporary, temporary.resolve("run"));
        nativeRedis = NativeRedis.start(directories);
        wasm = InWasm.present() ? Optional.of(ServedRedis.start(directories)) : Optional.empty();
        assertThat(nativeRedis.refusal()).isEmpty();
    }

    @AfterAll
    static void stop() throws IOException {
        nativeRedis.close();
        if (wasm.isPresent()) {
            wasm.get().close();
        }
    }

    @BeforeEach
    void connect() throws Exception {
        if (target.equals("wasm")) {
            InWasm.assumePresent();
        }
        client = connect(RedisLogin.NONE);
    }

    @AfterEach
    void forget() throws Exception {
        if (client == null) {
            return;
        }
        client.close();
        try (var tidy = RedisClient.connect(target().transport("unix").orElseThrow(), RedisLogin.NONE, pushes::add)) {
            tidy.ask(PATIENCE, "FLUSHALL");
        }
    }

    RedisTarget target() {
        return target.equals("native") ? nativeRedis : wasm.orElseThrow();
    }

    Transport way() {
        return target().transport(transport).orElseThrow();
    }

    RedisClient connect(RedisLogin login) throws IOException {
        return RedisClient.connect(way(), login, pushes::add);
    }

    RespValue ask(String... words) throws Exception {
        return client.ask(PATIENCE, words).value();
    }

    String said(String... words) throws Exception {
        return text(ask(words));
    }

    static String text(RespValue value) {
        return switch (value) {
            case RespValue.Bulk bulk -> bulk.utf8();
            case RespValue.Verbatim(var _, var bytes) -> new String(bytes, StandardCharsets.UTF_8);
            case RespValue.SimpleString(var line) -> line;
            case RespValue.SimpleError(var line) -> "-" + line;
            case RespValue.Int(var number) -> String.valueOf(number);
            case RespValue.Array(var items) ->
                items.stream().map(ClientSuite::text).toList().toString();
            case RespValue.SetReply(var items) ->
                items.stream().map(ClientSuite::text).toList().toString();
            case RespValue.Push(var items) ->
                items.stream().map(ClientSuite::text).toList().toString();
            case RespValue.MapReply(var entries) ->
                entries.stream()
                        .map(e -> text(e.key()) + "=" + text(e.value()))
                        .toList()
                        .toString();
            default -> value.toString();
        };
    }

    static List<byte[]> words(Object... words) {
        return Arrays.stream(words)
                .map(word ->
                        word instanceof byte[] bytes ? bytes : word.toString().getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    static RespValue value(CompletableFuture<TimedReply> reply) throws Exception {
        return reply.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).value();
    }

    static byte[] bytes(CompletableFuture<TimedReply> reply) throws Exception {
        return ((RespValue.Bulk) value(reply)).bytes();
    }
}
