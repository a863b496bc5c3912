package dev.wasmscope.plugins.redisshm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.spi.HandshakeStep;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/// What belongs to one client: its transaction, database, rights, messages, and its waiting.
@ParameterizedClass(name = "{0} over {1}")
@CsvSource({"native, tcp", "native, unix", "native, shm", "wasm, tcp", "wasm, unix", "wasm, shm"})
class ClientSessionTest extends ClientSuite {
    ClientSessionTest(String target, String transport) {
        super(target, transport);
    }

    @Test
    void transactionsAreWhole() throws Exception {
        assertThat(said("MULTI")).isEqualTo("OK");
        assertThat(said("SET", "a", "1")).isEqualTo("QUEUED");
        assertThat(said("INCR", "a")).isEqualTo("QUEUED");
        assertThat(said("EXEC")).isEqualTo("[OK, 2]");

        assertThat(said("MULTI")).isEqualTo("OK");
        assertThat(said("INCR", "a")).isEqualTo("QUEUED");
        assertThat(said("EVAL", "return 7", "0")).isEqualTo("QUEUED");
        assertThat(said("INCR", "a")).isEqualTo("QUEUED");
        assertThat(said("EXEC")).isEqualTo("[3, 7, 4]");

        assertThat(said("MULTI")).isEqualTo("OK");
        assertThat(said("INCR", "a")).isEqualTo("QUEUED");
        assertThat(said("DISCARD")).isEqualTo("OK");
        assertThat(said("GET", "a")).isEqualTo("4");
        assertThat(said("EXEC")).startsWith("-ERR EXEC without MULTI");
        assertThat(said("MULTI")).isEqualTo("OK");
        assertThat(said("MULTI")).startsWith("-ERR MULTI calls can not be nested");
        assertThat(said("EXEC")).isEqualTo("[]");
    }

    @Test
    void aTransactionInOnePieceIsWhole() throws Exception {
        var replies = client.sendAll(List.of(
                words("MULTI"),
                words("INCR", "a"),
                words("CLIENT", "GETNAME"),
                words("INCR", "a"),
                words("EXEC"),
                words("GET", "a"),
                words("MULTI"),
                words("INCR", "a"),
                words("EXEC")));
        assertThat(text(value(replies.get(4)))).startsWith("[1, ").endsWith(", 2]");
        assertThat(text(value(replies.get(5)))).isEqualTo("2");
        assertThat(text(value(replies.get(8)))).isEqualTo("[3]");
    }

    @Test
    void aWatchedKeyThatChangedEndsTheTransaction() throws Exception {
        try (var other = connect(RedisLogin.NONE)) {
            said("WATCH", "a");
            other.ask(PATIENCE, "SET", "a", "9");
            said("MULTI");
            said("INCR", "b");
            assertThat(ask("EXEC")).isInstanceOf(RespValue.Nil.class);

            said("WATCH", "a");
            said("MULTI");
            said("INCR", "b");
            assertThat(said("EXEC")).isEqualTo("[1]");

            said("WATCH", "a");
            said("UNWATCH");
            other.ask(PATIENCE, "SET", "a", "10");
            said("MULTI");
            said("INCR", "b");
            assertThat(said("EXEC")).isEqualTo("[2]");
        }
    }

    @Test
    void everyDatabaseHasItsOwnKeys() throws Exception {
        said("SET", "a", "zero");
        assertThat(said("SELECT", "3")).isEqualTo("OK");
        assertThat(ask("GET", "a")).isInstanceOf(RespValue.Nil.class);
        said("SET", "a", "three");
        assertThat(said("SELECT", "99")).startsWith("-ERR DB index is out of range");
        assertThat(said("GET", "a")).isEqualTo("three");
        var replies = client.sendAll(
                List.of(words("SELECT", "0"), words("GET", "a"), words("SELECT", "3"), words("GET", "a")));
        assertThat(text(value(replies.get(1)))).isEqualTo("zero");
        assertThat(text(value(replies.get(3)))).isEqualTo("three");
    }

