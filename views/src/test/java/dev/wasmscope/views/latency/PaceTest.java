package dev.wasmscope.views.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long HALF = 500_000_000L;

    private final Pace pace = new Pace();
    private long now;
    private long cpu;

    /// Half-second beats with drawings that cost so much and a process that costs so much besides.
    private int drawings(int seconds, long nanosADrawing, double besides) {
        int drawings = 0;
        for (int beat = 0; beat < 2 * seconds; beat++) {
            now += HALF;
            cpu += (long) (besides * HALF);
            if (pace.due(now, cpu)) {
                drawings++;
                cpu += nanosADrawing;
            }
        }
        return drawings;
    }

    @Test
    void cheapDrawingsBecomeFrequentAndDearOnesRare() {
        pace.begin(0, 0);
        assertThat(drawings(10, 50_000_000, 0.01))
                .describedAs("a beginning is not judged")
                .isEqualTo(10);
        drawings(30, 50_000_000, 0.01);
        assertThat(pace.period()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        long before = cpu;
        drawings(120, 50_000_000, 0.01);
        assertThat((cpu - before) / 120e9).isLessThanOrEqualTo(Pace.MOST * 1.2);

        drawings(60, 1_000_000, 0.001);
        assertThat(pace.period()).isEqualTo(Duration.ofMillis(500));
        assertThat(drawings(10, 1_000_000, 0.001)).isEqualTo(20);
    }

    @Test
    void newRunBeginsAtOnceASecond() {
        pace.begin(0, 0);
        drawings(60, 200_000_000, 0);
        assertThat(pace.period()).isEqualTo(Duration.ofSeconds(4));
        pace.begin(now, cpu);
        assertThat(pace.period()).isEqualTo(Duration.ofSeconds(1));
    }
}
