package dev.wasmscope.plugins.redisshm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A real redis-server with the module, and the command that speaks to it.
final class RedisWithModule implements AutoCloseable {
    static final Path BUILT =
            Path.of("target", "classes", "dev", "wasmscope", "redis", "shm").toAbsolutePath();

    private final Process process;
    private final int port;

    private RedisWithModule(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static RedisWithModule start(Path directory, String... options) throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var command = new ArrayList<>(List.of(server(directory).toString(), "--port", String.valueOf(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--dir", directory.toString()));
        command.addAll(List.of("--loadmodule", BUILT.resolve("redis-shm.so").toString()));
        command.addAll(List.of(options));
        var log = directory.resolve("log").toFile();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        var redis = new RedisWithModule(process, port);
        for (var i = 0; i < 100; i++) {
            if (Files.readString(log.toPath()).contains("eady to accept connections")) {
                return redis;
            }
            Thread.sleep(50);
        }
        redis.close();
        throw new IOException("Redis did not start: " + Files.readString(log.toPath()));
    }

    /// Debian's redis-check-rdb is the server under another name.
    private static Path server(Path directory) throws IOException {
        var installed = Path.of("/usr/bin/redis-server");
        if (Files.isExecutable(installed)) {
            return installed;
        }
        var copy = directory.resolve("redis-server");
        if (!Files.exists(copy)) {
            Files.copy(Path.of("/usr/bin/redis-check-rdb"), copy);
        }
        return copy;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    /// What it ends with, once it does.
    CompletableFuture<Integer> ending() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /// Sends a signal by the name that kill(1) knows.
    void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start().waitFor();
    }

    /// One that follows this one, and has caught up.
    RedisWithModule replica(Path directory, String... options) throws Exception {
        var all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--replicaof", "127.0.0.1 " + port));
        var replica = start(directory, all.toArray(String[]::new));
        FaultsTest.await(() -> replica.cli("INFO replication\n", "--socket").contains("master_link_status:up")
                && cli("INFO replication\n", "--socket").contains("state=online"));
        return replica;
    }

    /// A client that stays.
    Asking asking() throws IOException {
        return new Asking(client(address()));
    }

    /// What the command says to these lines of commands; error output included.
    String cli(String lines, String... options) throws Exception {
        return said(address(), lines, options);
    }

    static String said(String address, String lines, String... options) throws Exception {
        var process = client(address, options);
        try (var in = process.outputWriter()) {
            in.write(lines);
        }
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return said;
    }

    static Process client(String address, String... options) throws IOException {
        var command = new ArrayList<>(List.of(BUILT.resolve("shm-cli").toString(), "-s", address));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
