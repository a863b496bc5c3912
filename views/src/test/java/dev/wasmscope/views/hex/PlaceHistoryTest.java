package dev.wasmscope.views.hex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.views.hex.PlaceHistory.Spot;
import org.junit.jupiter.api.Test;

class PlaceHistoryTest {
    private final PlaceHistory history = new PlaceHistory();

    @Test
    void backAndForwardRetraceTheJumps() {
        history.jumped(at(0), at(1));
        history.jumped(at(1), at(2));
        assertThat(history.back(at(2))).contains(at(1));
        assertThat(history.back(at(1))).contains(at(0));
        assertThat(history.back(at(0))).isEmpty();
        assertThat(history.forward()).contains(at(1));
        assertThat(history.forward()).contains(at(2));
        assertThat(history.forward()).isEmpty();
    }

    @Test
    void jumpFromTheMiddleForgetsWhatLayAhead() {
        history.jumped(at(0), at(1));
        history.jumped(at(1), at(2));
        assertThat(history.back(at(2))).contains(at(1));
        history.jumped(at(1), at(9));
        assertThat(history.canGoForwardProperty().get()).isFalse();
        assertThat(history.back(at(9))).contains(at(1));
    }

    @Test
    void wanderingOffIsRememberedWhenOneGoesBack() {
        history.jumped(at(0), at(5));
        assertThat(history.back(at(7))).contains(at(5));
        assertThat(history.forward()).contains(at(7));
    }

    @Test
    void buttonsKnowWhetherThereIsAWay() {
        assertThat(history.canGoBackProperty().get()).isFalse();
        history.jumped(at(0), at(1));
        assertThat(history.canGoBackProperty().get()).isTrue();
        history.clear();
        assertThat(history.canGoBackProperty().get()).isFalse();
        assertThat(history.back(at(3))).isEmpty();
    }

    private static Spot at(long address) {
        return new Spot(0, Selection.at(address));
    }
}
