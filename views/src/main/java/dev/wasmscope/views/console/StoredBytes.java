package dev.wasmscope.views.console;

import dev.wasmscope.engine.spi.ChangedRange;
import dev.wasmscope.engine.spi.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Finds where Redis has put what a command stored.
///
/// An argument lies in memory several times: in the request, in Redis's buffer, and where it is kept. There it is an
/// SDS string of Redis: its length, its room and its kind stand in the three bytes before it.
final class StoredBytes {
    private static final int MOST_RANGES = 4096;
    private static final int HEAD = 3;
    /// `SDS_TYPE_8`, for strings below 256 bytes.
    private static final int TYPE_8 = 1;

    private StoredBytes() {}

    record Place(long address, int length) {}

    /// @param words a command that was just answered
    /// @return the last argument, or the one before it, where it is kept; empty where none was found
    static CompletableFuture<Optional<Place>> find(Session session, List<byte[]> words) {
        return session.lastChanges(0, MOST_RANGES).thenCompose(changes -> {
            var candidates = new ArrayList<Place>();
            for (var word : words.subList(1, words.size()).reversed()) {
                if (word.length > 1 && word.length < 256) {
                    changes.ranges().forEach(range -> addAll(candidates, range, word));
                }
            }
            return first(session, candidates, 0);
        });
    }

    private static void addAll(List<Place> candidates, ChangedRange range, byte[] word) {
        var bytes = range.after();
        for (int i = 0; i + word.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + word.length, word, 0, word.length)) {
                candidates.add(new Place(range.address() + i, word.length));
            }
        }
    }

    private static CompletableFuture<Optional<Place>> first(Session session, List<Place> candidates, int at) {
        if (at == candidates.size()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        var place = candidates.get(at);
        if (place.address < HEAD) {
            return first(session, candidates, at + 1);
        }
        return session.read(0, place.address - HEAD, HEAD)
                .thenCompose(copy -> kept(copy.bytes(), place.length)
                        ? CompletableFuture.completedFuture(Optional.of(place))
                        : first(session, candidates, at + 1));
    }

    private static boolean kept(byte[] head, int length) {
        return (head[0] & 0xff) == length && (head[1] & 0xff) >= length && head[2] == TYPE_8;
    }
}
