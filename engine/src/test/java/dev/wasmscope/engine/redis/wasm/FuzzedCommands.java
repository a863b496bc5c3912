package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.resp.RespValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Random commands over all that a server's COMMAND DOCS lists, arguments by its syntax.
final class FuzzedCommands {
    /// PFSELFTEST is a test of Redis's own that takes seconds. SHUTDOWN has tests of its own.
    private static final Set<String> NOT_SENT = Set.of("PFSELFTEST", "SHUTDOWN");
    /// Not in DEBUG's documentation. Those that are made to crash (SEGFAULT, PANIC, ASSERT, OOM) do, and LEAK leaks;
    /// ERROR answers with any kind of error one wants.
    private static final List<String> DEBUG = List.of(
            "DIGEST",
            "DIGEST-VALUE",
            "RELOAD",
            "OBJECT",
            "LISTPACK",
            "QUICKLIST",
            "HTSTATS",
            "HTSTATS-KEY",
            "SDSLEN",
            "PROTOCOL",
            "SLEEP",
            "STRUCTSIZE",
            "CHANGE-REPL-ID",
            "STRINGMATCH-LEN",
            "SET-ACTIVE-EXPIRE",
            "JMAP",
            "ZIPLIST",
            "LOADAOF",
            "RESTART",
            "POPULATE",
            "QUICKLIST-PACKED-THRESHOLD",
            "LOG",
            "REPLICATE",
            "HELP");
    /// Parameters whose values decide what a server may take: they are the owner's. One that asks for a password would
    /// end the run, ACL does that just as well; the log's file is not there.
    private static final List<String> PARAMETERS = List.of(
            "hash-max-listpack-entries",
            "list-max-listpack-size",
            "list-compress-depth",
            "set-max-intset-entries",
            "zset-max-listpack-entries",
            "stream-node-max-entries",
            "hz",
            "lazyfree-lazy-expire",
            "maxmemory-policy",
            "notify-keyspace-events",
            "slowlog-log-slower-than",
            "latency-monitor-threshold",
            "activedefrag",
            "save",
            "appendonly",
            "timeout",
            "tracking-table-max-keys",
            "lfu-decay-time",
            "rename-command",
            "dir",
            "port");

    private final FuzzedValues values;
    private final List<Known> commands = new ArrayList<>();

    /// @param name one word or two
    private record Known(String name, String group, List<FuzzedArgument> arguments) {}

    FuzzedCommands(RespValue docs, FuzzedValues values) {
        this.values = values;
        add(docs);
    }

    /// How many there are, subcommands included.
    int size() {
        return commands.size();
    }

    private void add(RespValue docs) {
        Map<String, RespValue> sorted = new TreeMap<>(FuzzedArgument.fields(docs));
        sorted.forEach((name, doc) -> {
            var fields = FuzzedArgument.fields(doc);
            var full = name.toUpperCase(Locale.ROOT).replace('|', ' ');
            if (!NOT_SENT.contains(full)) {
                commands.add(new Known(
                        full,
                        FuzzedArgument.text(fields.getOrDefault("group", new RespValue.Nil())),
                        FuzzedArgument.all(fields.getOrDefault("arguments", new RespValue.Nil()))));
            }
            add(fields.getOrDefault("subcommands", new RespValue.Nil()));
        });
    }

    /// One command's words, one byte a character.
    List<String> next() {
        var command = values.oneOf(commands);
        var words = new ArrayList<>(List.of(command.name().split(" ", -1)));
        switch (command.name()) {
            case "DEBUG" -> debug(words);
            case "CONFIG SET" -> words.addAll(List.of(values.oneOf(PARAMETERS), values.text()));
            case "EVAL", "EVAL_RO" -> script(words, values.script());
            case "SCRIPT LOAD" -> words.add(values.script());
            case "FUNCTION LOAD" -> words.addAll(List.of("REPLACE", values.library()));
            case "FCALL", "FCALL_RO" -> script(words, values.oneOf(List.of("f", "g", "none")));
            case "CLIENT PAUSE" -> words.add(String.valueOf(values.below(500)));
            // Millions of members would go on for longer than the deadline: Redis builds the reply before it looks at
            // the client's limits.
            case "SRANDMEMBER", "HRANDFIELD", "ZRANDMEMBER" ->
                words.addAll(List.of(values.key(command.group()), String.valueOf(values.below(4_000) - 2_000)));
            default -> command.arguments().forEach(argument -> add(words, argument, command.group(), 0));
        }
        return mutated(words);
    }

    private void debug(List<String> words) {
        var what = values.oneOf(DEBUG);
        words.add(what);
        switch (what) {
            case "SLEEP" -> words.add("0.01");
            case "POPULATE" -> words.addAll(List.of(String.valueOf(values.below(50)), "string"));
            case "LOG", "STRUCTSIZE", "JMAP", "HELP", "DIGEST" -> {}
            case "RELOAD" -> words.addAll(values.chance(50) ? List.of() : List.of("NOSAVE"));
            case "PROTOCOL" ->
                words.add(values.oneOf(List.of(
                        "string",
                        "integer",
                        "double",
                        "null",
                        "array",
                        "set",
                        "map",
                        "attrib",
                        "push",
                        "verbatim",
                        "true",
                        "false",
                        "bignum")));
            default -> words.add(values.chance(70) ? values.key("list") : values.integer());
        }
    }

    private void script(List<String> words, String what) {
        words.addAll(List.of(what, "1", values.key("string"), values.text()));
    }

    private void add(List<String> words, FuzzedArgument argument, String group, int depth) {
        if (argument.optional() && values.chance(60)) {
            return;
        }
        var times = argument.multiple() ? 1 + values.below(3) : 1;
        for (int i = 0; i < times; i++) {
            if (!argument.token().isEmpty()) {
                words.add(argument.token());
            }
            switch (argument.type()) {
                case "pure-token" -> {}
                case "oneof" -> add(words, values.oneOf(argument.parts()), group, depth + 1);
                case "block" -> argument.parts().forEach(part -> add(words, part, group, depth + 1));
                case "key" -> words.add(values.key(group));
                case "integer", "unix-time" -> words.add(values.integer());
                case "double" -> words.add(values.number());
                case "pattern" -> words.add(values.oneOf(List.of("*", "m*", "[a-", "?1", "\\", "l*st[0-9]")));
                default -> words.add(values.text());
            }
        }
    }

    /// Now and then something too much, too little or different.
    private List<String> mutated(List<String> words) {
        if (values.chance(88)
                || words.getFirst().equals("DEBUG")
                || words.getFirst().equals("CONFIG")) {
            return words;
        }
        var at = values.below(words.size());
        switch (values.below(4)) {
            case 0 -> words.add(at, values.text());
            case 1 -> words.set(at, values.text());
            case 2 -> words.subList(Math.max(1, at), words.size()).clear();
            default -> words.add(values.text());
        }
        return words;
    }
}
