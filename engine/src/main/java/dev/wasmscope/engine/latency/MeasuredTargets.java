package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.platform.ThreadPlacement;
import dev.wasmscope.engine.redis.EchoTarget;
import dev.wasmscope.engine.redis.NativeRedis;
import dev.wasmscope.engine.redis.wasm.RedisModule;
import dev.wasmscope.engine.serve.ServedRedis;
import dev.wasmscope.engine.spi.RedisTarget;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Servers started to be measured, each in a process of its own. Ended together.
public final class MeasuredTargets implements AutoCloseable {
    public static final String NATIVE = "native";
    public static final String ECHO = "echo";
    public static final String WASM = "wasm";

    private final List<RedisTarget> targets = new ArrayList<>();
    private final List<Closing> owned = new ArrayList<>();
    private final Map<String, OptionalLong> processes = new HashMap<>();
    private final Map<String, String> versions = new LinkedHashMap<>();

    private final WaitStrategy strategy;

    private MeasuredTargets(WaitStrategy strategy) {
        this.strategy = strategy;
        versions.put("java", System.getProperty("java.version"));
    }

    /// What can be started, as the command line takes it.
    public static List<String> names() {
        return List.of(NATIVE, ECHO, WASM);
    }

    /// As in a sentence: `Redis in Wasm`.
    public static String title(String target) {
        return switch (target) {
            case NATIVE -> "native Redis";
            case ECHO -> "the echo server";
            case WASM -> "Redis in Wasm";
            default -> target;
        };
    }

    /// With the usual way of waiting at shared memory.
    public static MeasuredTargets start(List<String> names, Directories directories) throws IOException {
        return start(names, directories, WaitStrategy.ADAPTIVE);
    }

    /// Starts servers and waits until they serve.
    ///
    /// @param names of [#names()]
    /// @param strategy of the servers at shared memory
    /// @throws IOException when one does not start; those that did are ended
    public static MeasuredTargets start(List<String> names, Directories directories, WaitStrategy strategy)
            throws IOException {
        var all = new MeasuredTargets(strategy);
        try {
            for (var name : names) {
                all.start(name, directories);
            }
        } catch (IOException | RuntimeException e) {
            all.close();
            throw e;
        }
        return all;
    }

    public List<RedisTarget> targets() {
        return List.copyOf(targets);
    }

    /// Of the servers and of Java, by name.
    public Map<String, String> versions() {
        return Map.copyOf(versions);
    }

    /// A series for each of these lanes that can be had, in their order.
    public List<PlannedSeries> series(List<MeasuredLane> lanes) {
        return lanes.stream().flatMap(lane -> series(lane).stream()).toList();
    }

    private Optional<PlannedSeries> series(MeasuredLane lane) {
        return targets.stream()
                .filter(target -> target.id().equals(lane.target()))
                .findFirst()
                .flatMap(target -> target.transport(lane.transport())
                        .map(t -> PlannedSeries.of(
                                target, t, processes.getOrDefault(target.id(), OptionalLong.empty()))));
    }

    /// Keeps every server on a processor.
    ///
    /// @param processors that are taken in turn
    /// @return which are on which: `native 0, echo 0`
    public String pin(List<Integer> processors) throws IOException {
        var pins = new ArrayList<String>();
        for (int i = 0; i < targets.size(); i++) {
            var id = targets.get(i).id();
            int processor = processors.get(i % processors.size());
            var process = processes.getOrDefault(id, OptionalLong.empty());
            if (process.isPresent()) {
                ThreadPlacement.pinProcess(process.getAsLong(), processor);
                pins.add(id + " " + processor);
            }
        }
        return String.join(", ", pins);
    }

    /// Whoever closes second waits for the first.
    @Override
    public synchronized void close() throws IOException {
        var problem = Optional.<IOException>empty();
        for (var server : owned) {
            try {
                server.close();
            } catch (IOException e) {
                problem = Optional.of(e);
            }
        }
        owned.clear();
        if (problem.isPresent()) {
            throw problem.get();
        }
    }

    private void start(String name, Directories directories) throws IOException {
        switch (name) {
            case NATIVE -> {
                var redis = NativeRedis.start(directories, strategy);
                versions.put("redis", redis.version().toString());
                add(redis, redis.pid(), redis::close);
            }
            case ECHO -> {
                var echo = EchoTarget.start(directories, strategy);
                add(echo, echo.pid(), echo::close);
            }
            case WASM -> {
                var wasm = ServedRedis.start(directories, strategy);
                versions.put("redis.wasm", RedisModule.hash());
                add(wasm, wasm.pid(), wasm::close);
            }
            default ->
                throw new IllegalArgumentException(
                        "There is no target " + name + " to start; there are " + String.join(", ", names()));
        }
    }

    private void add(RedisTarget target, OptionalLong process, Closing server) {
        processes.put(target.id(), process);
        targets.add(target);
        owned.add(server);
    }

    @FunctionalInterface
    private interface Closing {
        void close() throws IOException;
    }
}
