package dev.wasmscope.plugins.kafka;

import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.NetworkGrants;
import dev.wasmscope.engine.spi.WasiGrants;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was written behind `process`.
final class ProcessOptions {
    static final String USAGE = """
            Usage: wasmscope process --bootstrap-servers HOST:PORT[,...] --topic T --group G --module FILE [option...]
            Gives every task of a Kafka topic to a Wasm module with Decaton's contract: exports memory and run, imports
            decaton.poll_task. At least once, in order within a key, until SIGTERM or Ctrl-C.

              --embedded-broker        start a broker of our own instead of --bootstrap-servers
              --partitions N           make the topic with so many partitions where it is not there
              --stdin                  produce every line of standard input as a task; KEY, tab, TASK gives it a key
              --threads N              workers, each with an instance of its own (1)
              --dir HOST::GUEST[:ro]   grant a directory
              --allow-connect HOST:PORT, --allow-listen HOST:PORT   grant sockets
              --env K=V                an environment variable of the guest
              --timeout D              deadline of a task: 500ms, 5s (5s)
              --memory PAGES           limit of an instance's memory in pages of 64 KiB (4096)
              --runtime R              compiler or interpreter
              --retries N              attempts after the first, by the topic TOPIC-GROUP-retry (3)
              --backoff D              from the first failure to the next attempt; doubled with each (1s)
              --max-pending N          unfinished tasks of a partition, before it is paused (10000)
              --count N                end when so many tasks are through or dead
              --metrics [HOST:]PORT    serve counts to Prometheus at /metrics, on 127.0.0.1 unless a host is named
              --property K=V           a setting of the Kafka clients, such as security.protocol
              --json                   write the counts at the end as JSON
            """;

    private static final Set<String> FLAGS = Set.of("--embedded-broker", "--stdin", "--json");
    private static final Set<String> VALUES = Set.of(
            "--bootstrap-servers",
            "--topic",
            "--group",
            "--module",
            "--partitions",
            "--threads",
            "--dir",
            "--allow-connect",
            "--allow-listen",
            "--env",
            "--timeout",
            "--memory",
            "--runtime",
            "--retries",
            "--backoff",
            "--max-pending",
            "--count",
            "--metrics",
            "--property");

    private final Map<String, List<String>> given = new HashMap<>();

    /// @throws IllegalArgumentException with a sentence
    ProcessOptions(List<String> words) {
        for (var i = 0; i < words.size(); i++) {
            var word = words.get(i);
            var equals = word.indexOf('=');
            var name = equals > 0 && word.startsWith("--") ? word.substring(0, equals) : word;
            if (FLAGS.contains(word)) {
                given.put(word, List.of());
            } else if (VALUES.contains(name)) {
                var inline = name.length() < word.length();
                if (!inline && i + 1 == words.size()) {
                    throw new IllegalArgumentException(name + " wants a value.");
                }
                given.computeIfAbsent(name, _ -> new ArrayList<>())
                        .add(inline ? word.substring(equals + 1) : words.get(++i));
            } else {
                throw new IllegalArgumentException("There is no option %s; --help lists them.".formatted(word));
            }
        }
        if (has("--embedded-broker") == has("--bootstrap-servers")) {
            throw new IllegalArgumentException("Give --bootstrap-servers or --embedded-broker, one of them.");
        }
    }

    boolean has(String option) {
        return given.containsKey(option);
    }

    boolean embeddedBroker() {
        return has("--embedded-broker");
    }

    String module() {
        return needed("--module");
    }

    RunnerSettings settings(String bootstrapServers) {
        return new RunnerSettings(
                bootstrapServers,
                needed("--topic"),
                needed("--group"),
                number("--threads", 1, 1, 256),
                number("--max-pending", 10_000, 1, 10_000_000),
                number("--retries", 3, 0, 1000),
                duration("--backoff", Duration.ofSeconds(1)),
                pairs("--property"));
    }

    String bootstrapServers() {
        return needed("--bootstrap-servers");
    }

