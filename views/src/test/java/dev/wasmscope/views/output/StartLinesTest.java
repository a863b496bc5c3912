package dev.wasmscope.views.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.views.workspace.OpenModules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the output says of modules that are opened. Without a toolkit.
class StartLinesTest {
    private final OpenModules open = new OpenModules();
    private final OutputLog log = new OutputLog();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        open.close();
    }

    private List<String> texts() {
        return log.lines().stream().map(OutputLine::text).toList();
    }

    @Test
    void readingAndStartingAreTimedAndCompilingIsNamedOnce() {
        var _ = new StartLines(open.workspace, open.background, log, _ -> false);
        var fib = open.running("fib");
        open.ui.until("both lines are there", () -> log.lines().size() == 2);
        assertThat(texts().getFirst()).matches("fib\\.wasm: read in [\\d,]+ ms, 2 functions, 2 exports");
        assertThat(texts().getLast())
                .matches("fib\\.wasm: compiled and started in [\\d,]+ ms; the compiled code is kept .*");
        fib.restart();
        open.ui.until("it was started again", () -> log.lines().size() == 3);
        assertThat(texts().getLast()).matches("fib\\.wasm: started in [\\d,]+ ms");
    }

    @Test
    void malformedModuleGivesItsReason() throws Exception {
        var _ = new StartLines(open.workspace, open.background, log, _ -> true);
        open.workspace.open(Files.write(folder.resolve("bad.wasm"), new byte[] {0, 'a', 's', 'm', 7, 0, 0, 0}));
        open.ui.until("the reason is there", () -> !log.lines().isEmpty());
        assertThat(log.lines().getFirst().level()).isEqualTo(OutputLine.Level.FAIL);
        assertThat(texts().getFirst()).startsWith("bad.wasm: ").contains("version 7");
    }
}
