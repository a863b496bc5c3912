package dev.wasmscope.views.hex;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Bytes that come when the test says so. Byte `n` has the value `n % 251`, plus `shift`.
final class SlowSource implements ByteSource {
    record Waiting(long address, int length, CompletableFuture<Bytes> answer) {}

    final List<Waiting> waiting = new ArrayList<>();
    long size;
    int shift;
    boolean live;

    SlowSource(long size) {
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public CompletionStage<Bytes> read(long address, int length) {
        var read = new Waiting(address, length, new CompletableFuture<>());
        waiting.add(read);
        return read.answer;
    }

    void answerAll() {
        var now = List.copyOf(waiting);
        waiting.clear();
        for (var read : now) {
            read.answer.complete(new Bytes(read.address, bytes(read.address, read.length), 1, live));
        }
    }

    void failAll(Throwable cause) {
        var now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(read -> read.answer.completeExceptionally(cause));
    }

    private byte[] bytes(long address, int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ((address + i) % 251 + shift);
        }
        return bytes;
    }
}
