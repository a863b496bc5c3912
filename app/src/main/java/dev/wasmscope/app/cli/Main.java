package dev.wasmscope.app.cli;

import dev.wasmscope.app.plugins.Plugins;
import dev.wasmscope.app.shell.WindowApp;
import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.spi.Verb;
import java.util.List;

/// Where the program starts. Verbs load no JavaFX class: the window is named in one method that only runs for it.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var terminal = new Verb.Terminal(System.in, System.out, System.err);
        var directories = Directories.ofUser();
        // A verb of the program's own does not wait until plugins are looked for.
        var own = arguments.length > 0
                && Verbs.all().stream().anyMatch(verb -> verb.name().equals(arguments[0]));
        var plugins = own ? Plugins.none() : Plugins.ofUser(directories);
        var verbs = Verbs.with(plugins, Plugins.folder(directories), terminal.err()::println);
        var line = new Invocation(verbs, plugins.offVerbs(), Main::showWindow, terminal);
        System.exit(line.run(List.of(arguments)));
    }

    /// On Linux JavaFX speaks X11 only, also below Wayland; without a display it fails with a stack trace.
    private static int showWindow(List<String> files) {
        if (System.getProperty("os.name").equals("Linux") && System.getenv("DISPLAY") == null) {
            System.err.println("There is no display to open a window on. Start Wasmscope from a desktop, set DISPLAY"
                    + " (ssh -X, or xvfb-run), or use a verb: wasmscope --help");
            return VerbLine.FAILED;
        }
        return WindowApp.show(files);
    }
}
