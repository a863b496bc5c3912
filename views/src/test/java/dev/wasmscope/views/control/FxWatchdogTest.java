package dev.wasmscope.views.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.scene.Parent;
import javafx.scene.layout.Pane;
import org.junit.jupiter.api.Test;

class FxWatchdogTest extends FxTest {
    @Override
    protected Parent content() {
        return new Pane();
    }

    @Test
    void burningCpuIsReportedWithItsStack() {
        assertThat(reportOf(() -> burn(400))).contains("ms of CPU").contains("FxWatchdogTest.burn");
    }

    @Test
    void manyShortStepsAreNotReported() {
        var watchdog = FxWatchdog.start();
        for (var i = 0; i < 8; i++) {
            onUi(() -> burn(60));
        }
        watchdog.close();
        assertThat(watchdog.reports()).isEmpty();
    }

    @Test
    void waitingForAnotherThreadIsReported() {
        assertThat(reportOf(FxWatchdogTest::await)).contains("waits for a lock").contains("FxWatchdogTest.await");
    }

    @Test
    void readingFromASocketIsReported() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = new Socket(server.getInetAddress(), server.getLocalPort());
                var served = server.accept()) {
            client.setSoTimeout(300);
            assertThat(served.isConnected()).isTrue();
            assertThat(reportOf(() -> read(client))).contains("waits for").contains("FxWatchdogTest.read");
        }
    }

    private String reportOf(Runnable work) {
        var watchdog = FxWatchdog.start();
        onUi(work);
        try {
            watchdog.close();
        } catch (AssertionError found) {
            return String.valueOf(found.getMessage());
        }
        return "";
    }

    private static void burn(long millis) {
        var threads = ManagementFactory.getThreadMXBean();
        var end = threads.getCurrentThreadCpuTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (threads.getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void await() {
        try {
            assertThat(new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void read(Socket socket) {
        try {
            var _ = socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            // That was the wait.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
