package dev.wasmscope.plugins.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.plugins.gateway.Modules;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
    private static final String CONTINUES = "(func (export \"wasm_run\") (result i32) (i32.const 0))";
    private static final String LOOPS = "(func (export \"wasm_run\") (result i32) (loop $l (br $l)) (i32.const 0))";

    private final HostEngine engine = Modules.engine();

    @AfterEach
    void close() {
        engine.close();
    }

    private Filter filter(ModuleSource module, int pool, Duration timeout) throws FilterRefusedException {
        return new Filter(engine, module, spec(pool, timeout), (_, _) -> {});
    }

    private static FilterSpec spec(int pool, Duration timeout) {
        return new FilterSpec(pool, timeout, 64, FilterSpec.Stage.REQUEST, Map.of());
    }

    private static Exchange request() {
        var origin = new RequestMessage.Origin("127.0.0.1", "http", "HTTP/1.1");
        return new Exchange(new RequestMessage(origin, "GET", "localhost", "/", new Headers()));
    }

    private static FilterOutcome once(Filter filter) {
        try (var run = filter.begin()) {
            return run.onRequest(request());
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the time this may take").isLessThan(end);
            Thread.sleep(5);
        }
    }

    @Test
    void resultsFromOneToNineAreNamedAsEasegressNamesThem() throws Exception {
        for (var code = 0; code <= 9; code++) {
            var module = Modules.filter(
                    "r.wasm", "(func (export \"wasm_run\") (result i32) (i32.const %d))".formatted(code));
            try (var filter = filter(module, 1, Duration.ofSeconds(10))) {
                assertThat(once(filter).name()).isEqualTo(code == 0 ? "" : "wasmResult" + code);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"10, returned 10", "-1, returned -1"})
    void aResultThatThereIsNotIsAnError(int code, String reason) throws Exception {
        var module =
                Modules.filter("r.wasm", "(func (export \"wasm_run\") (result i32) (i32.const %d))".formatted(code));
        try (var filter = filter(module, 1, Duration.ofSeconds(10))) {
            assertThat(once(filter))
                    .isInstanceOfSatisfying(
                            FilterOutcome.WasmError.class,
                            error -> assertThat(error.reason()).contains(reason));
        }
    }

    @Test
    void anInstanceThatTrappedIsReplacedAndNotUsedAgain() throws Exception {
        // Traps at the second call of one instance.
        var module = Modules.filter("t.wasm", """
                (global $calls (mut i32) (i32.const 0))
                (func (export "wasm_run") (result i32)
                  (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
                  (if (i32.eq (global.get $calls) (i32.const 2)) (then unreachable))
                  (i32.const 0))
                """);
        try (var filter = filter(module, 1, Duration.ofSeconds(10))) {
            assertThat(once(filter)).isEqualTo(new FilterOutcome.Continue());
            assertThat(once(filter)).isInstanceOfSatisfying(FilterOutcome.WasmError.class, error -> {
                assertThat(error.timedOut()).isFalse();
                assertThat(error.reason()).startsWith("wasm_run failed: it trapped: unreachable");
            });
            await(() -> filter.status().idle() == 1);
            assertThat(once(filter)).as("a new instance's first call").isEqualTo(new FilterOutcome.Continue());
            assertThat(filter.status().replaced()).isOne();
            assertThat(filter.status().health()).isEqualTo("ready");
        }
    }

    @Test
    void overloadIsRefusedAsOutOfVm() throws Exception {
        try (var filter = filter(Modules.filter("l.wasm", LOOPS), 2, Duration.ofSeconds(2))) {
            var first = background(filter);
            var second = background(filter);
            await(() -> filter.status().idle() == 0);
            assertThat(once(filter)).isEqualTo(new FilterOutcome.OutOfVm(2));
            first.join();
            second.join();
            await(() -> filter.status().idle() == 2);
            assertThat(filter.status().replaced()).isEqualTo(2);
        }
    }

    private static Thread background(Filter filter) {
        return Thread.ofPlatform()
                .daemon()
                .start(() -> assertThat(once(filter)).isInstanceOf(FilterOutcome.WasmError.class));
    }

    @Test
    void aRequestThatBeganOnAVersionEndsOnIt() throws Exception {
        try (var filter = filter(Modules.stamping('A'), 2, Duration.ofSeconds(10))) {
            var run = filter.begin();
            var exchange = request();
            assertThat(run.onRequest(exchange)).isEqualTo(new FilterOutcome.Continue());
            assertThat(filter.swap(Modules.stamping('B'))).isEqualTo(2);
            assertThat(run.onResponse(exchange)).isEqualTo(new FilterOutcome.Continue());
            assertThat(exchange.request().headers().first("X-Version")).isEqualTo("A");
            assertThat(exchange.response().headers().first("X-Version")).isEqualTo("A");
            var after = request();
            try (var next = filter.begin()) {
                assertThat(next.onRequest(after)).isEqualTo(new FilterOutcome.Continue());
                assertThat(next.version()).isEqualTo(2);
            }
            assertThat(after.request().headers().first("X-Version")).isEqualTo("B");
            run.close();
        }
    }

    @Test
    void aVersionNobodyUsesIsClosed() throws Exception {
        try (var filter = filter(Modules.stamping('A'), 2, Duration.ofSeconds(10))) {
            var old = filter.version();
            var run = filter.begin();
            filter.swap(Modules.stamping('B'));
            assertThat(old.alive()).isEqualTo(2);
            run.close();
            assertThat(old.alive()).isZero();
            assertThat(filter.version().alive()).isEqualTo(2);
        }
    }

    @Test
    void swapsUnderLoadFailNoRequestAndMixNone() throws Exception {
        try (var filter = filter(Modules.stamping('A'), 4, Duration.ofSeconds(10))) {
            var wrong = new AtomicReference<String>("");
            var end = new CountDownLatch(1);
            var threads = new Thread[3];
            for (var t = 0; t < threads.length; t++) {
                threads[t] = Thread.ofPlatform().daemon().start(() -> {
                    while (end.getCount() > 0 && wrong.get().isEmpty()) {
                        try (var run = filter.begin()) {
                            var exchange = request();
                            var before = run.onRequest(exchange);
                            var after = run.onResponse(exchange);
                            var stamps = exchange.request().headers().first("X-Version")
                                    + exchange.response().headers().first("X-Version");
                            var letter = run.version() % 2 == 1 ? "AA" : "BB";
                            if (!before.name().isEmpty() || !after.name().isEmpty() || !stamps.equals(letter)) {
                                wrong.set(before + " " + after + " " + stamps + " on version " + run.version());
                            }
                        }
                    }
                });
            }
            for (var i = 0; i < 40; i++) {
                filter.swap(Modules.stamping(i % 2 == 0 ? 'B' : 'A'));
            }
            end.countDown();
            for (var thread : threads) {
                thread.join();
            }
            assertThat(wrong.get()).isEmpty();
            assertThat(filter.version().number()).isEqualTo(41);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(module) | exports no function wasm_run: a filter needs wasm_run, wasm_alloc and wasm_free.",
                "(module (func (export \"wasm_run\"))) | exports wasm_run as (), but a filter's is a function () → i32.",
                "(module (memory (export \"wasm_run\") 1)) | exports wasm_run as no function",
                "(module (import \"easegress\" \"host_nothing\" (func))) | host_nothing",
                "(module (memory 100)) | cannot be brought to life",
                "(module (func $s unreachable) (start $s)) | unreachable",
            })
    void whatIsNoFilterIsRefusedAndTheVersionBeforeStays(String text, String reason) throws Exception {
        try (var filter = filter(Modules.filter("good.wasm", CONTINUES), 1, Duration.ofSeconds(10))) {
            var bad = Modules.module("bad.wasm", text);
            assertThatThrownBy(() -> filter.swap(bad))
                    .isInstanceOf(FilterRefusedException.class)
                    .hasMessageStartingWith("bad.wasm")
                    .hasMessageContaining(reason);
            assertThat(filter.version().number()).isOne();
            assertThat(once(filter)).isEqualTo(new FilterOutcome.Continue());
        }
    }

    @Test
    void bytesThatAreNoModuleAreRefused() {
        var garbage = new ModuleSource("garbage.wasm", Optional.empty(), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> filter(garbage, 1, Duration.ofSeconds(1)))
                .isInstanceOf(FilterRefusedException.class)
                .hasMessageStartingWith("garbage.wasm");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // A length that was only claimed.
                "(data (i32.const 16) \"\\ff\\ff\\ff\\7f\") | are claimed, but the memory ends at 0x20000",
                // A second line in a header.
                "(data (i32.const 16) \"\\03\\00\\00\\00a\\0a\\00\") | is no header name",
                "(data (i32.const 16) \"\\00\\00\\00\\00\") | has no room for the zero at its end",
            })
    void whatAGuestHandsOverIsNotTrusted(String data, String reason) throws Exception {
        var module = Modules.filter("bad.wasm", data + """
                (func (export "wasm_run") (result i32)
                  (call $set_header (i32.const 16) (i32.const 16)) (i32.const 0))
                """);
        try (var filter = filter(module, 1, Duration.ofSeconds(10))) {
            assertThat(once(filter))
                    .isInstanceOfSatisfying(
                            FilterOutcome.WasmError.class,
                            error -> assertThat(error.reason()).contains(reason));
        }
    }

    @Test
    void aGuestWithoutMemoryLeftIsAnErrorOfItsRequestOnly() throws Exception {
        var module = Modules.module("full.wasm", """
                (module
                  (import "easegress" "host_req_get_method" (func $method (result i32)))
                  (memory (export "memory") 1)
                  (func (export "wasm_alloc") (param i32) (result i32) (i32.const 0))
                  (func (export "wasm_free") (param i32))
                  (func (export "wasm_run") (result i32) (drop (call $method)) (i32.const 0)))
                """);
        try (var filter = filter(module, 1, Duration.ofSeconds(10))) {
            assertThat(once(filter))
                    .isInstanceOfSatisfying(
                            FilterOutcome.WasmError.class,
                            error -> assertThat(error.reason()).contains("the guest has no memory left"));
        }
    }

    @Test
    void parametersReachTheGuest() throws Exception {
        var module = Modules.sample(engine, "gateway-filter");
        var spec = new FilterSpec(1, Duration.ofSeconds(10), 64, FilterSpec.Stage.REQUEST, Map.of("word", "sesame"));
        try (var filter = new Filter(engine, module, spec, (_, _) -> {})) {
            assertThat(once(filter)).isEqualTo(new FilterOutcome.Result(1));
            try (var run = filter.begin()) {
                var exchange = request();
                exchange.request().headers().add("X-Word", "sesame");
                assertThat(run.onRequest(exchange)).isEqualTo(new FilterOutcome.Continue());
                assertThat(exchange.request().headers().first("X-Number")).isEqualTo("1");
            }
        }
    }

    @Test
    void anAssemblyScriptFilterSaysWhyItAborted() throws Exception {
        var module = Modules.module("abort.wasm", """
                (module
                  (import "env" "abort" (func $abort (param i32 i32 i32 i32)))
                  (memory (export "memory") 1)
                  (data (i32.const 16) "\\04\\00\\00\\00n\\00o\\00")
                  (data (i32.const 32) "\\08\\00\\00\\00f\\00.\\00t\\00s\\00")
                  (func (export "wasm_alloc") (param i32) (result i32) (i32.const 0))
                  (func (export "wasm_free") (param i32))
                  (func (export "wasm_run") (result i32)
                    (call $abort (i32.const 20) (i32.const 36) (i32.const 7) (i32.const 1)) (i32.const 0)))
                """);
        try (var filter = filter(module, 1, Duration.ofSeconds(10))) {
            assertThat(once(filter))
                    .isInstanceOfSatisfying(
                            FilterOutcome.WasmError.class,
                            error -> assertThat(error.reason()).contains("abort: no in f.ts, line 7"));
        }
    }

    @Test
    void theInstancesOfAFilterCountTogether() throws FilterRefusedException {
        var module = Modules.sample(engine, "gateway-flashsale");
        var spec = new FilterSpec(3, Duration.ofSeconds(10), 64, FilterSpec.Stage.REQUEST, Map.of("stock", "2"));
        try (var filter = new Filter(engine, module, spec, (_, _) -> {})) {
            var origin = new RequestMessage.Origin("127.0.0.1", "http", "HTTP/1.1");
            for (var i = 1; i <= 3; i++) {
                try (var run = filter.begin()) {
                    var exchange = new Exchange(new RequestMessage(origin, "GET", "localhost", "/buy", new Headers()));
                    var outcome = run.onRequest(exchange);
                    assertThat(outcome).isEqualTo(i <= 2 ? new FilterOutcome.Continue() : new FilterOutcome.Result(1));
                }
            }
            assertThat(filter.data().get("sold")).isEqualTo("3");
        }
    }
}
