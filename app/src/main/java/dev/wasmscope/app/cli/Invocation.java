package dev.wasmscope.app.cli;

import dev.wasmscope.app.plugins.Plugin;
import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.names.NearestName;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.Verb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.ToIntFunction;

/// Decides what the command line asks for: a verb, help, or the window with files.
final class Invocation {
    private final List<Verb> verbs;
    private final Map<String, Plugin> off;
    private final ToIntFunction<List<String>> window;
    private final Verb.Terminal terminal;

    /// @param off verbs of plugins that are off
    /// @param window shows the window with files and samples, returns the exit code when it was closed
    Invocation(List<Verb> verbs, Map<String, Plugin> off, ToIntFunction<List<String>> window, Verb.Terminal terminal) {
        this.verbs = List.copyOf(verbs);
        this.off = Map.copyOf(off);
        this.window = window;
        this.terminal = terminal;
    }

    /// @return the exit code
    int run(List<String> arguments) {
        if (arguments.isEmpty()) {
            return window.applyAsInt(arguments);
        }
        var first = arguments.getFirst();
        for (var verb : verbs) {
            if (verb.name().equals(first)) {
                return verb.run(arguments.subList(1, arguments.size()), terminal);
            }
        }
        return switch (first) {
            case "--help", "-h", "help" -> help();
            case "--version", "-V" -> version();
            default -> namesFile(first) ? window.applyAsInt(arguments) : unknown(first);
        };
    }

    /// A verb is one plain word; whatever looks like a path, or is there, is for the window. A file that does not
    /// exist is the window's to report.
    private static boolean namesFile(String word) {
        if (word.startsWith("-")) {
            return false;
        }
        return word.startsWith(SampleCatalogue.PREFIX) || word.contains("/") || word.contains(".") || exists(word);
    }

    private static boolean exists(String word) {
        try {
            return Files.exists(Path.of(word));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private int help() {
        var out = terminal.out();
        out.println("Usage: wasmscope [FILE|sample:NAME ...]     open the window");
        out.println("       wasmscope VERB [ARGUMENT ...]        work without a window");
        out.println();
        int widest = verbs.stream().mapToInt(verb -> verb.name().length()).max().orElse(0);
        for (var verb : verbs) {
            out.println("  " + verb.name() + " ".repeat(widest - verb.name().length()) + "  " + verb.summary());
        }
        out.println();
        out.println("FILE may be sample:NAME. For the options of a verb: wasmscope VERB --help");
        out.println("Exit: 0 done, 1 failed, 2 usage or unreadable input, 3 trap, 4 deadline");
        return VerbLine.DONE;
    }

    private int version() {
        var properties = new Properties();
        try (var in = Invocation.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read version.properties", e);
        }
        terminal.out()
                .println("wasmscope " + properties.getProperty("version") + " on Java " + Runtime.version() + ", "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return VerbLine.DONE;
    }

    private int unknown(String word) {
        var asleep = off.get(word);
        if (asleep != null) {
            terminal.err()
                    .println(
                            "The verb %s comes with the plugin %s, which is off. To switch it on: wasmscope plugins enable %s"
                                    .formatted(word, asleep.name(), asleep.id()));
            return VerbLine.USAGE;
        }
        var names = verbs.stream().map(Verb::name).toList();
        var kind = word.startsWith("-") ? "option" : "verb or file";
        terminal.err()
                .println("There is no %s %s.%s See: wasmscope --help"
                        .formatted(kind, word, NearestName.question(word, names)));
        return VerbLine.USAGE;
    }
}
