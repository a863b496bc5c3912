package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.engine.spi.WasiValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A large real WASI guest at work in a session: `wasm-tools` prints a sample, byte for byte as it does under V8.
class WasmToolsTest {
    private static final Path VENDOR = Path.of("../sample-wasm/node_modules/@bytecodealliance/jco-transpile/vendor")
            .toAbsolutePath();
    private static final String SCRIPT = """
            import {readFileSync} from 'node:fs';
            const {tools, $init} = await import(process.argv[1]);
            await $init;
            process.stdout.write(tools.print(readFileSync(process.argv[2])));
            """;
    private static final String PRINT = "local:wasm-tools/tools#print";

    @TempDir
    Path directory;

    @Test
    void wasmToolsInASessionPrintsWhatItPrintsUnderV8() throws Exception {
        var guest = VENDOR.resolve("wasm-tools.core.wasm");
        Assumptions.assumeTrue(
                Files.isRegularFile(guest), "SKIPPED: there is no " + guest + ". Run `npm ci` in sample-wasm.");
        var sample = SampleCatalogue.load().open("sort").bytes();
        var module = new ModuleSource(guest.getFileName().toString(), Optional.of(guest), Files.readAllBytes(guest));
        var patient = new SessionRequest(
                module,
                "compiler",
                Placement.IN_PROCESS,
                MemoryKind.TRACKED,
                Limits.DEFAULT.withCallTime(Duration.ofMinutes(2)),
                Optional.of(WasiGrants.NONE),
                Map.of(),
                false,
                List.of(),
                true);
        try (var sessions = new Sessions();
                var session = sessions.open(patient).get()) {
            assertThat(print(session, sample)).isEqualTo(printedUnderV8(sample));
            // All it asks of its host is a seed for its hash tables.
            assertThat(session.wasiCalls(1).calls()).singleElement().satisfies(call -> {
                assertThat(call.function()).isEqualTo("random_get");
                assertThat(call.moved()).isEqualTo(16);
                assertThat(call.arguments().getFirst().value()).isInstanceOf(WasiValue.Bytes.class);
            });
        }
    }

    /// The canonical ABI's way: a list of bytes goes in through `cabi_realloc`, the result is a record in memory.
    private static byte[] print(Session session, byte[] module) throws Exception {
        var at = call(session, "cabi_realloc", Value.i32(0), Value.i32(0), Value.i32(1), Value.i32(module.length));
        session.write(0, Integer.toUnsignedLong(at), module).get();
        var result = Integer.toUnsignedLong(call(session, PRINT, Value.i32(at), Value.i32(module.length)));
        var record = ByteBuffer.wrap(session.read(0, result, 12).get().bytes()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(record.get(0)).as("0 is the case of success").isZero();
        return session.read(0, Integer.toUnsignedLong(record.getInt(4)), record.getInt(8))
                .get()
                .bytes();
    }

    private static int call(Session session, String export, Value... arguments) throws Exception {
        var outcome = session.call(CallRequest.of(export, arguments)).get();
        assertThat(outcome).isInstanceOf(CallOutcome.Returned.class);
        return ((CallOutcome.Returned) outcome).results().getFirst().asI32();
    }

    private byte[] printedUnderV8(byte[] module) throws Exception {
        var file = Files.write(directory.resolve("sample.wasm"), module);
        var log = directory.resolve("node.log");
        var command = List.of(
                "node",
                "--input-type=module",
                "-e",
                SCRIPT,
                VENDOR.resolve("wasm-tools.js").toUri().toString(),
                file.toString());
        var process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        var printed = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        return printed;
    }
}
