package dev.wasmscope.plugins.gateway.proxy;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// A client for trying a gateway out.
public final class Asker implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int AT_ONCE = 4;
    private static final int SHOWN = 16_384;
    private static final long PATIENCE_SECONDS = 60;

    private final HttpClient client = new HttpClient();

    public Asker() throws IOException {
        var threads = new QueuedThreadPool(THREADS);
        threads.setName("gateway-asker");
        threads.setDaemon(true);
        client.setExecutor(threads);
        client.setFollowRedirects(false);
        try {
            client.start();
        } catch (Exception e) {
            throw new IOException("The client cannot start: " + e.getMessage(), e);
        }
    }

    /// Waits for the answer.
    ///
    /// @return status line, headers and the beginning of the body, as text
    public String ask(URI address) throws IOException, InterruptedException {
        try {
            var answer = client.newRequest(address)
                    .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .send();
            var text = new StringBuilder();
            text.append(answer.getVersion())
                    .append(' ')
                    .append(answer.getStatus())
                    .append(' ')
                    .append(answer.getReason() == null ? "" : answer.getReason())
                    .append('\n');
            for (var field : answer.getHeaders()) {
                text.append(field.getName())
                        .append(": ")
                        .append(field.getValue())
                        .append('\n');
            }
            text.append('\n').append(answer.getContentAsString());
            return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text.toString();
        } catch (ExecutionException | TimeoutException | IllegalArgumentException e) {
            throw new IOException("%s did not answer: %s".formatted(address, e.getMessage()), e);
        }
    }

    /// The same again and again, four at a time.
    public void ask(URI address, int count) throws InterruptedException {
        var free = new Semaphore(AT_ONCE);
        for (var i = 0; i < count; i++) {
            free.acquire();
            client.newRequest(address)
                    .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .send(_ -> free.release());
        }
        free.acquire(AT_ONCE);
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            // Its threads are daemons and end with the program.
            client.setName("stopped");
        }
    }
}