    /// @return 0 where the topic has to be there
    int partitions() {
        return number("--partitions", embeddedBroker() ? 4 : 0, embeddedBroker() ? 1 : 0, 10_000);
    }

    /// @return 0 for no end
    int count() {
        return number("--count", 0, 0, Integer.MAX_VALUE);
    }

    /// Where counts are served, if anywhere.
    Optional<InetSocketAddress> metrics() {
        var text = one("--metrics", "");
        if (!has("--metrics")) {
            return Optional.empty();
        }
        var colon = text.lastIndexOf(':');
        var host = text.substring(0, Math.max(0, colon)).replaceAll("^\\[|]$", "");
        try {
            var port = Integer.parseInt(text.substring(colon + 1));
            if (colon != 0 && port >= 0 && port <= 0xffff) {
                return Optional.of(new InetSocketAddress(host.isEmpty() ? "127.0.0.1" : host, port));
            }
        } catch (NumberFormatException e) {
            // The same sentence.
        }
        throw new IllegalArgumentException("--metrics takes PORT or HOST:PORT, not %s.".formatted(text));
    }

    Limits limits() {
        var timeout = duration("--timeout", Limits.DEFAULT.callTime());
        var pages = number("--memory", Limits.DEFAULT.memoryPages(), 1, 32_767);
        return new Limits(timeout, pages, Limits.DEFAULT.callDepth());
    }

    String runtime() {
        return one("--runtime", "compiler");
    }

    WasiGrants grants(String program) {
        return new WasiGrants(
                List.of(program),
                pairs("--env"),
                new byte[0],
                all("--dir").stream().map(ProcessOptions::directory).toList(),
                NetworkGrants.parse(all("--allow-connect"), all("--allow-listen")));
    }

    private static WasiGrants.Directory directory(String text) {
        var readOnly = text.endsWith(":ro");
        var parts = (readOnly ? text.substring(0, text.length() - 3) : text).split("::", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException("--dir takes HOST::GUEST or HOST::GUEST:ro, not %s.".formatted(text));
        }
        return new WasiGrants.Directory(Path.of(parts[0]), parts[1], readOnly);
    }

    private List<String> all(String option) {
        return given.getOrDefault(option, List.of());
    }

    private String one(String option, String usual) {
        var values = all(option);
        if (values.size() > 1) {
            throw new IllegalArgumentException("%s is given %d times.".formatted(option, values.size()));
        }
        return values.isEmpty() ? usual : values.getFirst();
    }

    private String needed(String option) {
        var value = one(option, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException("%s is missing; --help tells more.".formatted(option));
        }
        return value;
    }

    private int number(String option, int usual, int least, int most) {
        var text = one(option, Integer.toString(usual));
        try {
            var number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same sentence.
        }
        throw new IllegalArgumentException(
                "%s takes a whole number from %d to %d, not %s.".formatted(option, least, most, text));
    }

    private Duration duration(String option, Duration usual) {
        var text = one(option, usual.toMillis() + "ms");
        var digits = text.replaceFirst("(ms|s|m)$", "");
        try {
            var number = Long.parseLong(digits);
            if (number > 0 && number <= Integer.MAX_VALUE) {
                switch (text.substring(digits.length())) {
                    case "ms" -> {
                        return Duration.ofMillis(number);
                    }
                    case "s" -> {
                        return Duration.ofSeconds(number);
                    }
                    case "m" -> {
                        return Duration.ofMinutes(number);
                    }
                    default -> {
                        // The same sentence.
                    }
                }
            }
        } catch (NumberFormatException e) {
            // The same sentence.
        }
        throw new IllegalArgumentException(
                "%s takes a duration such as 500ms, 5s or 2m, not %s.".formatted(option, text));
    }

    private Map<String, String> pairs(String option) {
        var found = new HashMap<String, String>();
        for (var text : all(option)) {
            var parts = text.split("=", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException("%s takes K=V, not %s.".formatted(option, text));
            }
            found.put(parts[0], parts[1]);
        }
        return found;
    }
}
