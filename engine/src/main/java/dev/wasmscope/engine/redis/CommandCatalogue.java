package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.resp.RespValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The commands of a server: for completion, hints and help.
public final class CommandCatalogue {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern TOKEN = Pattern.compile("[A-Z][A-Z0-9-]*");
    private static final Pattern WORD =
            Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"?|'(?:\\\\.|[^'\\\\])*'?|[^\\s\"']\\S*");
    private static final int MOST_PROPOSALS = 200;

    private final NavigableMap<String, Entry> commands;

    private record Entry(CommandDoc doc, List<ArgumentSpec> arguments) {}

    private CommandCatalogue(NavigableMap<String, Entry> commands) {
        this.commands = commands;
    }

    /// A word or two to put in place of what was typed.
    ///
    /// @param detail what it is for, or its arguments
    public record Proposal(String text, String detail) {}

    /// Asks a server: COMMAND DOCS (7.0 and later), else the table that comes with us, limited to what its COMMAND
    /// lists. A server that tells neither gets the whole table.
    public static CommandCatalogue of(RedisClient client) throws IOException, InterruptedException {
        var docs = client.ask(PATIENCE, "COMMAND", "DOCS").value();
        if (!fields(docs).isEmpty()) {
            return fromDocs(docs);
        }
        var names = new ArrayList<String>();
        for (var command : Handshake.items(client.ask(PATIENCE, "COMMAND").value())) {
            var facts = Handshake.items(command);
            if (!facts.isEmpty()) {
                names.add(Handshake.text(facts.getFirst()).toUpperCase(Locale.ROOT));
            }
        }
        return names.isEmpty() ? builtIn() : builtIn().limitedTo(names);
    }

    static CommandCatalogue fromDocs(RespValue docs) {
        var all = new TreeMap<String, Entry>();
        addDocs(all, docs);
        return new CommandCatalogue(all);
    }

    private static void addDocs(Map<String, Entry> all, RespValue docs) {
        fields(docs).forEach((name, doc) -> {
            var fields = fields(doc);
            var upper = name.toUpperCase(Locale.ROOT).replace('|', ' ');
            var arguments = ArgumentSpec.fromDocs(fields.getOrDefault("arguments", new RespValue.Nil()));
            var known = new CommandDoc(
                    upper,
                    Handshake.text(fields.getOrDefault("summary", new RespValue.Nil())),
                    Handshake.text(fields.getOrDefault("since", new RespValue.Nil())),
                    ArgumentSpec.syntax(arguments));
            all.put(upper, new Entry(known, arguments));
            addDocs(all, fields.getOrDefault("subcommands", new RespValue.Nil()));
        });
    }

    /// A map of RESP3 or a flat array of RESP2, by its keys as text.
    static Map<String, RespValue> fields(RespValue value) {
        var fields = new HashMap<String, RespValue>();
        if (value instanceof RespValue.MapReply(var entries)) {
            entries.forEach(entry -> fields.put(Handshake.text(entry.key()), entry.value()));
        } else if (value instanceof RespValue.Array(var items)) {
            for (var i = 0; i + 1 < items.size(); i += 2) {
                fields.put(Handshake.text(items.get(i)), items.get(i + 1));
            }
        }
        return fields;
    }

    /// The commands of Redis 6.2, the last without COMMAND DOCS.
    public static CommandCatalogue builtIn() {
        var all = new TreeMap<String, Entry>();
        try (var in = CommandCatalogue.class.getResourceAsStream("commands.txt")) {
            if (in == null) {
                throw new IllegalStateException("commands.txt is missing beside " + CommandCatalogue.class.getName());
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                var parts = line.split("\t", -1);
                var doc = new CommandDoc(parts[0], "", parts[1], parts[2]);
                all.put(doc.name(), new Entry(doc, doc.arguments()));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CommandCatalogue(all);
    }

    private CommandCatalogue limitedTo(List<String> names) {
        var limited = new TreeMap<String, Entry>();
        for (var name : names) {
            limited.put(name, new Entry(new CommandDoc(name, "", "", ""), List.of()));
            commands.subMap(name, true, name + " " + Character.MAX_VALUE, true).forEach((known, entry) -> {
                if (known.equals(name) || known.startsWith(name + " ")) {
                    limited.put(known, entry);
                }
            });
        }
        return new CommandCatalogue(limited);
    }

    public List<CommandDoc> all() {
        return commands.values().stream().map(Entry::doc).toList();
    }

    /// The command that a line begins, the longest name first: `CLIENT LIST` before `CLIENT`.
    public Optional<CommandDoc> find(String line) {
        return entry(words(line)).map(Entry::doc);
    }

    private Optional<Entry> entry(List<String> words) {
        for (var length = Math.min(2, words.size()); length > 0; length--) {
            var found = commands.get(String.join(" ", words.subList(0, length)).toUpperCase(Locale.ROOT));
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /// What may follow a line, for showing behind the cursor; empty where nothing is known.
    public String hint(String line) {
        var words = words(line);
        var entry = entry(words);
        if (entry.isEmpty()) {
            return "";
        }
        var name = entry.get().doc().name();
        var nameWords = name.split(" ", -1).length;
        var container = entry.get().arguments().isEmpty() && nameWords == 1 && hasSubcommands(name);
        if (container) {
            return words.size() == 1 ? apart(line) + "subcommand" : "";
        }
        var typed = words.subList(nameWords, words.size());
        var rest = ArgumentHint.behind(entry.get().arguments(), typed);
        return rest.isEmpty() ? "" : apart(line) + rest;
    }

    private boolean hasSubcommands(String name) {
        var next = commands.higherKey(name);
        return next != null && next.startsWith(name + " ");
    }

    private static String apart(String line) {
        return line.isEmpty() || Character.isWhitespace(line.charAt(line.length() - 1)) ? "" : " ";
    }

    /// Ways to go on from the last word of a line: names of commands, then the tokens that fit there.
    ///
    /// @return each replaces the line's last `replaced(line)` characters
    public List<Proposal> complete(String line) {
        var stripped = line.stripLeading();
        var start = stripped.toUpperCase(Locale.ROOT);
        var names = commands.tailMap(start, true).entrySet().stream()
                .takeWhile(e -> e.getKey().startsWith(start))
                .filter(e -> !e.getKey().equals(start))
                // Subcommands are proposed once their container is there.
                .filter(e -> start.contains(" ") || !e.getKey().contains(" "))
                .limit(MOST_PROPOSALS)
                .map(e -> new Proposal(
                        lastWord(e.getKey(), start), e.getValue().doc().syntax()))
                .toList();
        if (!names.isEmpty() || stripped.isEmpty()) {
            return stripped.isEmpty() ? List.of() : names;
        }
        return tokens(line);
    }

    /// What a name adds from its last typed word on.
    private static String lastWord(String name, String start) {
        return name.substring(start.lastIndexOf(' ') + 1);
    }

    private List<Proposal> tokens(String line) {
        var word = line.substring(line.length() - replaced(line));
        if (word.isEmpty()) {
            return List.of();
        }
        var open = hint(line.substring(0, line.length() - word.length()));
        return TOKEN.matcher(open)
                .results()
                .map(MatchResult::group)
                .filter(token -> token.startsWith(word.toUpperCase(Locale.ROOT)) && !token.equalsIgnoreCase(word))
                .distinct()
                .map(token -> new Proposal(token, ""))
                .toList();
    }

    /// How many characters at the end of a line a proposal replaces: its last word.
    public static int replaced(String line) {
        var at = line.length();
        while (at > 0 && !Character.isWhitespace(line.charAt(at - 1))) {
            at--;
        }
        return line.length() - at;
    }

    /// Roughly: a hint needs no escapes resolved, only words told apart.
    private static List<String> words(String line) {
        return WORD.matcher(line).results().map(MatchResult::group).toList();
    }
}
