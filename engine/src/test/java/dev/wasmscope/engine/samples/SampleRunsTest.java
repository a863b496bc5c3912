package dev.wasmscope.engine.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.engine.wasm.Sessions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every sample does what the catalogue promises, whatever runs it.
@ParameterizedClass
@ValueSource(strings = {"compiler", "interpreter"})
class SampleRunsTest {
    private static final Limits SHORT = Limits.DEFAULT.withCallTime(Duration.ofMillis(100));
    private static final int TEXT = 0x20;
    private static final String SENTENCE = "memory is one array, really";

    @Parameter
    String runtime = "";

    private final SampleCatalogue catalogue = SampleCatalogue.load();
    private final Sessions sessions = new Sessions();

    @AfterEach
    void closeSessions() {
        sessions.close();
    }

    @Test
    void stringsReversesAndRaisesItsTextInPlace() {
        var session = open("strings");
        assertThat(text(session, TEXT, 27)).isEqualTo(SENTENCE);
        assertThat(results(session, "upper", Value.i32(TEXT), Value.i32(27))).isEmpty();
        assertThat(text(session, TEXT, 27)).isEqualTo("MEMORY IS ONE ARRAY, REALLY");
        results(session, "reverse", Value.i32(TEXT), Value.i32(27));
        assertThat(text(session, TEXT, 27)).isEqualTo("YLLAER ,YARRA ENO SI YROMEM");
    }

    @Test
    void stringsRaisesLettersOnly() {
        var session = open("strings");
        session.write(0, TEXT, "`az{AZ@[09".getBytes(StandardCharsets.US_ASCII)).join();
        results(session, "upper", Value.i32(TEXT), Value.i32(10));
        assertThat(text(session, TEXT, 10)).isEqualTo("`AZ{AZ@[09");
    }

    @Test
    void stringsGreetsInABlockOfItsOwn() {
        var session = open("strings");
        var greeting = results(session, "greet", Value.i32(0x2a), Value.i32(3));
        assertThat(text(session, greeting.get(0).asI32(), greeting.get(1).asI32()))
                .isEqualTo("Hello, one!");
    }

    @Test
    void stringsGivesFreedBlocksAgainAndRefusesWhatDoesNotFit() {
        var session = open("strings");
        var first = one(session, "wasm_alloc", Value.i32(10)).asI32();
        var second = one(session, "wasm_alloc", Value.i32(10)).asI32();
        assertThat(second).isGreaterThanOrEqualTo(first + 10);
        results(session, "wasm_free", Value.i32(first));
        assertThat(one(session, "wasm_alloc", Value.i32(12)).asI32()).isEqualTo(first);
        assertThat(one(session, "wasm_alloc", Value.i32(300_000)).asI32()).isPositive();
        assertThat(one(session, "wasm_alloc", Value.i32(-1)).asI32()).isZero();
        assertThat(one(session, "wasm_alloc", Value.i32(0x100000)).asI32()).isZero();
    }

    @Test
    void addAddsEachType() {
        var session = open("add");
        assertThat(one(session, "add", Value.i32(Integer.MAX_VALUE), Value.i32(1))
                        .asI32())
                .isEqualTo(Integer.MIN_VALUE);
        assertThat(one(session, "add_i64", Value.i64(Long.MAX_VALUE), Value.i64(1))
                        .asI64())
                .isEqualTo(Long.MIN_VALUE);
        assertThat(one(session, "add_f32", Value.f32(0.5f), Value.f32(0.25f)).asF32())
                .isEqualTo(0.75f);
        assertThat(one(session, "add_f64", Value.f64(0.1), Value.f64(0.2)).asF64())
                .isEqualTo(0.1 + 0.2);
    }

