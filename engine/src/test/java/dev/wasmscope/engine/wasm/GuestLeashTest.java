package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whom a look at the clock ends, by clocks of the test's own.
class GuestLeashTest {
    private static final long MILLI = 1_000_000;

    private final Seen threads = new Seen();
    private final GuestLeash leash = new GuestLeash();
    private long begun;

    private static final class Seen implements ThreadTimes {
        private long used;
        private boolean waits;

        @Override
        public long used(Thread thread) {
            return used;
        }

        @Override
        public boolean waits(Thread thread) {
            return waits;
        }
    }

    @BeforeEach
    void begin() {
        leash.begin(Duration.ofMillis(100));
        begun = System.nanoTime();
        look(1);
    }

    @AfterEach
    void end() {
        leash.end();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private void look(long millis) {
        leash.look(begun + millis * MILLI, threads);
    }

    private static boolean ended() {
        return Thread.currentThread().isInterrupted();
    }

    @Test
    void callThatUsedItsTimeIsEndedAtItsDeadlineAndNotBefore() {
        threads.used = 98 * MILLI;
        look(99);
        assertThat(ended()).isFalse();
        look(101);
        assertThat(ended()).isTrue();
    }

    @Test
    void callThatWasNotGivenAProcessorIsSparedUntilItHasUsedAQuarterOfItsTime() {
        threads.used = MILLI;
        look(150);
        threads.used = 24 * MILLI;
        look(400);
        assertThat(ended()).isFalse();
        threads.used = 25 * MILLI;
        look(402);
        assertThat(ended()).isTrue();
    }

    @Test
    void callIsEndedAfterTenTimesItsTimeWhateverItUsed() {
        look(998);
        assertThat(ended()).isFalse();
        look(1_001);
        assertThat(ended()).isTrue();
    }

    @Test
    void callThatWaitsIsEndedAtItsDeadline() {
        threads.waits = true;
        look(101);
        assertThat(ended()).isTrue();
    }

    @Test
    void guestThatWaitsByWasiIsEndedAtItsDeadline() {
        var seen = leash.waiting(() -> {
            look(101);
            return Thread.interrupted();
        });
        assertThat(seen).isTrue();
    }

    @Test
    void callThatWaitedInItsHostPastItsDeadlineIsEndedOnReturnThoughItWaitsNoMore() {
        leash.enterHost();
        threads.waits = true;
        look(101);
        threads.waits = false;
        assertThat(ended()).isFalse();
        leash.leaveHost();
        assertThat(ended()).isTrue();
    }

    @Test
    void callWhoseProcessorTimeNobodyKnowsIsEndedByTheClock() {
        leash.end();
        leash.begin(Duration.ofMillis(100));
        begun = System.nanoTime();
        threads.used = -1;
        look(1);
        look(101);
        assertThat(ended()).isTrue();
    }

    @Test
    void whatAnotherCallUsedIsNotThisOnes() {
        threads.used = 1_000 * MILLI;
        leash.end();
        leash.begin(Duration.ofMillis(100));
        begun = System.nanoTime();
        look(1);
        look(150);
        assertThat(ended()).isFalse();
    }
}
