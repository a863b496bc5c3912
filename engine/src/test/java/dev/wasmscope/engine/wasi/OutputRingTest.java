package dev.wasmscope.engine.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputRingTest {
    private final OutputRing ring = new OutputRing(8);

    private void write(String text) {
        ring.write(text.getBytes(StandardCharsets.UTF_8), 0, text.length());
    }

    @Test
    void readsOnFromAPosition() {
        write("abc");
        write("de");
        assertThat(ring.from(2).bytes()).asString().isEqualTo("cde");
        assertThat(ring.from(5).bytes()).isEmpty();
    }

    @Test
    void dropsTheOldestAndSaysSo() {
        write("0123456");
        write("789");
        assertThat(ring.written()).isEqualTo(10);
        assertThat(ring.from(0).from()).isEqualTo(2);
        assertThat(ring.from(0).bytes()).asString().isEqualTo("23456789");
    }

    @Test
    void keepsTheEndOfAWriteLongerThanItself() {
        write("x");
        write("0123456789abcdef");
        assertThat(ring.from(0).bytes()).asString().isEqualTo("89abcdef");
        assertThat(ring.written()).isEqualTo(17);
    }
}
