package dev.wasmscope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FuzzyTest {
    @Test
    void lettersMustOccurInOrder() {
        assertThat(Fuzzy.score("zx", "exz")).isEqualTo(Fuzzy.NO_MATCH);
        assertThat(Fuzzy.score("abc", "ab")).isEqualTo(Fuzzy.NO_MATCH);
        assertThat(Fuzzy.score("ml", "malloc")).isGreaterThan(Fuzzy.NO_MATCH);
    }

    @Test
    void onePieceBeatsScatteredLettersAndAStartBeatsAMiddle() {
        assertThat(Fuzzy.score("fib", "fib")).isGreaterThan(Fuzzy.score("fib", "my_fib"));
        assertThat(Fuzzy.score("fib", "my_fib")).isGreaterThan(Fuzzy.score("fib", "find_in_buffer"));
        assertThat(Fuzzy.score("rl", "Reset Layout")).isGreaterThan(Fuzzy.score("rl", "world"));
    }
}
