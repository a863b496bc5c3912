package dev.wasmscope.engine.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.wasm.Sessions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Guests against a real server on the loopback interface.
class WasiSocketsTest {
    private static final String LOOPBACK = "127.0.0.1";

    private final Sessions sessions = new Sessions();
    private ServerSocket server = unbound();

    private static ServerSocket unbound() {
        try {
            return new ServerSocket();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        sessions.close();
        server.close();
    }

    private int port() {
        return server.getLocalPort();
    }

    private SocketGuest guest() {
        return guest(LOOPBACK + ":" + port());
    }

    private SocketGuest guest(String... connect) {
        return new SocketGuest(sessions, Placement.IN_PROCESS, List.of(connect), List.of());
    }

    private SocketGuest listener() {
        return new SocketGuest(sessions, Placement.IN_PROCESS, List.of(), List.of(LOOPBACK + ":0"));
    }

    private static void send(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String receive(Socket from, int length) throws IOException {
        return new String(from.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    @Test
    void guestTalksToAServerThatItWasGranted() throws IOException {
        var guest = guest();
        var socket = guest.open();
        assertThat(guest.connect(socket, LOOPBACK, port())).isZero();
        try (var peer = server.accept()) {
            assertThat(guest.write(socket, "ping")).isZero();
            assertThat(receive(peer, 4)).isEqualTo("ping");
            send(peer, "pong");
            assertThat(guest.read(socket)).isEqualTo("pong");
            assertThat(guest.call("sock_shutdown", socket, 2)).isZero();
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
            send(peer, "last");
            peer.shutdownOutput();
            assertThat(guest.read(socket)).isEqualTo("last");
            assertThat(guest.read(socket)).isEmpty();
        }
        assertThat(guest.call("fd_close", socket)).isZero();
        assertThat(guest.call("fd_close", socket)).isEqualTo(Errno.BADF.code());
    }

    @Test
    void receivingAllWaitsForAllOfIt() throws IOException {
        var guest = guest();
        var socket = guest.open();
        guest.connect(socket, LOOPBACK, port());
        try (var peer = server.accept()) {
            guest.words(128, SocketGuest.BUFFER, 3, SocketGuest.BUFFER + 3, 5);
            var waiting = guest.start("sock_recv", Optional.empty(), socket, 128, 2, 2, 0, 16);
            send(peer, "ab");
            send(peer, "cdef");
            send(peer, "ghij");
            assertThat(SocketGuest.errno(waiting.join())).isZero();
            assertThat(guest.text()).isEqualTo("abcdefgh");
        }
    }

    @Test
    void addressesAndOptionsOfAConnectionAreTold() throws IOException {
        var guest = guest();
        var socket = guest.open();
        guest.connect(socket, LOOPBACK, port());
        try (var peer = server.accept()) {
            guest.words(256, 300, 16);
            assertThat(guest.call("sock_getpeeraddr", socket, 256, 320, 324)).isZero();
            assertThat(guest.word(324)).isEqualTo(port());
            assertThat(guest.bytes(300, 4).array()).containsExactly(127, 0, 0, 1);
            assertThat(guest.call("sock_getlocaladdr", socket, 256, 320, 324)).isZero();
            assertThat(guest.word(324)).isEqualTo(peer.getPort());
            guest.words(256, 300, 2);
            assertThat(guest.call("sock_getpeeraddr", socket, 256, 320, 324)).isEqualTo(Errno.INVAL.code());
            guest.words(400, 4);
            assertThat(guest.call("sock_getsockopt", socket, 0, 1, 404, 400)).isZero();
            assertThat(guest.word(404)).isEqualTo(2);
            assertThat(guest.call("sock_getsockopt", socket, 0, 77, 404, 400)).isEqualTo(Errno.NOPROTOOPT.code());
            assertThat(guest.call("sock_getsockopt", socket, 6, 1, 404, 400)).isEqualTo(Errno.NOPROTOOPT.code());
            assertThat(guest.call("fd_fdstat_get", socket, 500)).isZero();
            assertThat(guest.word(500)).isEqualTo(6);
            assertThat(guest.call("fd_tell", socket, 500)).isEqualTo(Errno.SPIPE.code());
        }
    }

    @Test
    void timeOutOfTheGuestsOwnEndsReceiving() throws IOException {
        var guest = guest();
        var socket = guest.open();
        guest.connect(socket, LOOPBACK, port());
        try (var _ = server.accept()) {
            guest.words(400, 0, 0, 20_000, 0);
            assertThat(guest.call("sock_setsockopt", socket, 0, 11, 400, 16)).isZero();
            assertThat(guest.call("fd_read", socket, guest.room(), 1, 0)).isEqualTo(Errno.AGAIN.code());
            guest.words(400, 0, 0, 2_000_000, 0);
            assertThat(guest.call("sock_setsockopt", socket, 0, 11, 400, 16)).isEqualTo(Errno.INVAL.code());
            assertThat(guest.call("sock_setsockopt", socket, 0, 11, 400, 3)).isEqualTo(Errno.INVAL.code());
        }
    }

    @Test
    void socketThatDoesNotBlockAnswersAtOnceAndIsPolled() throws IOException {
        var guest = guest();
        var socket = guest.open();
        assertThat(guest.call("fd_fdstat_set_flags", socket, 4)).isZero();
        assertThat(guest.connect(socket, LOOPBACK, port())).isIn(0, Errno.INPROGRESS.code());
        try (var peer = server.accept()) {
            poll(guest, socket, 2);
            assertThat(guest.call("fd_read", socket, guest.room(), 1, 0)).isEqualTo(Errno.AGAIN.code());
            poll(guest, socket, 1, Duration.ofMillis(5));
            assertThat(guest.bytes(2048, 32).get(10)).as("the clock came first").isZero();
            send(peer, "now");
            poll(guest, socket, 1);
            assertThat(guest.bytes(2048, 32).get(10)).isEqualTo((byte) 1);
            assertThat(guest.read(socket)).isEqualTo("now");
        }
        assertThat(guest.call("fd_fdstat_set_flags", socket, 1)).isEqualTo(Errno.NOTSUP.code());
    }

    /// Waits for a socket to become readable (1) or writable (2).
    private static void poll(SocketGuest guest, int socket, int kind) {
        guest.words(512, 7, 0, kind, 0, socket, 0, 0, 0, 0, 0, 0, 0);
        assertThat(guest.call("poll_oneoff", 512, 2048, 1, 3000)).isZero();
        assertThat(guest.word(3000)).isEqualTo(1);
        assertThat(guest.word(2048)).isEqualTo(7);
    }

    private static void poll(SocketGuest guest, int socket, int kind, Duration most) {
        guest.words(512, 7, 0, kind, 0, socket, 0, 0, 0, 0, 0, 0, 0);
        guest.words(560, 8, 0, 0, 0, 1, 0, (int) most.toNanos(), 0, 0, 0, 0, 0);
        assertThat(guest.call("poll_oneoff", 512, 2048, 2, 3000)).isZero();
        assertThat(guest.word(3000)).isEqualTo(1);
    }

    @Test
    void deadlineEndsACallThatWaitsForItsPeerAndTheHostsSocketsLiveOn() throws IOException {
        var guest = guest();
        var socket = guest.open();
        guest.connect(socket, LOOPBACK, port());
        try (var peer = server.accept()) {
            var outcome = guest.start("fd_read", Optional.of(Duration.ofMillis(100)), socket, guest.room(), 1, 0)
                    .join();
            assertThat(outcome).isInstanceOf(CallOutcome.TimedOut.class);
            send(peer, "late");
            assertThat(guest.read(socket)).isEqualTo("late");
        }
    }

    @Test
    void deadlineEndsACallThatWaitsForAnyone() {
        var guest = listener();
        var socket = guest.open();
        assertThat(guest.call("sock_bind", socket, guest.address(LOOPBACK), 0)).isZero();
        assertThat(guest.call("sock_listen", socket, 5)).isZero();
        var outcome = guest.start("sock_accept", Optional.of(Duration.ofMillis(100)), socket, 0)
                .join();
        assertThat(outcome).isInstanceOf(CallOutcome.TimedOut.class);
    }

    @Test
    void guestListensWhereItWasGranted() throws IOException {
        var guest = listener();
        var socket = guest.open();
        assertThat(guest.call("sock_listen", socket, 5))
                .as("before it is bound")
                .isEqualTo(Errno.INVAL.code());
        assertThat(guest.call("sock_bind", socket, guest.address(LOOPBACK), 0)).isZero();
        assertThat(guest.call("sock_listen", socket, 5)).isZero();
        guest.words(256, 300, 16);
        assertThat(guest.call("sock_getlocaladdr", socket, 256, 320, 324)).isZero();
        for (var accept : List.of("sock_accept", "sock_accept3")) {
            try (var client = new Socket(InetAddress.getLoopbackAddress(), guest.word(324))) {
                assertThat(
                                accept.equals("sock_accept")
                                        ? guest.call(accept, socket, 0)
                                        : guest.call(accept, socket, 0, 0))
                        .isZero();
                var accepted = guest.word(0);
                send(client, "hello");
                assertThat(guest.read(accepted)).isEqualTo("hello");
                assertThat(guest.write(accepted, "you")).isZero();
                assertThat(receive(client, 3)).isEqualTo("you");
                assertThat(guest.call("fd_close", accepted)).isZero();
            }
        }
    }

    @Test
    void nameThatWasGrantedIsResolvedAndConnectedTo() throws IOException {
        var guest = guest("localhost:" + port());
        assertThat(resolve(guest, "localhost")).isZero();
        assertThat(guest.word(900)).isPositive();
        // Family inet4 or inet6, then the port in the network's order.
        var data = guest.bytes(800, 2);
        assertThat(((data.get(0) & 0xff) << 8) | (data.get(1) & 0xff)).isEqualTo(80);
        assertThat(guest.connect(guest.open(), LOOPBACK, port())).isZero();
        server.accept().close();
    }

    /// Asks for one result at 700, its address at 740, the address's data at 800; their number comes at 900.
    private static int resolve(SocketGuest guest, String name) {
        guest.words(700, 0, 0, 0, 740, 0, 0, 0);
        guest.words(740, 0, 0, 800);
        guest.words(908, 700);
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        guest.put(600, bytes);
        guest.put(680, "http".getBytes(StandardCharsets.UTF_8));
        return guest.call("sock_getaddrinfo", 600, bytes.length, 680, 4, 0, 908, 1, 900);
    }

    @Test
    void guestWithoutGrantsHasNoSockets() {
        var guest = guest(new String[0]);
        assertThat(guest.call("sock_open", 1, 2, 0)).isEqualTo(Errno.ACCES.code());
        assertThat(resolve(guest, "localhost")).isEqualTo(Errno.ACCES.code());
    }

    @Test
    void guestInAProcessOfItsOwnHasTheSameGrants() throws IOException {
        var guest = new SocketGuest(sessions, Placement.CHILD, List.of(LOOPBACK + ":" + port()), List.of("[::1]:0"));
        var socket = guest.open();
        assertThat(guest.connect(socket, "127.0.0.2", port())).isEqualTo(Errno.ACCES.code());
        assertThat(guest.connect(socket, LOOPBACK, port())).isZero();
        try (var peer = server.accept()) {
            send(peer, "far");
            assertThat(guest.read(socket)).isEqualTo("far");
        }
    }

    @Test
    void whatWasNotGrantedIsRefused() throws IOException {
        try (var other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var guest = guest();
            var socket = guest.open();
            assertThat(guest.connect(socket, LOOPBACK, other.getLocalPort())).isEqualTo(Errno.ACCES.code());
            assertThat(guest.connect(socket, "127.0.0.2", port())).isEqualTo(Errno.ACCES.code());
            assertThat(guest.connect(socket, "0.0.0.0", port())).isEqualTo(Errno.ACCES.code());
            assertThat(guest.connect(socket, "::1", port())).isEqualTo(Errno.ACCES.code());
            assertThat(guest.call("sock_bind", socket, guest.address(LOOPBACK), 0))
                    .as("to listen is another thing than to connect")
                    .isEqualTo(Errno.ACCES.code());
            assertThat(guest.call("sock_bind", socket, guest.address("0.0.0.0"), 0))
                    .isEqualTo(Errno.ACCES.code());
            assertThat(resolve(guest, "localhost")).isEqualTo(Errno.ACCES.code());
            other.setSoTimeout(1);
            assertThat(guest.connect(socket, LOOPBACK, port()))
                    .as("what was granted still goes")
                    .isZero();
        }
    }

    @Test
    void guestThatMayListenMayNotConnectNorListenElsewhere() {
        var guest = listener();
        var socket = guest.open();
        assertThat(guest.connect(socket, LOOPBACK, port())).isEqualTo(Errno.ACCES.code());
        assertThat(guest.call("sock_bind", socket, guest.address(LOOPBACK), 1)).isEqualTo(Errno.ACCES.code());
        assertThat(guest.call("sock_bind", socket, guest.address("0.0.0.0"), 0)).isEqualTo(Errno.ACCES.code());
    }

    @Test
    void peerThatIsNotThereIsAnErrorNumber() throws IOException {
        var guest = guest();
        var socket = guest.open();
        server.close();
        assertThat(guest.connect(socket, LOOPBACK, port())).isEqualTo(Errno.CONNREFUSED.code());
        assertThat(guest.write(guest.open(), "x")).isEqualTo(Errno.NOTCONN.code());
    }

    @Test
    void wrongArgumentsAreErrorNumbersToo() throws IOException {
        var guest = guest();
        assertThat(guest.call("sock_open", 9, 2, 0)).isEqualTo(Errno.AFNOSUPPORT.code());
        assertThat(guest.call("sock_open", 1, 1, 0)).isEqualTo(Errno.PROTONOSUPPORT.code());
        assertThat(guest.call("sock_open", 1, 2, -2)).isEqualTo(Errno.FAULT.code());
        assertThat(guest.connect(1 << 20, LOOPBACK, port())).isEqualTo(Errno.BADF.code());
        var socket = guest.open();
        assertThat(guest.call("sock_connect", socket, 65_530, port())).isEqualTo(Errno.FAULT.code());
        guest.words(64, -4, 4);
        assertThat(guest.call("sock_connect", socket, 64, port())).isEqualTo(Errno.FAULT.code());
        guest.words(64, 72, 5);
        assertThat(guest.call("sock_connect", socket, 64, port())).isEqualTo(Errno.INVAL.code());
        assertThat(guest.call("sock_connect", socket, guest.address(LOOPBACK), 65_536 + port()))
                .isEqualTo(Errno.INVAL.code());
        assertThat(guest.connect(socket, LOOPBACK, port())).isZero();
        assertThat(guest.connect(socket, LOOPBACK, port())).isEqualTo(Errno.ISCONN.code());
        try (var _ = server.accept()) {
            assertThat(guest.call("fd_write", socket, 128, -1, 0)).isEqualTo(Errno.INVAL.code());
            guest.words(128, 1024, -1);
            assertThat(guest.call("fd_write", socket, 128, 1, 0)).isEqualTo(Errno.FAULT.code());
            assertThat(guest.call("sock_recv", socket, guest.room(), 1, 1, 0, 16))
                    .isEqualTo(Errno.NOTSUP.code());
            guest.words(512, 7, 0, 1, 0, socket, 0, 0, 0, 0, 0, 0, 0);
            assertThat(guest.call("poll_oneoff", 512, 65_530, 1, 0)).isEqualTo(Errno.FAULT.code());
            assertThat(guest.call("poll_oneoff", 512, 2048, 1, -1)).isEqualTo(Errno.FAULT.code());
        }
        assertThat(guest.call("sock_getaddrinfo", 0, 2000, 0, 0, 0, 0, 1, 900)).isEqualTo(Errno.INVAL.code());
    }

    @Test
    void traceNamesPeersAndSockets() throws IOException {
        var guest = guest();
        var socket = guest.open();
        guest.connect(socket, LOOPBACK, port());
        try (var _ = server.accept()) {
            guest.write(socket, "hi");
            var calls = guest.session.wasiCalls(1).calls();
            assertThat(calls.stream().map(c -> c.function() + " " + WasiText.arguments(c)))
                    .anySatisfy(line -> assertThat(line).startsWith("sock_open family=inet4, type=stream"))
                    .anySatisfy(
                            line -> assertThat(line).contains("sock_connect").contains("addr=", "127.0.0.1"))
                    .anySatisfy(line -> assertThat(line)
                            .contains("fd_write")
                            .contains("(127.0.0.1:" + port() + ")")
                            .contains("\"hi\""));
        }
    }
}
