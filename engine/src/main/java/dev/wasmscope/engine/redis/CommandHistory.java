package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.platform.AtomicFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Lines that were entered, the oldest first, kept in a file. Passwords are not. One thread.
public final class CommandHistory {
    /// The oldest ones make room.
    public static final int MOST = 1_000;

    private static final int LONGEST = 16 * 1024;
    private static final Pattern SECRET = Pattern.compile(
            "^(AUTH\\b|HELLO\\b.*\\bAUTH\\b|ACL\\s+SETUSER\\b|MIGRATE\\b.*\\bAUTH2?\\b|CONFIG\\s+SET\\b.*(PASS|MASTERAUTH)).*");

    private final Path file;
    private final List<String> lines;

    private CommandHistory(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /// What was read, and what was wrong with the file.
    ///
    /// @param complaint a sentence; empty where nothing was wrong
    public record Opened(CommandHistory history, Optional<String> complaint) {}

    /// Reads the file; one that cannot be read is set aside, and history begins anew.
    public static Opened open(Path file) {
        try {
            var lines = Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.<String>of();
            var kept = lines.subList(Math.max(0, lines.size() - MOST), lines.size());
            return new Opened(new CommandHistory(file, new ArrayList<>(kept)), Optional.empty());
        } catch (IOException e) {
            return new Opened(new CommandHistory(file, new ArrayList<>()), Optional.of(setAside(file, e)));
        }
    }

    private static String setAside(Path file, IOException cause) {
        var reason = cause instanceof CharacterCodingException ? "it is no text" : cause.getMessage();
        var aside = file.resolveSibling(file.getFileName() + ".unreadable");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            return "The command history %s could not be read (%s); it was set aside as %s."
                    .formatted(file, reason, aside.getFileName());
        } catch (IOException e) {
            return "The command history %s could not be read (%s).".formatted(file, reason);
        }
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    /// Adds a line unless it is empty, the last one again, begins with a space, or holds a password.
    ///
    /// @return whether it was added
    public boolean add(String line) {
        var last = lines.isEmpty() ? "" : lines.getLast();
        if (line.isBlank()
                || line.startsWith(" ")
                || line.length() > LONGEST
                || line.indexOf('\n') >= 0
                || line.equals(last)
                || SECRET.matcher(line.toUpperCase(Locale.ROOT)).matches()) {
            return false;
        }
        lines.add(line);
        if (lines.size() > MOST) {
            lines.removeFirst();
        }
        return true;
    }

    /// The newest line before `below` that holds the text, in whatever case.
    ///
    /// @param below an index, or the size for the newest of all
    /// @return its index
    public Optional<Integer> search(String text, int below) {
        var wanted = text.toLowerCase(Locale.ROOT);
        for (var i = Math.min(below, lines.size()) - 1; i >= 0; i--) {
            if (lines.get(i).toLowerCase(Locale.ROOT).contains(wanted)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /// Writes the file anew.
    public void save() throws IOException {
        write(file, lines());
    }

    /// For writing on another thread than the one that adds.
    public static void write(Path file, List<String> lines) throws IOException {
        AtomicFiles.write(file, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    public Path file() {
        return file;
    }
}
