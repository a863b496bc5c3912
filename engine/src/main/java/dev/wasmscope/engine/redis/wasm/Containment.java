package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.GuestFailedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What brings Redis back to before a call that failed: a copy of its state, and the inputs since then, which are done
/// again. They may take as long as they took before; only what comes from outside runs under the deadline.
final class Containment {
    /// For a call when the server is to end.
    private static final Duration SOON = Duration.ofMillis(1);

    private final RedisInstance redis;
    private final InputLog log;
    private final @Nullable Checkpoint checkpoint;
    private Duration deadline;
    private boolean repeating;

    /// @param contained false: a call that fails is the end
    Containment(RedisInstance redis, InputLog log, Duration deadline, boolean contained) {
        this.redis = redis;
        this.log = log;
        this.deadline = deadline;
        redis.hurry(deadline);
        checkpoint = contained ? new Checkpoint(redis) : null;
    }

    /// What a client is told whose request is undone.
    static ByteBuffer answer(GuestFailedException why) {
        if (outOfMemory(why)) {
            return line("-OOM There is not enough memory for this request; it is undone");
        }
        var sentence = switch (why.outcome()) {
            case CallOutcome.TimedOut late ->
                "was stopped after %d ms".formatted(late.deadline().toMillis());
            case CallOutcome.Trapped trapped ->
                "trapped (%s)".formatted(trapped.reason().replaceAll("[\r\n]", " "));
            default -> "ended";
        };
        return line("-ERR Redis in Wasm %s; this request is undone".formatted(sentence));
    }

    private static ByteBuffer line(String text) {
        return ByteBuffer.wrap((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /// Whether Redis had no memory left, which is its request's fault.
    static boolean outOfMemory(GuestFailedException why) {
        return why.outcome() instanceof CallOutcome.Exited(int code, var _) && code == RedisAbi.OUT_OF_MEMORY;
    }

    boolean possible() {
        return checkpoint != null;
    }

    /// The guest is about to run.
    void turnBegins() {
        if (checkpoint != null) {
            checkpoint.turnBegins();
        }
    }

    /// The guest is at rest until the next turn.
    void turnEnds() {
        if (checkpoint != null) {
            checkpoint.turnEnds();
        }
    }

    /// To before the call under way.
    ///
    /// @throws WasmRedisException when that cannot be done
    void goBack() {
        if (checkpoint == null) {
            throw new IllegalStateException("There is no copy to go back to.");
        }
        checkpoint.restore(redis);
        patiently(true);
        repeat();
        patiently(false);
    }

    private synchronized void patiently(boolean patient) {
        repeating = patient;
        if (patient) {
            redis.bePatient();
        } else {
            redis.hurry(deadline);
        }
    }

    /// The call under way, and those that follow, are cut short: the server is to end. From any thread.
    synchronized void endSoon() {
        deadline = SOON;
        if (!repeating) {
            redis.hurry(deadline);
        }
    }

    private void repeat() {
        var reader = log.read();
        while (reader.more()) {
            var event = reader.next();
            try {
                var outcome = redis.apply(event);
                var recorded = event.recorded();
                if (recorded.isPresent() && recorded.getAsInt() != outcome) {
                    throw new WasmRedisException(
                            "What came before a request that trapped cannot be repeated exactly: start again from the journal.");
                }
            } catch (GuestFailedException e) {
                throw Inputs.ended(e);
            }
        }
    }

    /// Forgets inputs that nobody will need, and makes copies and images where they are due.
    void tidy() {
        if (checkpoint == null) {
            log.forget();
            return;
        }
        var image = log.imageDue(redis.memory().pages() * 65_536L);
        if (image || checkpoint.due(log.length())) {
            take(checkpoint, image);
        }
    }

    /// An image where that makes the next start noticeably shorter.
    void leaveImage() {
        if (checkpoint != null && log.worthAnImageAtClose()) {
            take(checkpoint, true);
        }
    }

    private void take(Checkpoint at, boolean image) {
        log.write();
        at.take(redis);
        log.forget();
        if (image) {
            log.writeImage(at.lend());
        }
    }
}