    @Test
    void usersMayDoWhatTheyMay() throws Exception {
        said("ACL", "SETUSER", "reader", "reset", "on", ">secret", "~open:*", "+@read", "+@connection");
        try (var reader = connect(login("reader", "secret"))) {
            assertThat(reader.ask(PATIENCE, "PING").value()).isEqualTo(new RespValue.SimpleString("PONG"));
            assertThat(reader.ask(PATIENCE, "GET", "open:a").value()).isInstanceOf(RespValue.Nil.class);
            assertThat(text(reader.ask(PATIENCE, "GET", "shut").value())).startsWith("-NOPERM");
            assertThat(text(reader.ask(PATIENCE, "SET", "open:a", "1").value())).startsWith("-NOPERM");
        }
        assertThatThrownBy(() -> connect(login("reader", "wrong"))).hasMessageContaining("WRONGPASS");
        assertThat(said("AUTH", "reader", "secret")).isEqualTo("OK");
        assertThat(said("SET", "open:a", "1")).startsWith("-NOPERM");
        try (var owner = connect(RedisLogin.NONE)) {
            owner.ask(PATIENCE, "ACL", "DELUSER", "reader");
        }
    }

    private static RedisLogin login(String user, String password) {
        return new RedisLogin(Optional.of(user), Optional.of(password), 0, PATIENCE);
    }

    @Test
    void aPasswordIsAskedForBeforeAnythingElse() throws Exception {
        said("ACL", "SETUSER", "reader", "reset", "on", ">secret", "~*", "+@read", "+@connection");
        if (target.equals("native")) {
            said("ACL", "SETUSER", "reader", "+shm.open");
        }
        said("CONFIG", "SET", "requirepass", "pass");
        try {
            assertThatThrownBy(() -> connect(RedisLogin.NONE)).hasMessageContaining("password");
            try (var known = connect(new RedisLogin(Optional.empty(), Optional.of("pass"), 2, PATIENCE))) {
                assertThat(text(known.ask(PATIENCE, "SET", "a", "1").value())).isEqualTo("OK");
                assertThat(text(known.ask(PATIENCE, "GET", "a").value())).isEqualTo("1");
                known.rings()
                        .ifPresent(rings ->
                                assertThat(rings.handshake()).last().isInstanceOf(HandshakeStep.Attached.class));
            }
            try (var reader = connect(login("reader", "secret"))) {
                reader.ask(PATIENCE, "GET", "a");
                // From here on nobody is logged in.
                assertThat(text(reader.ask(PATIENCE, "RESET").value())).isEqualTo("RESET");
                assertThat(text(reader.ask(PATIENCE, "SET", "a", "1").value())).startsWith("-NOAUTH");
            }
        } finally {
            said("CONFIG", "SET", "requirepass", "");
        }
    }

    @Test
    void messagesComeWithoutBeingAskedFor() throws Exception {
        assertThat(said("SUBSCRIBE", "news", "more")).contains("subscribe").contains("more");
        try (var other = connect(RedisLogin.NONE)) {
            for (var i = 0; i < 50; i++) {
                assertThat(text(other.ask(PATIENCE, "PUBLISH", "news", "number " + i)
                                .value()))
                        .isEqualTo("1");
            }
        }
        for (var i = 0; i < 50; ) {
            var push = pushes.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(push).isNotNull();
            if (text(push).startsWith("[message")) {
                assertThat(text(push)).isEqualTo("[message, news, number " + i++ + "]");
            }
        }
        assertThat(said("SET", "a", "1")).isEqualTo("OK");
        assertThat(said("GET", "a")).isEqualTo("1");
    }

    @Test
    void aBlockedClientWaitsAndOthersDoNot() throws Exception {
        var waits = client.send("BLPOP", "queue", "20");
        try (var other = connect(RedisLogin.NONE)) {
            for (var i = 0; i < 100; i++) {
                assertThat(text(other.ask(PATIENCE, "INCR", "n").value())).isEqualTo(String.valueOf(i + 1));
            }
            assertThat(waits.isDone()).isFalse();
            var behind = client.send("GET", "n");
            other.ask(PATIENCE, "RPUSH", "queue", "x");
            assertThat(text(value(waits))).isEqualTo("[queue, x]");
            assertThat(text(value(behind))).isEqualTo("100");
        }
        assertThat(ask("BLPOP", "queue", "0.05")).isInstanceOf(RespValue.Nil.class);
        assertThat(said("GET", "n")).isEqualTo("100");
    }
}
