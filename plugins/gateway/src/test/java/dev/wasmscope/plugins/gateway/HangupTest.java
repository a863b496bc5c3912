package dev.wasmscope.plugins.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HangupTest {
    private static final long PATIENCE_SECONDS = 30;

    @Test
    void eachSignalRunsTheActionAndTheProgramGoesOn() throws Exception {
        var came = new Semaphore(0);
        try (var hangup = Hangup.on(came::release)) {
            assumeTrue(hangup != null, "There is no SIGHUP here.");
            for (var i = 0; i < 2; i++) {
                var kill = new ProcessBuilder(
                                "kill",
                                "-HUP",
                                String.valueOf(ProcessHandle.current().pid()))
                        .inheritIO()
                        .start();
                assertThat(kill.waitFor()).isZero();
                assertThat(came.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            }
        }
    }
}
