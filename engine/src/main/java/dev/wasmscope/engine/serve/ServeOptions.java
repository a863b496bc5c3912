package dev.wasmscope.engine.serve;

import dev.wasmscope.engine.redis.wasm.ClockMode;
import dev.wasmscope.engine.redis.wasm.Fsync;
import dev.wasmscope.engine.redis.wasm.JournalPolicy;
import dev.wasmscope.engine.redis.wasm.WasmRedisOptions;
import dev.wasmscope.engine.redis.wasm.WasmRedisServer;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.transport.UnixEndpoint;
import dev.wasmscope.engine.transport.shm.SharedMemoryTransport;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// The options of `serve`.
final class ServeOptions {
    private static final List<String> TARGETS = List.of("wasm", "echo", "native");
    private static final List<String> FSYNC = List.of("always", "everysec", "no");
    private static final int MOST_MIB = 1 << 20;
    private static final List<String> CLOCKS = List.of("wall", "logical");

    final String target;
    final @Nullable Path inspect;
    final @Nullable String shm;
    final boolean json;
    private final @Nullable String tcp;
    private final @Nullable Path unix;
    private final @Nullable String password;
    private final @Nullable Path journal;
    private final @Nullable Path imported;
    private final String fsync;
    private final @Nullable String journalKeep;
    private final @Nullable Integer journalImage;
    private final String maxmemory;
    private final @Nullable Long seed;
    private final String clock;
    private final int timeout;
    private final List<String> more;

    ServeOptions(ParseResult given) {
        target = given.matchedOptionValue("--target", "wasm");
        tcp = given.matchedOptionValue("--tcp", null);
        unix = given.matchedOptionValue("--unix", null);
        shm = given.matchedOptionValue("--shm", null);
        password = given.matchedOptionValue("--password", null);
        journal = given.matchedOptionValue("--journal", null);
        imported = given.matchedOptionValue("--import", null);
        fsync = given.matchedOptionValue("--fsync", "everysec");
        journalKeep = given.matchedOptionValue("--journal-keep", null);
        journalImage = given.matchedOptionValue("--journal-image", null);
        maxmemory = given.matchedOptionValue("--maxmemory", "512mb");
        seed = given.matchedOptionValue("--seed", null);
        clock = given.matchedOptionValue("--clock", "wall");
        timeout = given.matchedOptionValue("--timeout", 10);
        inspect = given.matchedOptionValue("--inspect", null);
        json = given.hasMatchedOption("--json");
        more = given.matchedPositionalValue(0, List.of());
    }

    /// Adds them one by one: a server is started often, and to find them by annotations takes a fifth of a short start.
    static void addTo(CommandSpec line) {
        line.usageMessage().sortOptions(false);
        add(line, "--target", "T", String.class, "wasm (default), echo, or native.");
        add(
                line,
                "--tcp",
                "HOST:PORT",
                String.class,
                "Port 0 takes any free one. Default: 127.0.0.1:6379, or none when --unix is given.");
        add(line, "--unix", "PATH", Path.class, "A socket of mode 0600.");
        line.addOption(OptionSpec.builder("--shm")
                .arity("0..1")
                .fallbackValue("adaptive")
                .type(String.class)
                .paramLabel("WAIT")
                .description("Offer shared memory over these, too. While idle: adaptive (default), spin, or park.")
                .build());
        add(line, "--password", "P", String.class, "Clients have to give it. Needed beyond loopback.");
        add(line, "--journal", "FILE", Path.class, "Keep every input in it, and begin with them.");
        add(line, "--import", "FILE", Path.class, "Begin with the data of an .rdb file, of native Redis for example.");
        add(line, "--fsync", "WHEN", String.class, "always, everysec (default), or no.");
        add(
                line,
                "--journal-keep",
                "N",
                String.class,
                "Images of the memory to keep, with the log from the oldest of them on. Default: 2. all: drop nothing.");
        add(
                line,
                "--journal-image",
                "MIB",
                Integer.class,
                "Write an image after so much log. Default: as much as the memory has, at least 64.");
        add(line, "--maxmemory", "N", String.class, "As Redis takes it: 100mb. Default: 512mb.");
        add(line, "--seed", "N", Long.class, "Of all random numbers. Default: a new one.");
        add(
                line,
                "--clock",
                "MODE",
                String.class,
                "wall (default), or logical: stands still but for Redis's own looks at it.");
        add(
                line,
                "--timeout",
                "SECONDS",
                Integer.class,
                "After which a call that does not return is undone. Default: 10.");
        add(
                line,
                "--inspect",
                "PATH",
                Path.class,
                "A socket of mode 0600 through which this process can be looked into.");
        line.addOption(OptionSpec.builder("--json")
                .description("Say where it listens as one line of JSON.")
                .build());
        line.addPositional(PositionalParamSpec.builder()
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("REDIS-OPTION")
                .description("For Redis, after --: -- --hz 50 --enable-debug-command yes")
                .build());
    }

