package dev.wasmscope.plugins.redisshm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A transaction is run as a whole or not at all, whatever it is that Redis refuses of it.
class RefusedTransactionTest {
    private static final String ABORTED = "-EXECABORT Transaction discarded because of previous errors.\r\n";

    @TempDir
    static Path directory;

    private static RedisWithModule redis;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisWithModule.start(directory);
        redis.cli("ACL SETUSER half on >secret ~a* +@all\n", "--socket");
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @AfterEach
    void forget() throws Exception {
        redis.cli("CONFIG SET min-replicas-to-write 0\nCONFIG SET maxmemory 0\nFLUSHALL\n", "--socket");
    }

    private static void isRefused(String user, String commands) throws Exception {
        var said = redis.cli(user + "MULTI\nSET a1 1\n" + commands + "EXEC\n");
        assertThat(said).endsWith(ABORTED);
        assertThat(redis.cli("GET a1\n", "--socket")).isEqualTo("$-1\r\n");
    }

    @Test
    void forAKeyThatIsNotTheUsers() throws Exception {
        isRefused("AUTH half secret\n", "SET b1 1\n");
        assertThat(redis.cli("AUTH half secret\nMULTI\nSET a1 1\nGET a1\nEXEC\n"))
                .endsWith("*2\r\n+OK\r\n$1\r\n1\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET", "SET a1", "DBSIZE now", "OBJECT ENCODING", "OBJECT NONSENSE a1", "XINFO", "ECHO a b"})
    void forAWrongNumberOfWords(String command) throws Exception {
        isRefused("", command + "\n");
    }

    @Test
    void forReplicasThatAreMissing() throws Exception {
        redis.cli("CONFIG SET min-replicas-to-write 1\n", "--socket");
        isRefused("", "GET a1\n");
        assertThat(redis.cli("MULTI\nGET a1\nTYPE a1\nEXEC\n")).endsWith("*2\r\n$-1\r\n+none\r\n");
    }

    @Test
    void forMemoryThatIsFull() throws Exception {
        redis.cli("CONFIG SET maxmemory 1\n", "--socket");
        isRefused("", "GET a1\n");
    }

    @Test
    void onAReplicaThatOnlyReads(@TempDir Path other) throws Exception {
        try (var replica = redis.replica(other)) {
            assertThat(replica.cli("MULTI\nGET a1\nSET a1 1\nEXEC\n")).endsWith(ABORTED);
            assertThat(replica.cli("MULTI\nGET a1\nEXEC\nSET a1 1\n")).contains("*1\r\n$-1\r\n-READONLY");
        }
    }

    @Test
    void errorsOfItsCommandsAreNoRefusal() throws Exception {
        assertThat(redis.cli("MULTI\nSET a1 x\nINCR a1\nSET a1 2\nEXEC\nGET a1\n"))
                .contains("*3\r\n+OK\r\n-ERR value is not an integer")
                .endsWith("+OK\r\n$1\r\n2\r\n");
    }
}
