package dev.wasmscope.engine.redis.wasm;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Writes a journal's images, one at a time on a thread of its own, and drops what they make superfluous.
final class ImageWriter {
    private final JournalFiles files;
    private final FileChannel head;
    private final long headerLength;
    private final JournalPolicy policy;
    private final AtomicReference<@Nullable Thread> writing = new AtomicReference<>();
    private volatile @Nullable String problem;

    ImageWriter(JournalFiles files, FileChannel head, long headerLength, JournalPolicy policy) {
        this.files = files;
        this.head = head;
        this.headerLength = headerLength;
        this.policy = policy;
    }

    boolean busy() {
        return writing.get() != null;
    }

    /// @param number of the segment that begins with this state; the log is being written there
    void write(int number, Image image) {
        writing.set(Thread.ofPlatform().daemon().name("journal image").unstarted(() -> run(number, image)));
        var thread = writing.get();
        if (thread != null) {
            thread.start();
        }
    }

    private void run(int number, Image image) {
        try {
            image.write(files.image(number));
            files.syncFolder();
            // Read before anything is dropped that it stands for.
            Image.check(files.image(number));
        } catch (IOException | WasmRedisException e) {
            failed(number, e);
            writing.set(null);
            return;
        }
        try {
            drop();
            succeeded();
        } catch (IOException e) {
            told("What comes before %s cannot be dropped: %s. The journal grows until it can."
                    .formatted(files.image(number), reason(e)));
        } finally {
            writing.set(null);
        }
    }

    /// Oldest first, so that what is there leads to the end without a gap whenever this is cut short. What was left
    /// then goes the next time.
    private void drop() throws IOException {
        var images = files.images();
        if (images.size() < policy.keepImages()) {
            return;
        }
        var oldest = images.get(images.size() - policy.keepImages());
        if (head.size() > headerLength) {
            head.truncate(headerLength);
            head.force(true);
        }
        for (var number : files.segments()) {
            if (number < oldest) {
                Files.deleteIfExists(files.segment(number));
            }
        }
        for (var number : images) {
            if (number < oldest) {
                Files.deleteIfExists(files.image(number));
            }
        }
    }

    /// The log alone is enough to come back, but it grows and takes longer; the next try may do better.
    void failed(int number, Exception why) {
        told("The image %s cannot be written: %s. The journal grows until one can; make room on the disk."
                .formatted(files.image(number), reason(why)));
    }

    private void told(String sentence) {
        if (problem == null) {
            log().log(Level.WARNING, sentence);
        }
        problem = sentence;
    }

    private void succeeded() {
        if (problem != null) {
            problem = null;
            log().log(Level.INFO, "Images of the journal {0} can be written again.", files.head());
        }
    }

    private static String reason(Exception why) {
        return why instanceof java.nio.file.AccessDeniedException
                ? "access is denied"
                : String.valueOf(why.getMessage());
    }

    /// Why the last image could not be written.
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /// Waits for an image under way.
    void await() {
        var thread = writing.get();
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static System.Logger log() {
        return System.getLogger(ImageWriter.class.getName());
    }
}