    private static void add(CommandSpec line, String name, String label, Class<?> type, String description) {
        line.addOption(OptionSpec.builder(name)
                .type(type)
                .paramLabel(label)
                .description(description)
                .build());
    }

    /// @throws IllegalArgumentException with a sentence
    void check() {
        require("--target", target, TARGETS);
        require("--fsync", fsync, FSYNC);
        require("--clock", clock, CLOCKS);
        if (shm != null) {
            requireSharedMemory(shm);
        }
        if (!addresses().local() && password == null) {
            throw new IllegalArgumentException(
                    "%s can be reached from other machines: give --password as well, or listen on 127.0.0.1."
                            .formatted(tcp));
        }
        if (!target.equals("wasm")
                && (password != null || journal != null || imported != null || inspect != null || !more.isEmpty())) {
            throw new IllegalArgumentException(
                    "--password, --journal, --import, --inspect and Redis's options are for --target wasm, not %s."
                            .formatted(target));
        }
        if (target.equals("native")
                && addresses().tcp().isPresent()
                && !addresses().tcp().get().host().equals(Addresses.USUAL.host())) {
            throw new IllegalArgumentException(
                    "The native Redis has no password here and listens on %s only: start redis-server yourself for %s."
                            .formatted(Addresses.USUAL.host(), tcp));
        }
        if (journal == null && (journalKeep != null || journalImage != null)) {
            throw new IllegalArgumentException("--journal-keep and --journal-image need --journal FILE.");
        }
        if (journalImage != null && (journalImage < 1 || journalImage > MOST_MIB)) {
            throw new IllegalArgumentException(
                    "--journal-image takes 1 to %d MiB, not %d.".formatted(MOST_MIB, journalImage));
        }
        var _ = policy();
        if (timeout < 1 || timeout > 3600) {
            throw new IllegalArgumentException("--timeout takes 1 to 3600 seconds, not %d.".formatted(timeout));
        }
    }

    private JournalPolicy policy() {
        var usual = JournalPolicy.of(Fsync.valueOf(fsync.toUpperCase(Locale.ROOT)));
        return new JournalPolicy(
                usual.fsync(),
                journalKeep == null ? usual.keepImages() : imagesToKeep(journalKeep),
                journalImage == null ? usual.imageEvery() : (long) journalImage << 20);
    }

    private static int imagesToKeep(String given) {
        if (given.equals("all")) {
            return JournalPolicy.ALL;
        }
        try {
            var images = Integer.parseInt(given);
            if (images >= 1) {
                return images;
            }
        } catch (NumberFormatException e) {
            // The sentence below says it.
        }
        throw new IllegalArgumentException("--journal-keep takes all, or 1 or more images, not %s.".formatted(given));
    }

    Optional<WaitStrategy> sharedMemory() {
        return Optional.ofNullable(shm).map(WaitStrategy::of);
    }

    private void requireSharedMemory(String strategy) {
        require("--shm", strategy, WaitStrategy.ids());
        if (!SharedMemoryTransport.available()) {
            throw new IllegalArgumentException("--shm needs Linux on x86-64 or arm64; leave it out here.");
        }
    }

    private static void require(String option, String given, List<String> known) {
        if (!known.contains(given)) {
            throw new IllegalArgumentException(
                    "%s takes %s, not %s.".formatted(option, String.join(", ", known), given));
        }
    }

    Addresses addresses() {
        if (tcp == null && unix == null) {
            return new Addresses(Optional.of(Addresses.USUAL), Optional.empty());
        }
        return new Addresses(Optional.ofNullable(tcp).map(Addresses.Tcp::parse), Optional.ofNullable(unix));
    }

    String title() {
        return switch (target) {
            case "echo" -> "The echo server";
            case "native" -> "Native Redis";
            default -> "Redis in Wasm";
        };
    }

    /// @throws IOException when the inspection's socket cannot be made, or the file to import not be read
    WasmRedisServer.Options server() throws IOException {
        var arguments = new ArrayList<>(List.of("--maxmemory", maxmemory));
        if (password != null) {
            arguments.addAll(List.of("--requirepass", password));
        }
        arguments.addAll(more);
        var usual = WasmRedisOptions.USUAL_LIMITS;
        var redis = WasmRedisOptions.of(
                        seed == null ? new SecureRandom().nextLong() : seed, System.currentTimeMillis() * 1000)
                .withArguments(arguments)
                .withLimits(new Limits(Duration.ofSeconds(timeout), usual.memoryPages(), usual.callDepth()));
        if (journal != null) {
            redis = redis.withJournal(journal, policy());
        }
        var server = WasmRedisServer.Options.of(redis)
                .withClock(ClockMode.valueOf(clock.toUpperCase(Locale.ROOT)))
                .withSharedMemory(sharedMemory());
        if (imported != null) {
            server = server.withDump(
                    new WasmRedisServer.Dump(Files.readAllBytes(imported), Optional.ofNullable(password)));
        }
        return inspect == null ? server : server.withInspection(new UnixEndpoint(inspect));
    }
}
