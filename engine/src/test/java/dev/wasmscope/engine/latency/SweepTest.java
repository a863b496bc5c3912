package dev.wasmscope.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepTest {
    private final LatencyPlan plan = Snapshots.plan(0);

    @Test
    void eachNameChangesItsOwnPartOfThePlan() {
        assertThat(planned("rate=0,100", 1).settings().mode()).isEqualTo(new LoadMode.FixedRate(100));
        assertThat(planned("rate=0,100", 1).block()).describedAs("fifty sends").isEqualTo(Duration.ofMillis(500));
        assertThat(planned("payload=16,4096", 1).settings().payload()).isEqualTo(4096);
        assertThat(planned("clients=1,20", 1).client().connections()).isEqualTo(20);
        assertThat(planned("load=0,2", 1).client().load()).isEqualTo(2);
        assertThat(planned("rate=0.5,100", 0).block())
                .describedAs("no block lasts longer")
                .isEqualTo(Duration.ofSeconds(2));
    }

    private LatencyPlan planned(String text, int value) {
        var sweep = Sweep.parse(text);
        return sweep.of().in(plan, sweep.values().get(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rate", "rate=", "=1", "rate=a", "rate=1,", "rate=1,1", "pipeline=1"})
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> Sweep.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesThatAPlanCannotHaveAreRefused() {
        for (var text :
                List.of("rate=-1", "payload=-1", "payload=2.5", "clients=0", "clients=1e9", "load=65", "rate=NaN")) {
            assertThatThrownBy(() -> planned(text, 0)).describedAs(text).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
