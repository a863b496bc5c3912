package dev.wasmscope.engine.redis.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The mailbox as a replay uses it: records that are there before the call, each for a certain look.
class BusyScriptTest {
    private static final int BYTES = 1;
    private static final int CONNECT = 3;
    private static final int TAKEN = 1;
    private static final String BUSY = "-BUSY Redis is busy running a script.";
    private static final String ENDLESS = """
            #!lua name=lib
            redis.register_function('endless', function() while true do end end)""";

    @BeforeAll
    static void module() {
        assumeTrue(BuiltModule.present(), BuiltModule::whyNot);
    }

    /// @param kind of the record, as the port's header numbers them
    private record Mail(int kind, int client, int look, String text) {}

    private static Mail command(int client, int look, String text) {
        return new Mail(BYTES, client, look, text + "\r\n");
    }

    private static void post(RedisOnThread redis, List<Mail> mails) {
        redis.with(it -> {
            long box = Integer.toUnsignedLong(it.mailbox());
            var memory = it.memory();
            int in = memory.window().getInt((int) box);
            int at = in;
            for (var mail : mails) {
                var record = record(mail);
                memory.write(at, record);
                at += record.length;
            }
            memory.write(box + 8, word(at - in));
            return 0;
        });
    }

    private static byte[] word(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] record(Mail mail) {
        var text = mail.text().getBytes(StandardCharsets.US_ASCII);
        var bytes = ByteBuffer.allocate(20 + (text.length + 3) / 4 * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(4, mail.kind())
                .putInt(8, mail.client())
                .putInt(12, text.length)
                .putInt(16, mail.look());
        bytes.put(20, text);
        return bytes.putInt(0, check(bytes, 0, text.length)).array();
    }

    private static int check(ByteBuffer bytes, int at, int length) {
        int hash = 0x811c9dc5;
        for (int i = at + 4; i < at + 20 + length; i++) {
            hash = (hash ^ (bytes.get(i) & 0xff)) * 0x01000193;
        }
        return hash;
    }

    private static List<Mail> answers(RedisOnThread redis) {
        return redis.with(it -> {
            var memory = it.memory().window();
            int box = it.mailbox();
            int at = memory.getInt(box + 16);
            int end = at + memory.getInt(box + 24);
            var mails = new ArrayList<Mail>();
            while (at < end) {
                int length = memory.getInt(at + 12);
                var text = new byte[length];
                memory.get(at + 20, text);
                assertThat(memory.getInt(at)).isEqualTo(check(memory, at, length));
                mails.add(new Mail(
                        memory.getInt(at + 4),
                        memory.getInt(at + 8),
                        memory.getInt(at + 16),
                        new String(text, StandardCharsets.US_ASCII)));
                at += 20 + (length + 3) / 4 * 4;
            }
            return mails;
        });
    }

    private static int taken(RedisOnThread redis) {
        return redis.with(it -> it.memory().window().getInt(it.mailbox() + 12));
    }

    private static RedisOnThread redis() {
        return new RedisOnThread(1, 4096, "--busy-reply-threshold", "20");
    }

    @Test
    void othersAreToldBusyAndOneOfThemKillsTheScript() {
        try (var redis = redis()) {
            int caller = redis.connect();
            int other = redis.connect();
            post(
                    redis,
                    List.of(
                            command(other, 30, "PING"),
                            command(other, 400, "GET k"),
                            command(other, 450, "SCRIPT KILL")));
            assertThat(redis.send(caller, "EVAL", "while true do end", "0"))
                    .startsWith("-ERR Script killed by user with SCRIPT KILL");
            var answers =
                    answers(redis).stream().filter(mail -> mail.kind() != TAKEN).toList();
            assertThat(answers).extracting(Mail::client).containsOnly(other);
            assertThat(answers.get(0).text()).startsWith(BUSY);
            assertThat(answers.get(0).look()).isBetween(100, 250);
            assertThat(answers.get(1)).satisfies(mail -> {
                assertThat(mail.look()).isEqualTo(400);
                assertThat(mail.text()).startsWith(BUSY);
            });
            assertThat(answers.get(2)).isEqualTo(new Mail(2, other, 450, "+OK\r\n"));
            assertThat(redis.send(other, "PING")).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void clientThatComesWhileTheScriptRunsKillsTheFunction() {
        try (var redis = redis()) {
            int caller = redis.connect();
            int next = caller + 1;
            redis.send(caller, "FUNCTION", "LOAD", ENDLESS);
            post(redis, List.of(new Mail(CONNECT, 0, 2, ""), command(next, 500, "FUNCTION KILL")));
            assertThat(redis.send(caller, "FCALL", "endless", "0"))
                    .startsWith("-ERR Script killed by user")
                    .contains("script: endless");
            assertThat(answers(redis)).contains(new Mail(TAKEN, next, 2, ""), new Mail(2, next, 500, "+OK\r\n"));
            assertThat(redis.send(next, "PING")).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void scriptThatEndsByItselfLeavesTheRestAndServesWhatItTook() {
        try (var redis = redis()) {
            int caller = redis.connect();
            int other = redis.connect();
            var first = command(other, 1, "ECHO early");
            post(redis, List.of(first, command(other, 1_000_000, "ECHO late")));
            assertThat(redis.send(caller, "EVAL", "for i = 1, 300000 do end return 7", "0"))
                    .isEqualTo(":7\r\n");
            assertThat(redis.received(other)).isEqualTo("$5\r\nearly\r\n");
            assertThat(taken(redis)).isEqualTo(record(first).length);
        }
    }

    @Test
    void libraryThatNeverEndsLoadingIsGivenUp() {
        try (var redis = redis()) {
            assertThat(redis.send(redis.connect(), "FUNCTION", "LOAD", "#!lua name=lib\nwhile true do end"))
                    .isEqualTo("-ERR Error registering functions: ERR FUNCTION LOAD timeout\r\n");
        }
    }

    @Test
    void recordWithAWrongCheckIsNotTaken() {
        try (var redis = redis()) {
            int caller = redis.connect();
            post(redis, List.of(command(caller, 0, "PING")));
            redis.with(it -> {
                int in = it.memory().window().getInt(it.mailbox());
                it.memory().write(in + 12, word(0x7fffffff));
                return 0;
            });
            assertThat(redis.send(caller, "EVAL", "for i = 1, 300000 do end return 7", "0"))
                    .isEqualTo(":7\r\n");
            assertThat(taken(redis)).isZero();
            assertThat(answers(redis)).isEmpty();
        }
    }

    @Test
    void sameMailAtTheSameLooksLeavesTheSameMemory() {
        assertThat(killed(330)).isEqualTo(killed(330)).isNotEqualTo(killed(331));
    }

    private static String killed(int look) {
        try (var redis = redis()) {
            int caller = redis.connect();
            post(redis, List.of(command(redis.connect(), look, "SCRIPT KILL")));
            redis.send(caller, "EVAL", "local n = 0 while true do n = n + 1 end", "0");
            return redis.memoryHash();
        }
    }
}
