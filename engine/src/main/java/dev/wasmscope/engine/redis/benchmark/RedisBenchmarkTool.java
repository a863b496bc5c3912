package dev.wasmscope.engine.redis.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// `redis-benchmark` with its defaults: 50 clients, one request at a time each, over TCP on loopback.
final class RedisBenchmarkTool {
    static final int CLIENTS = 50;

    /// Name, then requests a second; latencies follow.
    private static final Pattern ROW = Pattern.compile("\"(?<name>[^\"]+)\",\"(?<rate>[0-9.]+)\".*");

    private final Path executable;
    private final int port;

    /// @param port of the server on 127.0.0.1
    RedisBenchmarkTool(Path executable, int port) {
        this.executable = executable;
        this.port = port;
    }

    /// Runs one group of tests.
    ///
    /// @return requests a second of each, in the group's order
    /// @throws IOException when the tool fails or says something unexpected; its words are in the message
    List<Double> run(BenchmarkGroup group, int requests) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        executable.toString(),
                        "-p",
                        Integer.toString(port),
                        "-t",
                        group.selector(),
                        "-n",
                        Integer.toString(requests),
                        "--csv")
                .redirectErrorStream(true)
                .start();
        try {
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException("redis-benchmark ended with code %d: %s".formatted(exit, text.strip()));
            }
            return rates(group, text);
        } finally {
            process.destroyForcibly();
        }
    }

    static List<Double> rates(BenchmarkGroup group, String csv) throws IOException {
        var rates = new ArrayList<Double>();
        // The first line names the columns.
        for (var line : csv.lines().skip(1).toList()) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                var expected = rates.size() < group.tests().size()
                        ? group.tests().get(rates.size()).name()
                        : "nothing more";
                if (!row.group("name").equals(expected)) {
                    throw new IOException("redis-benchmark -t %s measured %s where %s was expected."
                            .formatted(group.selector(), row.group("name"), expected));
                }
                rates.add(Double.valueOf(row.group("rate")));
            }
        }
        if (rates.size() != group.tests().size()) {
            throw new IOException("redis-benchmark -t %s printed %d of %d results: %s"
                    .formatted(group.selector(), rates.size(), group.tests().size(), csv.strip()));
        }
        return rates;
    }
}
