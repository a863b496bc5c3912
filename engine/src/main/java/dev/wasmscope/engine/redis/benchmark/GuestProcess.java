package dev.wasmscope.engine.redis.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmscope.engine.platform.ChildJvm;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The process in which Redis in Wasm is measured: a JVM of its own, so that nobody else's compilations, garbage and
/// flags are in the figures. Ends when closed, or with this process.
final class GuestProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String runtime;
    private final Process process;
    private final BufferedReader in;
    private final BufferedWriter out;

    private GuestProcess(String runtime, Process process) {
        this.runtime = runtime;
        this.process = process;
        in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        out = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /// Waits until the guest answers.
    static GuestProcess start(String runtime, List<String> options) throws IOException {
        var guest = new GuestProcess(runtime, ChildJvm.start(GuestMain.class, options, List.of(runtime)));
        try {
            guest.answer();
            return guest;
        } catch (IOException e) {
            guest.close();
            throw e;
        }
    }

    GuestTimes run(int group, int requests) throws IOException {
        return ask(GuestOrder.run(group, requests));
    }

    void empty() throws IOException {
        ask(GuestOrder.empty());
    }

    /// @return how many replies were equal to those of the native server
    /// @throws IOException naming the first that is not
    long compare(int port, long seed) throws IOException {
        return ask(GuestOrder.compare(port, seed)).compared();
    }

    private GuestTimes ask(GuestOrder order) throws IOException {
        out.write(JSON.writeValueAsString(order));
        out.newLine();
        out.flush();
        return answer();
    }

    private GuestTimes answer() throws IOException {
        var line = in.readLine();
        if (line == null) {
            throw new IOException(
                    "The process that runs Redis on %s has ended; its errors are above.".formatted(runtime));
        }
        var times = JSON.readValue(line, GuestTimes.class);
        if (times.problem() != null) {
            throw new IOException("Redis on %s: %s".formatted(runtime, times.problem()));
        }
        return times;
    }

    @Override
    public void close() {
        try {
            out.close();
            if (process.waitFor(5, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // It has ended already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
