package dev.wasmscope.engine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmscope.engine.spi.Verb;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// Runs one line of the command line: a picocli command with the exit codes and the tone that all verbs share.
///
/// A verb hands over an object whose fields picocli fills and whose `call` does the work and returns the exit code.
/// `--help` is added here.
public final class VerbLine {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    /// Usage, or input that cannot be read.
    public static final int USAGE = 2;
    public static final int TRAP = 3;
    public static final int DEADLINE = 4;

    private VerbLine() {}

    /// @param command a picocli `@Command`; what it throws is written as one sentence and fails the verb
    public static int run(Verb verb, Callable<Integer> command, List<String> arguments, Verb.Terminal terminal) {
        return run(verb, new CommandLine(command), arguments, terminal);
    }

    /// @param spec with its options, and a [Callable] as its user object
    public static int run(Verb verb, CommandSpec spec, List<String> arguments, Verb.Terminal terminal) {
        return run(verb, new CommandLine(spec), arguments, terminal);
    }

    private static int run(Verb verb, CommandLine line, List<String> arguments, Verb.Terminal terminal) {
        line.setCommandName("wasmscope " + verb.name());
        line.getCommandSpec().usageMessage().description(verb.summary());
        line.getCommandSpec()
                .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help and exit.")
                        .build());
        line.setUsageHelpAutoWidth(true);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.setOut(writer(terminal.out()));
        line.setErr(writer(terminal.err()));
        line.setParameterExceptionHandler((problem, given) -> wrong(problem, verb, terminal));
        line.setExecutionExceptionHandler((problem, ran, given) -> {
            if (problem instanceof WrongValueException) {
                return wrong(problem, verb, terminal);
            }
            terminal.err().println(sentence(problem));
            return FAILED;
        });
        int code = line.execute(arguments.toArray(String[]::new));
        terminal.out().flush();
        return code;
    }

    private static int wrong(Exception problem, Verb verb, Verb.Terminal terminal) {
        terminal.err().println(sentence(problem));
        terminal.err().println("See: wasmscope " + verb.name() + " --help");
        return USAGE;
    }

    /// For what a command does first: an [IllegalArgumentException] of this is a line that was given wrongly.
    public static void check(Runnable values) {
        try {
            values.run();
        } catch (IllegalArgumentException e) {
            throw new WrongValueException(e);
        }
    }

    /// @param kind what is named: `runtime`
    /// @throws IllegalArgumentException naming all that are known, when this one is not
    public static void requireKnown(String kind, String given, List<String> known) {
        if (!known.contains(given)) {
            throw new IllegalArgumentException(
                    "There is no %s %s; there are %s".formatted(kind, given, String.join(", ", known)));
        }
    }

    private static final class WrongValueException extends RuntimeException {
        private static final long serialVersionUID = 1;

        WrongValueException(IllegalArgumentException why) {
            super(why.getMessage(), why);
        }
    }

    /// Writes a JSON value, indented, with a newline at its end.
    public static void print(JsonNode value, Verb.Terminal terminal) {
        try {
            terminal.out()
                    .println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON nodes always has a text", e);
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /// The message of a file-system exception is nothing but a path.
    private static String sentence(Exception problem) {
        var message = Objects.requireNonNullElse(problem.getMessage(), problem.toString());
        var text = switch (problem) {
            case NoSuchFileException _ -> "There is no file or folder " + message;
            case AccessDeniedException _ -> "No permission for " + message;
            case FileSystemException _
            when message.indexOf(' ') < 0 -> problem.getClass().getSimpleName() + " for " + message;
            default -> message;
        };
        return text.matches("(?s).*[.?!]") ? text : text + ".";
    }
}
