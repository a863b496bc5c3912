package dev.wasmscope.engine.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Starts a Java process with this program's own class path and Java.
///
/// The child's standard input is the leash: [#endWithParent()] ends the child when the parent's end of the pipe
/// closes, which the kernel does also for a parent that was killed. Error output is inherited; standard output is
/// the caller's to read.
public final class ChildJvm {
    private ChildJvm() {}

    /// @param options for the JVM, before the class name
    /// @throws IOException when the process cannot be started
    public static Process start(Class<?> main, List<String> options, List<String> arguments) throws IOException {
        return new ProcessBuilder(command(main, options, arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// What [#start] runs, for an owner that starts it in a way of its own.
    public static List<String> command(Class<?> main, List<String> options, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JitFlags.SOUND);
        command.addAll(options);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }

    /// For a child that reads nothing from its standard input: ends it, shutdown hooks included, at end of file.
    public static void endWithParent() {
        Thread.ofPlatform().daemon().name("leash").start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // What the parent writes here has no meaning.
                }
            } catch (IOException e) {
                // The parent is gone just as well.
            }
            System.exit(0);
        });
    }
}
