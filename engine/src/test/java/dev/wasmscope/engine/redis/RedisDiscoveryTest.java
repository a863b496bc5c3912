package dev.wasmscope.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.platform.LeashedProcess;
import dev.wasmscope.engine.spi.RedisTarget;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisDiscoveryTest {
    @TempDir
    Path temporary;

    @Test
    void foreignServerIsFoundOnItsPortAndItsSocket() throws Exception {
        var directory = Files.createDirectory(temporary.resolve("foreign"));
        var binary = RedisBinary.find(RedisBinary.usualPath(), directory, temporary);
        var port = freePort();
        var socket = directory.resolve("redis.sock");
        var command = List.of(
                binary.executable().toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--unixsocket",
                socket.toString(),
                "--dir",
                directory.toString(),
                "--save",
                "");
        try (var server = LeashedProcess.start(command, directory, "foreign-log")) {
            server.awaitLine(line -> line.contains("eady to accept"), Duration.ofSeconds(10));

            var found = new RedisDiscovery(List.of()).find();

            assertThat(found).extracting(RedisTarget::id).contains("127.0.0.1:" + port, socket.toString());
            assertThat(found)
                    .anySatisfy(target -> assertThat(target.title())
                            .isEqualTo("Redis %s at 127.0.0.1:%d".formatted(binary.version(), port)));
        }
    }

    @Test
    void ownServersAreNotOffered() throws Exception {
        try (var own = NativeRedis.start(new Directories(temporary, temporary, temporary, temporary.resolve("run")))) {
            var addresses = own.transports().stream().map(t -> t.address()).toList();

            assertThat(new RedisDiscovery(own.transports()).find())
                    .extracting(RedisTarget::id)
                    .doesNotContainAnyElementsOf(addresses);
        }
    }

    @Test
    void machineWithoutProcOffersNothingUnusual() {
        assertThat(new RedisDiscovery(List.of(), temporary.resolve("none")).find())
                .allSatisfy(target -> assertThat(target.id()).startsWith("/"));
    }

    private static int freePort() throws Exception {
        try (var probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }
}
