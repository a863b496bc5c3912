package dev.wasmscope.plugins.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.wasmscope.engine.spi.HostingRequest;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.NetworkGrants;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.Verb.Terminal;
import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.engine.wasm.Runtimes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Decaton's contract as Wasm processors see it, and the verb with an embedded broker.
class WasmTasksTest {
    private static final byte[] HELLO = "{\"message\": \"Hello\"}".getBytes(StandardCharsets.UTF_8);

    private final HostEngine engine = new HostEngine(Runtimes.builtIn());
    private final List<String> output = new ArrayList<>();

    @TempDir
    Path folder = Path.of("");

    @AfterEach
    void close() {
        engine.close();
    }

    private ModuleSource sample(String name) {
        try {
            return engine.read("sample:" + name);
        } catch (IOException e) {
            assumeTrue(false, "The sample %s was not built: %s".formatted(name, e.getMessage()));
            throw new AssertionError(e);
        }
    }

    private WasmProcessor processor(ModuleSource module, WasiGrants grants) throws ProcessorFailedException {
        var request = HostingRequest.of(module, module.name())
                .withWasi(grants)
                .withLimits(Limits.DEFAULT.withCallTime(Duration.ofMillis(500)));
        return new WasmProcessor(engine, request, session -> output.add(written(session)));
    }

    private static String written(Session session) {
        return TestBroker.text(session.output(OutputStreamName.STDOUT, 0).bytes());
    }

    private WasmProcessor processor(String wat) throws ProcessorFailedException {
        return processor(Wat.module(folder, wat), WasiGrants.NONE);
    }

