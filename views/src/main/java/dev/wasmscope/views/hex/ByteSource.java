package dev.wasmscope.views.hex;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Bytes from anywhere: a file, a linear memory, a key of Redis. The view asks only for what it shows.
public interface ByteSource {
    /// How many bytes there are now. May change between calls; never blocks.
    long size();

    /// Copies bytes. Never blocks; the stage may complete on any thread and fails with a message for the user.
    ///
    /// @param length at most [#MOST]
    CompletionStage<Bytes> read(long address, int length);

    /// The most bytes one read may ask for.
    int MOST = 1 << 20;

    /// No bytes at all.
    ByteSource EMPTY = of(new byte[0]);

    /// @param epoch bytes of equal epochs that are not live are from one moment
    /// @param live copied while they were being written, so they may mix moments
    /// @param bytes belong to the receiver
    @SuppressWarnings("ArrayRecordComponent") // a copy that is handed over, never compared
    record Bytes(long address, byte[] bytes, long epoch, boolean live) {}

    /// A source over bytes that nobody writes to any more.
    static ByteSource of(byte[] bytes) {
        return new ByteSource() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public CompletionStage<Bytes> read(long address, int length) {
                if (address < 0 || length < 0 || address > bytes.length - length) {
                    return CompletableFuture.failedFuture(
                            new IndexOutOfBoundsException("Bytes %d to %d leave the %d bytes there are."
                                    .formatted(address, address + length, bytes.length)));
                }
                var copy = Arrays.copyOfRange(bytes, (int) address, (int) address + length);
                return CompletableFuture.completedFuture(new Bytes(address, copy, 0, false));
            }
        };
    }
}
