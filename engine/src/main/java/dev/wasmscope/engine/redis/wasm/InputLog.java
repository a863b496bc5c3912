package dev.wasmscope.engine.redis.wasm;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The inputs of one Redis in their order: kept until they are forgotten, and on their way to the journal where there
/// is one. A turn's inputs are one frame of the journal, or several when they are many.
final class InputLog implements AutoCloseable {
    /// Of one frame; a turn with more becomes several.
    private static final int FRAME_BYTES = 1 << 20;

    private final @Nullable Journal journal;
    private final EventBuffer events = new EventBuffer();
    private int written;
    private long writtenCount;
    /// Something that a client will be told, or asked for.
    private boolean acknowledges;

    InputLog(@Nullable Journal journal) {
        this.journal = journal;
    }

    /// Where an input is put down that was begun.
    EventBuffer events() {
        return events;
    }

    /// All inputs that were not forgotten.
    EventReader read() {
        return new EventReader(events.view(0), 0);
    }

    int length() {
        return events.length();
    }

    /// An input comes.
    void begin() {
        if (events.length() - written > FRAME_BYTES) {
            write();
        }
    }

    /// A reply depends on it: it is settled before that leaves.
    void acknowledges(boolean reply) {
        acknowledges |= reply;
    }

    /// The turn is over.
    void endTurn() {
        write();
        if (journal != null && acknowledges) {
            journal.settle();
        }
        acknowledges = false;
    }

    /// Writes and settles what is there, in the middle of a turn.
    void settle() {
        write();
        if (journal != null) {
            journal.settle();
        }
    }

    /// Hands what is there to the journal.
    void write() {
        if (journal != null && written < events.length()) {
            journal.append(events, written, events.length(), events.count() - writtenCount);
        }
        written = events.length();
        writtenCount = events.count();
    }

    /// Nobody will go back to before these inputs. Without effect while some are not written.
    void forget() {
        if (written == events.length()) {
            events.clear();
            written = 0;
        }
    }

    boolean imageDue(long memoryBytes) {
        return journal != null && journal.imageDue(memoryBytes);
    }

    boolean worthAnImageAtClose() {
        return journal != null && journal.worthAnImageAtClose();
    }

    void writeImage(RedisInstance.State state) {
        if (journal != null) {
            journal.writeImage(state);
        }
    }

    Optional<Journal> journal() {
        return Optional.ofNullable(journal);
    }

    @Override
    public void close() {
        if (journal != null) {
            journal.close();
        }
    }
}
