package dev.wasmscope.engine.spi;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;

/// One verb of the command line. Loads no JavaFX class.
public interface Verb {
    String name();

    /// One line for the list of verbs.
    String summary();

    /// @return the exit code: 0 done, 1 failed, 2 usage or unreadable input, 3 trap, 4 deadline
    int run(List<String> arguments, Terminal terminal);

    /// What a verb may talk to.
    record Terminal(InputStream in, PrintStream out, PrintStream err) {}
}
