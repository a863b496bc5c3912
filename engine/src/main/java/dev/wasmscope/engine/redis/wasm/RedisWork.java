package dev.wasmscope.engine.redis.wasm;

/// What a Redis in Wasm has done for its clients since it was started. The difference of two is what happened between.
///
/// @param nanos in the guest, with copying requests in and replies out
/// @param pagesWritten pages of 64 KiB that requests wrote to, counted once for each request
/// @param bytesChanged bytes that differed after a request
/// @param pages of the memory now
public record RedisWork(long requests, long nanos, long pagesWritten, long bytesChanged, int pages) {
    static final RedisWork NONE = new RedisWork(0, 0, 0, 0, 0);

    RedisWork plus(long moreNanos, int written, long changed, int pagesNow) {
        return new RedisWork(requests + 1, nanos + moreNanos, pagesWritten + written, bytesChanged + changed, pagesNow);
    }

    /// What was done since an earlier moment.
    public RedisWork since(RedisWork before) {
        return new RedisWork(
                requests - before.requests,
                nanos - before.nanos,
                pagesWritten - before.pagesWritten,
                bytesChanged - before.bytesChanged,
                pages - before.pages);
    }
}
