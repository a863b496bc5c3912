package dev.wasmscope.views.hex;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The few pages of a source that are looked at. Pages that went stale are still shown until their successor
/// has come, so that a live view does not flicker; pages that were never read are pending.
///
/// UI thread only.
final class PageCache {
    static final int PAGE = 4096;
    static final int MOST_PAGES = 256;

    /// No byte yet.
    static final int PENDING = -1;

    /// After so many refreshes an unanswered page is asked for again: the first question may wait behind a call
    /// that had not begun when it was asked, while a live copy is to be had at once.
    private static final int PATIENCE = 3;

    /// The source could not give it.
    static final int UNREADABLE = -2;

    interface Listener {
        /// Something can be drawn now that could not before.
        void arrived();

        /// Bytes that were read before have another value now.
        void changed(long address, byte[] before, byte[] after);
    }

    private final ByteSource source;
    private final Executor ui;
    private final Listener listener;
    private final Map<Long, Page> pages = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Page> eldest) {
            return size() > MOST_PAGES;
        }
    };
    /// Page -> the generation it was asked for.
    private final Map<Long, Long> underWay = new HashMap<>();
    private long generation;
    private boolean closed;
    private boolean live;
    private @Nullable String problem;

    @SuppressWarnings("ArrayRecordComponent") // never leaves this class
    private record Page(byte[] bytes, long generation) {}

    PageCache(ByteSource source, Executor ui, Listener listener) {
        this.source = source;
        this.ui = ui;
        this.listener = listener;
    }

    /// The byte as 0 to 255, or [#PENDING] or [#UNREADABLE].
    int at(long address) {
        var page = pages.get(address / PAGE);
        int at = (int) (address % PAGE);
        if (page == null || at >= page.bytes.length) {
            return problem == null ? PENDING : UNREADABLE;
        }
        return page.bytes[at] & 0xff;
    }

    /// Fills `row` like [#at(long)], from `address` on.
    void row(long address, int[] row) {
        for (int i = 0; i < row.length; i++) {
            row[i] = at(address + i);
        }
    }

    /// Whether the newest copy may mix moments.
    boolean live() {
        return live;
    }

    /// Why the last read failed, if it did.
    @Nullable
    String problem() {
        return problem;
    }

    /// Everything read so far is old: it is read again when it is wanted.
    void refresh() {
        generation++;
        problem = null;
    }

    /// No answer is listened to from now on.
    void close() {
        closed = true;
    }

    /// Asks the source for the pages of this range that are missing or stale and not yet on their way.
    void want(long address, long length) {
        long size = source.size();
        long end = Math.min(size, address + length);
        if (closed || problem != null || address >= end) {
            return;
        }
        long last = (end - 1) / PAGE;
        long first = address / PAGE;
        while (first <= last) {
            if (!needs(first, size)) {
                first++;
                continue;
            }
            long after = first + 1;
            while (after <= last && needs(after, size) && (after - first + 1) * PAGE <= ByteSource.MOST) {
                after++;
            }
            read(first, after, size);
            first = after;
        }
    }

    private boolean needs(long index, long size) {
        var asked = underWay.get(index);
        if (asked != null && generation - asked < PATIENCE) {
            return false;
        }
        var page = pages.get(index);
        return page == null || page.generation != generation || page.bytes.length < Math.min(PAGE, size - index * PAGE);
    }

    private void read(long first, long after, long size) {
        for (long i = first; i < after; i++) {
            underWay.put(i, generation);
        }
        long asked = generation;
        int length = (int) (Math.min(size, after * PAGE) - first * PAGE);
        var reading = source.read(first * PAGE, length).toCompletableFuture();
        if (reading.isDone() && !reading.isCompletedExceptionally()) {
            accept(first, after, asked, reading.join(), null); // already here: no frame without it
            return;
        }
        var _ = reading.whenComplete((bytes, failure) -> ui.execute(() -> accept(first, after, asked, bytes, failure)));
    }

    private void accept(
            long first, long after, long asked, ByteSource.@Nullable Bytes read, @Nullable Throwable failure) {
        for (long i = first; i < after; i++) {
            underWay.remove(i, asked);
        }
        if (closed) {
            return;
        }
        if (read != null) {
            for (long i = first; i < after; i++) {
                put(i, first, asked, read);
            }
        } else if (failure != null && asked == generation) {
            problem = sentence(failure);
        }
        listener.arrived();
    }

    private void put(long index, long first, long asked, ByteSource.Bytes read) {
        var before = pages.get(index);
        if (before != null && before.generation > asked) {
            return; // a late answer to an old question
        }
        live = read.live();
        int from = (int) (index - first) * PAGE;
        var bytes = Arrays.copyOfRange(read.bytes(), from, Math.min(from + PAGE, read.bytes().length));
        pages.put(index, new Page(bytes, asked));
        if (before != null && !Arrays.equals(before.bytes, bytes)) {
            listener.changed(index * PAGE, before.bytes, bytes);
        }
    }

    /// What a failed read tells the user.
    static String sentence(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        var message = cause.getMessage();
        return message == null ? "The bytes could not be read: " + cause + "." : message;
    }
}
