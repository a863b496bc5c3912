package dev.wasmscope.engine.report;

import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.spi.RedisTarget;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.spi.Verb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What `redis-cli --latency` says of a server: PING every 10 ms, in steps of a millisecond.
final class RedisCli {
    private static final int SECONDS = 1;
    private static final int PATIENCE_SECONDS = 10;

    private RedisCli() {}

    /// @param minimum milliseconds, as `maximum` and `average`
    record Heard(String target, String transport, double minimum, double maximum, double average, long samples) {
        String title() {
            return target + " · " + transport;
        }
    }

    /// Of each server over each socket, one after the other, a second each; says where there is no redis-cli.
    static List<Heard> ask(List<RedisTarget> targets, Verb.Terminal terminal) throws IOException, InterruptedException {
        var program = NativeRedis.program("redis-cli");
        if (program.isEmpty()) {
            terminal.err().println("latency: there is no redis-cli here to compare with (Debian package redis-tools)");
            return List.of();
        }
        var all = new ArrayList<Heard>();
        for (var target : targets) {
            for (var transport : target.transports()) {
                if (!transport.id().equals("shm") && !target.id().equals("echo")) {
                    all.add(ask(program.get(), target, transport));
                }
            }
        }
        return all;
    }

    private static Heard ask(Path program, RedisTarget target, Transport transport)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program.toString()));
        int colon = transport.address().lastIndexOf(':');
        if (transport.id().equals("unix")) {
            command.addAll(List.of("-s", transport.address()));
        } else {
            command.addAll(List.of("-h", transport.address().substring(0, colon)));
            command.addAll(List.of("-p", transport.address().substring(colon + 1)));
        }
        // Raw output ends by itself after the interval and is one line of four numbers.
        command.addAll(List.of("--raw", "--latency", "-i", String.valueOf(SECONDS)));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        var numbers = said.split("\\s+", -1);
        try {
            return new Heard(
                    target.id(),
                    transport.id(),
                    Double.parseDouble(numbers[0]),
                    Double.parseDouble(numbers[1]),
                    Double.parseDouble(numbers[2]),
                    Long.parseLong(numbers[3]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("redis-cli said something unexpected of " + target.id() + ": " + said, e);
        }
    }
}
