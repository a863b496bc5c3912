package dev.wasmscope.plugins.strings;

import dev.wasmscope.engine.spi.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// `strings FILE [--min N] [--json]`
public final class StringsVerb implements Verb {
    private static final int DONE = 0;
    private static final int USAGE = 2;
    private static final int USUAL_MINIMUM = 4;

    @Override
    public String name() {
        return "strings";
    }

    @Override
    public String summary() {
        return "List the printable strings in a module's data.";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        var file = "";
        var minimum = USUAL_MINIMUM;
        var json = false;
        for (var i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            switch (argument) {
                case "--help", "-h" -> {
                    terminal.out().println("Usage: wasmscope strings FILE [--min N] [--json]");
                    return DONE;
                }
                case "--json" -> json = true;
                case "--min" -> minimum = ++i < arguments.size() ? number(arguments.get(i)) : -1;
                default -> {
                    if (argument.startsWith("-") || !file.isEmpty()) {
                        return usage(terminal, "\"%s\" is one argument too many.".formatted(argument));
                    }
                    file = argument;
                }
            }
        }
        if (minimum < 1) {
            return usage(terminal, "--min takes a whole number from 1 on.");
        }
        return file.isEmpty() ? usage(terminal, "Which FILE?") : list(file, minimum, json, terminal);
    }

    private static int list(String file, int minimum, boolean json, Terminal terminal) {
        try {
            var found = StringScan.scan(Files.readAllBytes(Path.of(file)), minimum);
            if (json) {
                terminal.out().println(Json.of(found));
            } else {
                for (var string : found) {
                    var address = string.address().isPresent()
                            ? "0x%08x".formatted(string.address().getAsLong())
                            : "-";
                    terminal.out().printf("0x%08x  %10s  %s%n", string.offset(), address, oneLine(string.text()));
                }
            }
            return DONE;
        } catch (DataSection.MalformedException e) {
            terminal.err().println(file + ": " + e.getMessage() + ".");
        } catch (IOException | InvalidPathException e) {
            terminal.err().println("%s cannot be read: %s".formatted(file, e));
        }
        return USAGE;
    }

    static String oneLine(String text) {
        return text.replace("\n", "\\n").replace("\t", "\\t");
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static int usage(Terminal terminal, String what) {
        terminal.err().println(what + " Usage: wasmscope strings FILE [--min N] [--json]");
        return USAGE;
    }
}
