package dev.wasmscope.plugins.redisshm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.platform.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// After each test there is no file, no mapping, no thread and no process more than before.
abstract class LeavesNothing {
    @TempDir
    Path temporary;

    private List<Path> sharedFiles = List.of();
    private Set<Long> processes = Set.of();

    @BeforeEach
    void look() throws IOException {
        sharedFiles = Traces.sharedFiles();
        processes = Traces.descendants();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertThat(Traces.sharedFiles()).containsExactlyInAnyOrderElementsOf(sharedFiles);
        FaultsTest.await(() -> Traces.connectionThreads().isEmpty());
        FaultsTest.await(() -> Traces.rings(ProcessHandle.current().pid()) == 0);
        FaultsTest.await(() -> processes.containsAll(Traces.descendants()));
        // Each server had a directory of its own there.
        var directories = temporary.resolve("run");
        assertThat(Files.exists(directories) ? Traces.list(directories) : List.of())
                .isEmpty();
    }

    Directories directories() {
        return new Directories(temporary, temporary, temporary, temporary.resolve("run"));
    }
}
