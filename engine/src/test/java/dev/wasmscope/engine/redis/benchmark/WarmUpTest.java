package dev.wasmscope.engine.redis.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpTest {
    /// Each pass begins when the one before it ends; the process needs a second before the first.
    private static WarmUp of(double... cpuSeconds) {
        var warmUp = new WarmUp();
        double now = 1;
        for (var seconds : cpuSeconds) {
            warmUp.add(new WarmUp.Pass(now, seconds));
            now += seconds;
        }
        return warmUp;
    }

    @Test
    void steadyIsTheFirstPassThatIsAsFastAsTheLastOnes() {
        assertThat(of(5, 3, 2, 1, 1, 1, 1, 1, 1).steadySeconds()).isEqualTo(11);
    }

    @Test
    void oneSlowPassAmongSteadyOnesChangesNothing() {
        assertThat(of(5, 1, 1, 4, 1, 1, 1, 1, 1).steadySeconds()).isEqualTo(6);
    }

    @Test
    void oneFastPassAmongSlowOnesIsNotSteady() {
        assertThat(of(5, 1, 5, 5, 1, 1, 1, 1, 1).steadySeconds()).isGreaterThan(15);
    }

    @Test
    void passesThatOnlyGetFasterAreSteadyInTheLastThree() {
        assertThat(of(9, 8, 7, 6, 5, 4, 3).steadySeconds()).isEqualTo(31);
    }

    @Test
    void singlePassIsWhereItBegan() {
        assertThat(of(5).steadySeconds()).isEqualTo(1);
    }
}
