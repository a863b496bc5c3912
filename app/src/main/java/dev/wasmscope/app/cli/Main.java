package dev.wasmscope.app.cli;

import dev.wasmscope.app.shell.WindowApp;
import dev.wasmscope.engine.spi.Verb;
import java.util.List;

/// Where the program starts. Verbs load no JavaFX class: the window is named in one lambda that only runs for it.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var terminal = new Verb.Terminal(System.in, System.out, System.err);
        var line = new Invocation(Verbs.all(), Main::showWindow, terminal);
        System.exit(line.run(List.of(arguments)));
    }

    private static int showWindow(List<String> files) {
        return WindowApp.show(files);
    }
}
