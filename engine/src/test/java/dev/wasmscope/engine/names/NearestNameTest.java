package dev.wasmscope.engine.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private static final List<String> VERBS = List.of("disasm", "inspect", "invoke", "latency", "samples");

    @Test
    void oneWrongLetterFindsTheName() {
        assertThat(NearestName.of("inspekt", VERBS)).contains("inspect");
        assertThat(NearestName.of("invok", VERBS)).contains("invoke");
    }

    @Test
    void swappedNeighboursCountAsOneError() {
        assertThat(NearestName.of("ad", List.of("da", "xyz"))).contains("da");
    }

    @Test
    void caseDoesNotCount() {
        assertThat(NearestName.of("LATENCY", VERBS)).contains("latency");
    }

    @Test
    void beginningOfANameIsEnough() {
        assertThat(NearestName.of("dis", VERBS)).contains("disasm");
    }

    @Test
    void somethingElseFindsNothing() {
        assertThat(NearestName.of("benchmark", VERBS)).isEmpty();
        assertThat(NearestName.of("", VERBS)).isEmpty();
        assertThat(NearestName.of("x".repeat(100_000), VERBS)).isEmpty();
        assertThat(NearestName.question("benchmark", VERBS)).isEmpty();
    }

    @Test
    void questionEndsASentence() {
        assertThat("There is no verb inspekt." + NearestName.question("inspekt", VERBS))
                .isEqualTo("There is no verb inspekt. Did you mean inspect?");
    }
}
