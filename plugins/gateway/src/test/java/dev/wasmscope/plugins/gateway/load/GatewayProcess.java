package dev.wasmscope.plugins.gateway.load;

import dev.wasmscope.plugins.gateway.GatewayMain;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// `wasmscope gateway` with the JIT's options of this process; on all processors until it is kept to the last one.
final class GatewayProcess implements AutoCloseable {
    private static final Path JDK = Path.of(System.getProperty("java.home"), "bin");
    private static final Pattern PORT =
            Pattern.compile("\"%s\": \"127\\.0\\.0\\.1:(\\d+)\"".formatted("(listen|admin)"));

    private final Process process;
    private final HttpClient admin = HttpClient.newHttpClient();
    private final int port;
    private final int adminPort;

    /// Listens when it returns.
    GatewayProcess(URI upstream, String... more) throws IOException {
        // Not as a child of a thread that is kept to one processor: the JIT would take a minute.
        var command = new ArrayList<>(
                List.of("taskset", "-c", Processors.EVERY, JDK.resolve("java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-XX:"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), GatewayMain.class.getName()));
        command.addAll(List.of("--json", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"));
        command.addAll(List.of("--upstream", upstream.toString()));
        command.addAll(Arrays.asList(more));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var line = process.inputReader().readLine();
        var ports = line == null
                ? List.<Integer>of()
                : PORT.matcher(line)
                        .results()
                        .map(found -> Integer.parseInt(found.group(2)))
                        .toList();
        if (ports.size() != 2) {
            process.destroy();
            throw new IOException("The gateway does not listen; it said: " + line);
        }
        port = ports.get(0);
        adminPort = ports.get(1);
    }

    /// From now on, once it is warm.
    void keepToTheLastProcessor() throws IOException, InterruptedException {
        Processors.keepToTheLast(process.pid());
    }

    int port() {
        return port;
    }

    /// Since it began, in steps of 10 ms.
    Duration processorTime() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    /// What its JIT has computed since it began.
    Duration compiling() throws IOException {
        var jstat = new ProcessBuilder(JDK.resolve("jstat").toString(), "-compiler", Long.toString(process.pid()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var table = new String(jstat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // Compiled Failed Invalid Time ...
        var seconds =
                table.strip().lines().skip(1).findFirst().orElseThrow().strip().split("\\s+", -1)[3];
        return Duration.ofMillis((long) (1000 * Double.parseDouble(seconds)));
    }

    String status() throws IOException, InterruptedException {
        return ask(HttpRequest.newBuilder(page("/status")).build());
    }

    /// Takes the bytes as the filter's new version.
    void swap(byte[] module) throws IOException, InterruptedException {
        ask(HttpRequest.newBuilder(page("/filter"))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(module))
                .build());
    }

    private URI page(String path) {
        return URI.create("http://127.0.0.1:" + adminPort + path);
    }

    private String ask(HttpRequest request) throws IOException, InterruptedException {
        var answer = admin.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    @Override
    public void close() {
        admin.close();
        process.destroy();
    }
}
