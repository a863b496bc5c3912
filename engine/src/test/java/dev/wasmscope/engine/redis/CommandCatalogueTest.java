package dev.wasmscope.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.platform.Directories;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandCatalogueTest {
    @TempDir
    static Path temporary;

    private NativeRedis redis;
    private CommandCatalogue fromServer;

    @BeforeAll
    void ask() throws Exception {
        redis = NativeRedis.start(directories());
        try (var client = RedisClient.connect(redis.transports().getFirst(), RedisLogin.NONE, _ -> {})) {
            fromServer = CommandCatalogue.of(client);
        }
    }

    @AfterAll
    void stop() throws Exception {
        redis.close();
    }

    @Test
    void serverDescribesItsCommands() {
        assertThat(fromServer.all()).hasSizeGreaterThan(300);
        assertThat(fromServer.find("client list")).hasValueSatisfying(doc -> {
            assertThat(doc.name()).isEqualTo("CLIENT LIST");
            assertThat(doc.summary()).isNotEmpty();
        });
    }

    @Test
    void olderServerGetsTheTableLimitedToItsCommands() throws Exception {
        try (var old = NativeRedis.start(directories(), List.of());
                var client = RedisClient.connect(old.transports().getFirst(), RedisLogin.NONE, _ -> {})) {
            var catalogue = CommandCatalogue.of(client);

            assertThat(catalogue.find("EXPIRETIME k")).isEmpty();
            assertThat(catalogue.hint("SET k ")).startsWith("value [NX|XX] [GET] [EX seconds|");
            assertThat(catalogue.complete("client se"))
                    .extracting(CommandCatalogue.Proposal::text)
                    .contains("SETNAME");
        }
    }

    @Test
    void syntaxOfEveryCommandIsReadAsItIsWritten() {
        for (var catalogue : List.of(fromServer, CommandCatalogue.builtIn())) {
            for (var command : catalogue.all()) {
                var once = ArgumentSpec.syntax(command.arguments());
                assertThat(ArgumentSpec.syntax(ArgumentSyntax.parse(once)))
                        .as(command.name())
                        .isEqualTo(once);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "GET! key",
                "SET k! value [NX|XX] [GET] [EX seconds|PX milliseconds|EXAT unix-time-seconds|PXAT unix-time-milliseconds|KEEPTTL]",
                "SET k v EX! seconds [NX|XX] [GET]",
                "SET k v ex 10 nx! [GET]",
                "MSET a! value [key value ...]",
                "MSET a 1! [key value ...]",
                "MSET a 1 b! value [key value ...]",
                "XADD s! [NOMKSTREAM] [<MAXLEN|MINID> [=|~] threshold [LIMIT count]] <*|id> field value [field value ...]",
                "XADD s MAXLEN! [=|~] threshold [LIMIT count] [NOMKSTREAM] <*|id> field value [field value ...]",
                "XADD s *! field value [field value ...]",
                "XADD s * name! value [field value ...]",
                "ZADD z NX! [GT|LT] [CH] [INCR] score member [score member ...]",
                "HSET h f v! [field value ...]",
                "PING! [message]",
                "PING x!''",
                "CLIENT! subcommand",
                "CONFIG GET! parameter [parameter ...]",
                "LMOVE a b LEFT! <LEFT|RIGHT>",
                "NOSUCH x!''",
                "''!''"
            })
    void hintIsWhatMayStillBeTyped(String line, String hint) {
        assertThat(fromServer.hint(line)).isEqualTo(hint);
    }

    @Test
    void hintBehindASpaceNeedsNone() {
        assertThat(fromServer.hint("GET ")).isEqualTo("key");
        assertThat(fromServer.hint("SET 'a b' ")).startsWith("value");
    }

    @Test
    void namesSubcommandsAndTokensAreProposed() {
        assertThat(proposals("hget")).containsExactly("HGETALL");
        assertThat(proposals("xr")).contains("XRANGE", "XREAD", "XREVRANGE");
        assertThat(proposals("CONFIG ")).contains("GET", "SET", "REWRITE");
        assertThat(proposals("client li")).containsExactly("LIST");
        assertThat(proposals("SET k v E")).containsExactly("EX", "EXAT");
        assertThat(proposals("SET k v EX 10 n")).containsExactly("NX");
        assertThat(proposals("")).isEmpty();
        assertThat(proposals("GET k")).isEmpty();
        assertThat(CommandCatalogue.replaced("client li")).isEqualTo(2);
    }

    private List<String> proposals(String line) {
        return fromServer.complete(line).stream()
                .map(CommandCatalogue.Proposal::text)
                .toList();
    }

    private static Directories directories() {
        return new Directories(temporary, temporary, temporary, temporary.resolve("run"));
    }
}