    @Test
    void fibCountsByCallsAndByALoop() {
        var session = open("fib");
        assertThat(one(session, "fib", Value.i32(20)).asI32()).isEqualTo(6765);
        assertThat(one(session, "fib_loop", Value.i32(20)).asI64()).isEqualTo(6765);
        assertThat(Long.toUnsignedString(one(session, "fib_loop", Value.i32(93)).asI64()))
                .isEqualTo("12200160415121876738");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 55, 56, 63, 64, 65, 1000})
    void sha256AgreesWithTheJdk(int length) throws Exception {
        var session = open("sha256");
        var bytes = "wasmscope".repeat(length).substring(0, length).getBytes(StandardCharsets.US_ASCII);
        var address = one(session, "wasm_alloc", Value.i32(length)).asI32();
        session.write(0, address, bytes).join();
        var digest =
                one(session, "sha256", Value.i32(address), Value.i32(length)).asI32();
        assertThat(session.read(0, digest, 32).join().bytes())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void sortSortsWhatItShuffled() {
        var session = open("sort");
        var address = one(session, "shuffled", Value.i32(500), Value.i32(42));
        var before = numbers(session, address.asI32(), 500);
        assertThat(one(session, "is_sorted", address, Value.i32(500)).asI32()).isZero();
        results(session, "sort", address, Value.i32(500));
        Arrays.sort(before);
        assertThat(numbers(session, address.asI32(), 500)).isEqualTo(before);
        assertThat(one(session, "is_sorted", address, Value.i32(500)).asI32()).isOne();
    }

    @Test
    void panicOfRustIsATrapWithItsFunctionsInTheBacktrace() {
        var outcome = call(open("sort"), "pick", Value.i32(9));
        assertThat(outcome).isInstanceOfSatisfying(CallOutcome.Trapped.class, trap -> {
            assertThat(trap.reason()).contains("unreachable");
            assertThat(trap.backtrace())
                    .extracting(Object::toString)
                    .anyMatch(frame -> frame.contains("pick"))
                    .anyMatch(frame -> frame.contains("panic"));
        });
    }

    @Test
    void helloShowsWhatItWasGiven(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("note.txt"), "in the note\n");
        var grants = new WasiGrants(
                List.of("hello", "--exit", "7", "--read", "/data/note.txt", "Ada"),
                Map.of("COLOUR", "blue"),
                "one\ntwo\n".getBytes(StandardCharsets.UTF_8),
                List.of(new WasiGrants.Directory(folder, "/data", true)));
        var session = open("hello", Limits.DEFAULT, Map.of(), Optional.of(grants));
        assertThat(call(session, "_start"))
                .isInstanceOfSatisfying(
                        CallOutcome.Exited.class,
                        exit -> assertThat(exit.code()).isEqualTo(7));
        assertThat(output(session, OutputStreamName.STDOUT)).isEqualTo("""
                Hello, Ada!
                env COLOUR=blue
                stdin 1: one
                stdin 2: two
                file /data/note.txt:
                in the note
                """);
    }

    @Test
    void helloIsDeniedWhatItWasNotGiven() {
        var grants = new WasiGrants(List.of("hello", "--read", "/etc/passwd", "Ada"), Map.of(), new byte[0], List.of());
        var session = open("hello", Limits.DEFAULT, Map.of(), Optional.of(grants));
        assertThat(call(session, "_start"))
                .isInstanceOfSatisfying(
                        CallOutcome.Exited.class,
                        exit -> assertThat(exit.code()).isOne());
        assertThat(output(session, OutputStreamName.STDERR)).startsWith("hello: cannot read /etc/passwd: ");
    }

    @ParameterizedTest
    @CsvSource({
        "unreachable, , unreachable",
        "divide_by_zero, 1, integer divide by zero",
        "integer_overflow, , integer overflow",
        "truncate_nan, , invalid conversion to integer",
        "load_out_of_bounds, 65533, out of bounds memory access",
        "store_out_of_bounds, -1, out of bounds memory access",
        "fill_out_of_bounds, , out of bounds memory access",
        "copy_out_of_bounds, , out of bounds memory access",
        "init_of_dropped_data, , out of bounds memory access",
        "init_of_dropped_elements, , out of bounds table access",
        "undefined_element, , undefined element",
        "uninitialized_element, , uninitialized element",
        "signature_mismatch, , indirect call type mismatch",
        "table_out_of_bounds, , out of bounds table access",
        "stack_overflow, 0, call stack exhausted",
        "deep, 4, uninitialized element"
    })
    void eachTrapIsNamedAsTheSpecificationNamesIt(String export, Integer argument, String reason) {
        var arguments = argument == null ? new Value[0] : new Value[] {Value.i32(argument)};
        assertThat(call(open("traps"), export, arguments))
                .isInstanceOfSatisfying(
                        CallOutcome.Trapped.class,
                        trap -> assertThat(trap.reason()).contains(reason));
    }

    @Test
    void remainingTrapsTakeOtherTypes() {
        var session = open("traps");
        assertThat(call(session, "remainder_by_zero", Value.i64(1))).isInstanceOf(CallOutcome.Trapped.class);
        assertThat(call(session, "truncate", Value.f64(1e10))).isInstanceOf(CallOutcome.Trapped.class);
        assertThat(one(session, "truncate", Value.f64(41.9)).asI32()).isEqualTo(41);
    }

    @Test
    void deepTrapLeavesItsBytesAndABacktrace() {
        var session = open("traps");
        assertThat(call(session, "deep", Value.i32(4)))
                .isInstanceOfSatisfying(
                        CallOutcome.Trapped.class,
                        trap -> assertThat(trap.backtrace()).hasSize(6));
        assertThat(session.read(0, 0, 4).join().bytes()).containsExactly(1, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "br_if", "br_table", "tail_call", "tail_call_indirect", "ping"})
    void everyEndlessLoopMeetsItsDeadline(String export) {
        var session = open("loops", SHORT, Map.of(), Optional.empty());
        var arguments =
                export.startsWith("br") && !export.equals("br_table") ? new Value[0] : new Value[] {Value.i32(0)};
        assertThat(call(session, export, arguments)).isInstanceOf(CallOutcome.TimedOut.class);
        assertThat(session.read(0, 0, 8).join().bytes()).isNotEqualTo(new byte[8]);
        assertThat(one(session, "rounds", Value.i64(1000)).asI64()).isEqualTo(1000);
    }

    @Test
    void endlessStartFunctionMeetsTheDeadlineToo() {
        assertThatThrownBy(() -> open("loops-start", SHORT, Map.of(), Optional.empty()))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        SessionException.class,
                        problem -> assertThat(problem.outcome()).get().isInstanceOf(CallOutcome.TimedOut.class));
    }

    @Test
    void growStopsAtItsMaximum() {
        var session = open("grow");
        assertThat(one(session, "grow", Value.i32(3)).asI32()).isEqualTo(1);
        assertThat(one(session, "append_page").asI32()).isEqualTo(4 << 16);
        assertThat(one(session, "size").asI32()).isEqualTo(5);
        assertThat(session.read(0, 4 << 16, 4).join().bytes()).containsExactly(4, 0, 0, 0);
        assertThat(one(session, "grow", Value.i32(60)).asI32()).isEqualTo(-1);
        assertThat(one(session, "size").asI32()).isEqualTo(5);
        results(session, "fill", Value.i32(16), Value.i32(0xab), Value.i32(2));
        assertThat(session.read(0, 15, 4).join().bytes()).containsExactly(0, 0xab, 0xab, 0);
    }

    @Test
    void multivalueReturnsSeveralValues() {
        var session = open("multivalue");
        assertThat(results(session, "divide", Value.i32(17), Value.i32(5))).containsExactly(Value.i32(3), Value.i32(2));
        assertThat(results(session, "swap", Value.i32(1), Value.i64(2))).containsExactly(Value.i64(2), Value.i32(1));
        assertThat(results(session, "each_type"))
                .containsExactly(Value.i32(-1), Value.i64(Long.MAX_VALUE), Value.f32(0.1f), Value.f64(Math.PI));
        assertThat(results(session, "square_and_cube", Value.i64(7))).containsExactly(Value.i64(49), Value.i64(343));
    }

    @Test
    void tablesCallByIndexAndChange() {
        var session = open("tables");
        assertThat(one(session, "apply", Value.i32(2), Value.i32(6), Value.i32(7))
                        .asI32())
                .isEqualTo(42);
        assertThat(call(session, "apply", Value.i32(4), Value.i32(6), Value.i32(7)))
                .isInstanceOf(CallOutcome.Trapped.class);
        results(session, "install_power", Value.i32(4));
        assertThat(one(session, "apply", Value.i32(4), Value.i32(2), Value.i32(10))
                        .asI32())
                .isEqualTo(1024);
        results(session, "clear", Value.i32(4));
        assertThat(one(session, "is_empty", Value.i32(4)).asI32()).isOne();
        assertThat(one(session, "grow", Value.i32(20)).asI32()).isEqualTo(-1);
        assertThat(one(session, "grow", Value.i32(10)).asI32()).isEqualTo(6);
        assertThat(one(session, "size").asI32()).isEqualTo(16);
    }

    @Test
    void callbackCallsItsHost() {
        var session = open("callback", Limits.DEFAULT, Map.of("host", open("link-a")), Optional.empty());
        assertThat(one(session, "for_each", Value.i32(4)).asI32()).isEqualTo(10 * (1 + 4 + 9) + 1 + 2 + 3);
        assertThat(numbers(session, 0, 4)).containsExactly(0, 11, 42, 93);
    }

    @Test
    void callbackWithoutAHostNamesWhatItLacks() {
        assertThatThrownBy(() -> open("callback")).hasMessageContaining("host").hasMessageContaining("transform");
    }

    @Test
    void linkedModulesShareOneMemoryThroughCalls() {
        var a = open("link-a");
        var b = open("link-b", Limits.DEFAULT, Map.of("link-a", a), Optional.empty());
        assertThat(one(b, "area", Value.i32(6), Value.i32(7)).asI32()).isEqualTo(42);
        assertThat(one(b, "accumulate", Value.i32(5)).asI32()).isEqualTo(5);
        assertThat(one(b, "accumulate", Value.i32(6)).asI32()).isEqualTo(11);
        assertThat(one(a, "recall").asI32()).isEqualTo(11);
    }

    private Session open(String sample) {
        return open(sample, Limits.DEFAULT, Map.of(), Optional.of(WasiGrants.NONE));
    }

    private Session open(String sample, Limits limits, Map<String, Session> links, Optional<WasiGrants> wasi) {
        assumeTrue(
                catalogue.missing().stream().noneMatch(left -> left.name().equals(sample)),
                () -> sample + " was not built: its compiler is not installed");
        try {
            var module = catalogue.open(sample);
            return sessions.open(new SessionRequest(
                            module, runtime, Placement.IN_PROCESS, MemoryKind.TRACKED, limits, wasi, links, false))
                    .join();
        } catch (UnknownSampleException e) {
            throw new AssertionError(e);
        }
    }

    private static CallOutcome call(Session session, String export, Value... arguments) {
        return session.call(CallRequest.of(export, arguments)).join();
    }

    private static List<Value> results(Session session, String export, Value... arguments) {
        var outcome = call(session, export, arguments);
        assertThat(outcome).as(export).isInstanceOf(CallOutcome.Returned.class);
        return ((CallOutcome.Returned) outcome).results();
    }

    private static Value one(Session session, String export, Value... arguments) {
        var results = results(session, export, arguments);
        assertThat(results).as(export).hasSize(1);
        return results.getFirst();
    }

    private static String text(Session session, long address, int length) {
        return new String(session.read(0, address, length).join().bytes(), StandardCharsets.UTF_8);
    }

    private static int[] numbers(Session session, long address, int count) {
        var numbers = new int[count];
        ByteBuffer.wrap(session.read(0, address, 4 * count).join().bytes())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(numbers);
        return numbers;
    }

    private static String output(Session session, OutputStreamName stream) {
        return new String(session.output(stream, 0).bytes(), StandardCharsets.UTF_8);
    }
}
