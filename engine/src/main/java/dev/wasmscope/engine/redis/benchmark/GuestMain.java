package dev.wasmscope.engine.redis.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmscope.engine.redis.wasm.WasmRedis;
import dev.wasmscope.engine.redis.wasm.WasmRedisException;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The measured process: reads orders from standard input, a line each, and answers each with a line of times. Standard
/// input is its leash.
final class GuestMain {
    private GuestMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        // Whatever else prints must not end up between the protocol's lines.
        System.setOut(System.err);
        var thread = WasmRedis.thread("redis", () -> serve(arguments[0], out));
        thread.start();
        thread.join();
        System.exit(0);
    }

    private static void serve(String runtime, PrintStream out) {
        var json = new ObjectMapper();
        try (var guest = new Guest(runtime)) {
            out.println(json.writeValueAsString(GuestTimes.done()));
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var order = json.readValue(line, GuestOrder.class);
                out.println(json.writeValueAsString(guest.carryOut(order)));
            }
        } catch (IOException | WasmRedisException e) {
            out.println((Object) json.valueToTree(GuestTimes.failed(String.valueOf(e.getMessage()))));
        }
    }
}
