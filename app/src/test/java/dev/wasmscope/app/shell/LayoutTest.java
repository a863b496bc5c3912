package dev.wasmscope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static final Layout LAYOUT = new Layout.Branch(
            true,
            List.of(0.7),
            List.of(
                    new Layout.Branch(
                            false,
                            List.of(0.2),
                            List.of(new Layout.Leaf(List.of("a"), 0), new Layout.Leaf(List.of("b", "c"), 1))),
                    new Layout.Leaf(List.of("d"), 0)));

    @Test
    void layoutComesBackFromItsJson() {
        assertThat(Layout.of(LAYOUT.toJson())).isEqualTo(LAYOUT);
        assertThat(LAYOUT.allTools()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void damagedLayoutsAreRefusedWithWhatIsWrong() {
        assertRefused("{\"tabs\":[],\"selected\":0}", "tab 0 of []");
        assertRefused("{\"tabs\":[\"a\"],\"selected\":3}", "tab 3 of [a]");
        assertRefused("{\"split\":\"diagonal\",\"parts\":[{\"tabs\":[\"a\"]}]}", "diagonal");
        assertRefused("{\"split\":\"vertical\",\"dividers\":[1.5],\"parts\":[]}", "1.5");
        assertRefused("{\"split\":\"vertical\",\"dividers\":[],\"parts\":[]}", "0 parts");
        var deep = "{\"split\":\"vertical\",\"parts\":[".repeat(40);
        assertRefused(deep + "{\"tabs\":[\"a\"]}" + "]}".repeat(40), "deeper than 32");
    }

    private static void assertRefused(String json, String reason) {
        assertThatThrownBy(() -> Layout.of(new ObjectMapper().readTree(json)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
