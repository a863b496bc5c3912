package dev.wasmscope.plugins.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Tells when a file has changed and changes no more: one that is being written is looked at when it is whole. Looks
/// four times a second, which works on every file system.
final class FileWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 250;

    private final Path file;
    private final Runnable changed;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("filter-watch").factory());
    private String known;
    private String last;

    FileWatch(Path file, Runnable changed) {
        this.file = file;
        this.changed = changed;
        this.known = look();
        this.last = known;
        var _ = clock.scheduleWithFixedDelay(this::tick, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        var now = look();
        if (now.equals(last) && !now.equals(known) && !now.isEmpty()) {
            known = now;
            changed.run();
        }
        last = now;
    }

    /// Empty while there is no such file.
    private String look() {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
