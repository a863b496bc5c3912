package dev.wasmscope.engine.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpinBudgetTest {
    private static final long MICROSECOND = 1_000;
    private static final long LEAST = 500;

    private final SpinBudget budget = new SpinBudget();

    @Test
    void whatWouldHaveComeWhileItSpunLongerIsSpunForTheNextTime() {
        budget.slept(60 * MICROSECOND);
        assertThat(budget.nanos()).isBetween(60 * MICROSECOND, 200 * MICROSECOND);
    }

    @Test
    void whatTakesLongerThanAnybodySpinsEndsItSoon() {
        for (var wait = 0; wait < 20; wait++) {
            budget.slept(1_000 * MICROSECOND);
        }
        assertThat(budget.nanos()).isEqualTo(LEAST);
    }

    @Test
    void neverIsSpunForLongerThanTwoHundredMicroseconds() {
        for (var hit = 0; hit < 100; hit++) {
            budget.hit();
        }
        assertThat(budget.nanos()).isEqualTo(200 * MICROSECOND);
        budget.slept(200 * MICROSECOND);
        assertThat(budget.nanos()).isEqualTo(200 * MICROSECOND);
    }

    /// On one processor the other side can answer only when this one has stopped: each wait takes as long as it spins.
    @Test
    void spinningThatKeepsTheAnswerAwayIsGivenUpButForATryNowAndThen() {
        var waits = 2_000;
        var spun = 0L;
        for (var wait = 0; wait < waits; wait++) {
            spun += budget.nanos();
            budget.slept(budget.nanos() + 10 * MICROSECOND);
        }
        assertThat(spun / waits).isLessThan(4 * MICROSECOND);
    }

    @Test
    void oneAnswerInTimeMakesItTryAgain() {
        for (var wait = 0; wait < 20; wait++) {
            budget.slept(budget.nanos() + 10 * MICROSECOND);
        }
        assertThat(budget.nanos()).isEqualTo(LEAST);
        budget.hit();
        budget.slept(60 * MICROSECOND);
        assertThat(budget.nanos()).isGreaterThan(60 * MICROSECOND);
    }
}
