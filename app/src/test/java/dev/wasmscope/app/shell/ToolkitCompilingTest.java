package dev.wasmscope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToolkitCompilingTest {
    /// A slip in the directives, or a JVM that knows them no more, would only show in what the window costs.
    @Test
    void hotSpotTakesTheDirectives() throws Exception {
        assertThat(ToolkitCompiling.tell()).contains("1 compiler directives added");
    }
}
