package dev.wasmscope.engine.platform;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A foreign program that ends with this process, whatever ends this process, and leaves no directory behind.
///
/// A shell of a few lines stands between: it reads a pipe whose other end is held here. The kernel closes that end
/// also for a process that was killed; the shell then kills the program and removes its directory. The program's
/// output ends with the program, which is how its own death is noticed.
public final class LeashedProcess implements AutoCloseable {
    private static final String LEASH = """
            directory=$1; shift
            trap : HUP INT QUIT TERM
            exec 3<&0
            "$@" </dev/null 2>&1 3<&- &
            program=$!
            exec >/dev/null 2>&1
            while read -r _ <&3; do :; done
            kill -9 "$program"
            wait "$program"
            rm -rf -- "$directory"
            """;
    private static final int KEPT_LINES = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Process shell;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private LeashedProcess(Process shell) {
        this.shell = shell;
    }

    /// @param directory removed with everything in it when the program is let go
    /// @param name of the thread that reads the program's output
    public static LeashedProcess start(List<String> command, Path directory, String name) throws IOException {
        var all = new ArrayList<>(List.of("/bin/sh", "-c", LEASH, "leash", directory.toString()));
        all.addAll(command);
        var process = new LeashedProcess(new ProcessBuilder(all).start());
        Thread.ofVirtual().name(name).start(process::readLines);
        return process;
    }

    private void readLines() {
        try (var in = new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (lines) {
                    if (lines.size() == KEPT_LINES) {
                        lines.removeFirst();
                    }
                    lines.addLast(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            // The shell is gone, and so is the program.
        } finally {
            synchronized (lines) {
                ended.complete(null);
                lines.notifyAll();
            }
        }
    }

    /// Waits until the program prints a line.
    ///
    /// @return empty when the program ended or the time is over
    public Optional<String> awaitLine(Predicate<String> wanted, Duration timeout) throws InterruptedException {
        var deadline = System.nanoTime() + timeout.toNanos();
        synchronized (lines) {
            while (true) {
                var found = lines.stream().filter(wanted).findFirst();
                var left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (found.isPresent() || ended.isDone() || left <= 0) {
                    return found;
                }
                lines.wait(left);
            }
        }
    }

    /// The last [#KEPT_LINES] lines of output.
    public List<String> lastLines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /// Completes when the program has ended, for whatever reason.
    public CompletionStage<Void> ended() {
        return ended.minimalCompletionStage();
    }

    /// Of the program, not of the shell; empty when it has ended.
    public OptionalLong pid() {
        // One that has ended stays the shell's child until the shell lets go.
        if (ended.isDone()) {
            return OptionalLong.empty();
        }
        return shell.toHandle().children().mapToLong(ProcessHandle::pid).findFirst();
    }

    /// Ends the program and waits until its directory is gone.
    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
        try {
            if (!shell.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("The program did not end within %d s.".formatted(PATIENCE.toSeconds()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
