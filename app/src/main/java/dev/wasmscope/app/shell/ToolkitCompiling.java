package dev.wasmscope.app.shell;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import javax.management.JMException;
import javax.management.ObjectName;

/// Leaves the code of JavaFX, Java2D and the charts to HotSpot's quick compiler.
///
/// With the inlining that guests need (`JitFlags`) the thorough one is busy with the toolkit for minutes, and for more
/// than a second with a single method, while the window draws a few frames a second: more than it could ever save, and
/// measured along with what the latency lab measures (docs/decisions/0019). Guests and the engine are none of it.
final class ToolkitCompiling {
    private static final String DIRECTIVES = "toolkit-compiling.json";
    private static final String ADDED = "compiler directives added";

    private ToolkitCompiling() {}

    /// Off the UI thread. Where it cannot be done, on another JVM say, the window is dearer and works all the same.
    static void begin() {
        Thread.ofPlatform().daemon().name("toolkit-compiling").start(() -> {
            try {
                var answer = tell();
                if (!answer.contains(ADDED)) {
                    log("HotSpot answered: " + answer);
                }
            } catch (IOException | JMException e) {
                log(String.valueOf(e.getMessage()));
            }
        });
    }

    /// @return what HotSpot said
    static String tell() throws IOException, JMException {
        var file = Files.createTempFile("wasmscope", ".json");
        try {
            copy(file);
            var answer = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "compilerDirectivesAdd",
                            new Object[] {new String[] {file.toString()}},
                            new String[] {String[].class.getName()});
            return String.valueOf(answer);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void copy(Path file) throws IOException {
        try (var directives = ToolkitCompiling.class.getResourceAsStream(DIRECTIVES)) {
            Files.copy(Objects.requireNonNull(directives, DIRECTIVES), file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void log(String why) {
        System.getLogger(ToolkitCompiling.class.getName())
                .log(Level.DEBUG, "The toolkit's code is compiled like all other: " + why);
    }
}