    private WasiGrants messagesFolder() {
        return new WasiGrants(
                List.of("m"), Map.of(), new byte[0], List.of(new WasiGrants.Directory(folder, "/", false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"messages", "messages-rust"})
    void messagesOfTheArticleAreAppendedToItsFile(String name) throws Exception {
        try (var processor = processor(sample(name), messagesFolder())) {
            assertThat(processor.process(HELLO)).isEqualTo(TaskOutcome.DONE);
            assertThat(processor.process("{\"message\":\"a \\\"b\\\"\"}".getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(TaskOutcome.DONE);
            assertThat(folder.resolve("messages")).hasContent("Hello\na \"b\"\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"messages", "messages-rust"})
    void taskThatIsNoMessageFailsAndTheNextOneIsProcessed(String name) throws Exception {
        try (var processor = processor(sample(name), messagesFolder())) {
            assertThat(processor.process("[1]".getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOfSatisfying(
                            TaskOutcome.Failed.class,
                            failed -> assertThat(failed.reason()).startsWith("Trap: unreachable"));
            assertThat(processor.process(HELLO)).isEqualTo(TaskOutcome.DONE);
            assertThat(folder.resolve("messages")).hasContent("Hello\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fetch", "fetch-rust"})
    void processorGetsAPageFromAServerThatItWasGranted(String name) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext("/", exchange -> {
            var page = ("You asked for " + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        var port = server.getAddress().getPort();
        var path = "{\"path\":\"/README.md\"}".getBytes(StandardCharsets.UTF_8);
        var without = new WasiGrants(List.of("m"), Map.of("PORT", "" + port), new byte[0], List.of());
        var grants = without.withNetwork(NetworkGrants.parse(List.of("127.0.0.1:" + port), List.of()));
        try {
            try (var processor = processor(sample(name), grants)) {
                assertThat(processor.process(path)).isEqualTo(TaskOutcome.DONE);
                assertThat(written(processor.session().orElseThrow()))
                        .contains("200 OK")
                        .endsWith("You asked for /README.md");
            }
            try (var denied = processor(sample(name), without)) {
                assertThat(denied.process(path)).isInstanceOf(TaskOutcome.Failed.class);
            }
        } finally {
            server.stop(0);
        }
    }

    private static final String CONTRACT = """
            (module
              (import "decaton" "poll_task" (func $poll (param i64 i32) (result i32)))
              (memory (export "memory") 1)
              (global $size (mut i32) (i32.const 0))
              (func (export "run") %s))
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "|returned from run without taking its task",
                "(drop (call $poll (i64.const 0) (i32.const 4)))|has 20 bytes; the processor's buffer holds 4",
                "(drop (call $poll (i64.const 65530) (i32.const 100)))|Trap: ",
                "(drop (call $poll (i64.const -1) (i32.const 100)))|Trap: ",
                "(drop (call $poll (i64.const 0) (i32.const 100))) (loop $for (br $for))|The deadline of 500 ms passed",
                "(drop (call $poll (i64.const 0) (i32.const 100))) unreachable|Trap: unreachable in run."
            })
    void processorThatDoesNotKeepTheContractFailsItsTask(String bodyAndReason) throws Exception {
        var parts = bodyAndReason.split("\\|", 2);
        try (var processor = processor(CONTRACT.formatted(parts[0]))) {
            for (int i = 0; i < 2; i++) {
                assertThat(processor.process(HELLO))
                        .isInstanceOfSatisfying(
                                TaskOutcome.Failed.class,
                                failed -> assertThat(failed.reason()).contains(parts[1]));
            }
        }
    }

    @Test
    void taskIsGivenOnceToAProcessorThatAsksUntilThereIsNone() throws Exception {
        var loop = """
                (loop $next
                  (br_if $next (i32.ge_s (call $poll (i64.const 0) (i32.const 100)) (i32.const 0))))
                """;
        try (var processor = processor(CONTRACT.formatted(loop))) {
            assertThat(processor.process(HELLO)).isEqualTo(TaskOutcome.DONE);
            assertThat(processor.process(new byte[0])).isEqualTo(TaskOutcome.DONE);
        }
    }

    @Test
    void moduleThatIsNoProcessorIsRefusedWithASentence() {
        assertThatThrownBy(() -> processor("(module (memory (export \"memory\") 1))"))
                .isInstanceOf(ProcessorFailedException.class)
                .hasMessageEndingWith(
                        "is no processor: it has to export a function run without parameters and results, and memory.");
        assertThatThrownBy(() -> processor("(module (import \"decaton\" \"poll\" (func)) (func (export \"run\")))"))
                .isInstanceOf(ProcessorFailedException.class)
                .hasMessageContaining("decaton.poll");
    }

    private record Ran(int code, String out, String err) {}

    private Ran verb(String in, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        var code = new ProcessVerb(engine).run(List.of(words), terminal);
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void verbProcessesWhatComesByStandardInputOnABrokerOfItsOwn() {
        sample("messages");
        var ran = verb(
                "{\"message\":\"Hello\"}\n{\"message\":\"from\"}\nno task\n{\"message\":\"Wasm!\"}\n",
                "--embedded-broker",
                "--topic=t",
                "--group=g",
                "--module=sample:messages",
                "--dir=" + folder + "::/",
                "--partitions=1",
                "--retries=1",
                "--backoff=50ms",
                "--stdin",
                "--count=4",
                "--json");
        assertThat(ran.err).contains("Tasks of t at 127.0.0.1:");
        assertThat(ran.out.strip()).startsWith("{\"processed\": 3, \"failed\": 2, \"retried\": 1, \"dead\": 1, ");
        assertThat(ran.code).isZero();
        assertThat(folder.resolve("messages")).hasContent("Hello\nfrom\nWasm!\n");
    }

    @Test
    void verbSaysWhatIsMissing() {
        assertThat(verb("", "--topic", "t").err).startsWith("Give --bootstrap-servers or --embedded-broker");
        assertThat(verb("", "--embedded-broker", "--topic=t", "--group=g", "--module=nowhere.wasm"))
                .satisfies(ran -> assertThat(ran.code).isEqualTo(1))
                .satisfies(ran -> assertThat(ran.err).contains("nowhere.wasm"));
        var usage = verb("", "--help");
        assertThat(usage.code).isZero();
        assertThat(usage.out).startsWith("Usage: wasmscope process ");
    }

    @Test
    void messagesFolderThatWasNotGrantedFailsTheTask() throws Exception {
        try (var processor = processor(sample("messages"), WasiGrants.NONE)) {
            assertThat(processor.process(HELLO)).isInstanceOf(TaskOutcome.Failed.class);
        }
        assertThat(Files.exists(folder.resolve("messages"))).isFalse();
    }
}
