package dev.wasmscope.plugins.redisshm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The command in C, kept running: one line after the other, and the first line of each answer.
final class Asking implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;

    Asking(Process process) {
        this.process = process;
        said = process.inputReader();
    }

    /// @return completes when it is answered; nothing else may be asked before
    CompletableFuture<String> later(String line) {
        try {
            var in = process.outputWriter();
            in.write(line + "\n");
            in.flush();
        } catch (IOException e) {
            // It has ended with its server.
            return CompletableFuture.failedFuture(e);
        }
        return CompletableFuture.supplyAsync(this::answer, Thread::startVirtualThread);
    }

    String now(String line) throws Exception {
        return later(line).get(20, TimeUnit.SECONDS);
    }

    private String answer() {
        try {
            var first = said.readLine();
            if (first == null) {
                throw new IOException("The command has ended.");
            }
            // Bulk strings have a second line, arrays of one element more than that.
            var more = (first.startsWith("$") && !first.equals("$-1")) || first.equals("*1");
            return more ? first + " " + answer() : first;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
