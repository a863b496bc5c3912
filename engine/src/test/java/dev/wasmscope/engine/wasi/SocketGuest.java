package dev.wasmscope.engine.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.NetworkGrants;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.engine.wasm.Sessions;
import dev.wasmscope.engine.wasm.WatModules;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A guest that forwards socket functions, called from outside: results at 0, addresses at 64, one buffer's vector at
/// 128, the buffer at 1024.
final class SocketGuest {
    static final int RESULT = 0;
    static final int BUFFER = 1024;
    private static final int ADDRESS = 64;
    private static final int VECTOR = 128;
    private static final String FORWARDER = """
            (module
              (import "wasi_snapshot_preview1" "sock_open" (func $open (param i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "sock_bind" (func $bind (param i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "sock_listen" (func $listen (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "sock_accept" (func $accept (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "sock_accept" (func $accept3 (param i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "sock_connect" (func $connect (param i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "sock_recv" (func $recv (param i32 i32 i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "sock_send" (func $send (param i32 i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "sock_shutdown" (func $shutdown (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "sock_getlocaladdr" (func $local (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "sock_getpeeraddr" (func $peer (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "sock_getsockopt" (func $get (param i32 i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "sock_setsockopt" (func $set (param i32 i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "sock_getaddrinfo"
                (func $info (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_fdstat_get" (func $stat (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_fdstat_set_flags" (func $flags (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_tell" (func $tell (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (export "sock_open" (func $open)) (export "sock_bind" (func $bind)) (export "sock_listen" (func $listen))
              (export "sock_accept" (func $accept)) (export "sock_accept3" (func $accept3))
              (export "sock_connect" (func $connect)) (export "sock_recv" (func $recv))
              (export "sock_send" (func $send)) (export "sock_shutdown" (func $shutdown))
              (export "sock_getlocaladdr" (func $local)) (export "sock_getpeeraddr" (func $peer))
              (export "sock_getsockopt" (func $get)) (export "sock_setsockopt" (func $set))
              (export "sock_getaddrinfo" (func $info)) (export "fd_read" (func $read))
              (export "fd_write" (func $write)) (export "fd_close" (func $close))
              (export "fd_fdstat_get" (func $stat)) (export "fd_fdstat_set_flags" (func $flags))
              (export "fd_tell" (func $tell)) (export "poll_oneoff" (func $poll)))
            """;

    final Session session;

    SocketGuest(Sessions sessions, Placement placement, List<String> connect, List<String> listen) {
        var grants = WasiGrants.NONE.withNetwork(NetworkGrants.parse(connect, listen));
        session = sessions.open(new SessionRequest(
                                WatModules.module(FORWARDER),
                                "compiler",
                                placement,
                                MemoryKind.TRACKED,
                                Limits.DEFAULT.withCallTime(Duration.ofSeconds(30)),
                                Optional.of(grants),
                                Map.of(),
                                false)
                        .withTrace(true))
                .join();
    }

    CompletableFuture<CallOutcome> start(String function, Optional<Duration> deadline, int... arguments) {
        var values = Arrays.stream(arguments).mapToObj(Value::i32).toList();
        return session.call(new CallRequest(function, values, deadline));
    }

    static int errno(CallOutcome outcome) {
        assertThat(outcome).isInstanceOf(CallOutcome.Returned.class);
        return ((CallOutcome.Returned) outcome).results().getFirst().asI32();
    }

    int call(String function, int... arguments) {
        return errno(start(function, Optional.empty(), arguments).join());
    }

    int word(int address) {
        return bytes(address, 4).getInt();
    }

    ByteBuffer bytes(int address, int length) {
        return ByteBuffer.wrap(session.read(0, address, length).join().bytes()).order(ByteOrder.LITTLE_ENDIAN);
    }

    void put(int address, byte[] bytes) {
        session.write(0, address, bytes).join();
    }

    void words(int address, int... words) {
        var bytes = ByteBuffer.allocate(words.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (var word : words) {
            bytes.putInt(word);
        }
        put(address, bytes.array());
    }

    int open() {
        assertThat(call("sock_open", 1, 2, RESULT)).isZero();
        return word(RESULT);
    }

    /// Puts an address into the memory.
    ///
    /// @return where its description is
    int address(String literal) {
        var bytes = InetAddress.ofLiteral(literal).getAddress();
        put(ADDRESS + 8, bytes);
        words(ADDRESS, ADDRESS + 8, bytes.length);
        return ADDRESS;
    }

    int connect(int socket, String literal, int port) {
        return call("sock_connect", socket, address(literal), port);
    }

    int write(int socket, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        put(BUFFER, bytes);
        words(VECTOR, BUFFER, bytes.length);
        return call("fd_write", socket, VECTOR, 1, RESULT);
    }

    /// @return what one read gives, up to 1000 bytes
    String read(int socket) {
        words(VECTOR, BUFFER, 1000);
        assertThat(call("fd_read", socket, VECTOR, 1, RESULT)).isZero();
        return text();
    }

    /// What the last call received.
    String text() {
        return StandardCharsets.UTF_8.decode(bytes(BUFFER, word(RESULT))).toString();
    }

    /// Where a buffer of 1000 bytes is described.
    int room() {
        words(VECTOR, BUFFER, 1000);
        return VECTOR;
    }
}
