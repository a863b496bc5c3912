package dev.wasmscope.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Wrong answers of C2 come seldom and look like anybody's fault, so what keeps them away is checked itself.
class JitFlagsTest {
    /// A child that says what its JVM runs with.
    static final class Asked {
        private Asked() {}

        public static void main(String[] arguments) {
            System.out.print(splitsIfs());
        }
    }

    static String splitsIfs() {
        return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("SplitIfBlocks")
                .getValue();
    }

    @Test
    void noProcessThatRunsGuestsSplitsIfs() throws Exception {
        assertThat(splitsIfs()).describedAs("this JVM").isEqualTo("false");
        var child = ChildJvm.start(Asked.class, List.of(), List.of());
        assertThat(new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .describedAs("a child")
                .isEqualTo("false");
        assertThat(child.waitFor()).isZero();
    }
}
