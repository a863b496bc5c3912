package dev.wasmscope.engine.redis.wasm;

/// How much a journal promises and how much room it takes.
///
/// @param keepImages this many images stay, and the log from the oldest of them on; [#ALL]: the whole log stays
/// @param imageEvery bytes of log after which an image is written; [#AS_MEMORY]: as many as the memory has, at least
///     64 MiB
public record JournalPolicy(Fsync fsync, int keepImages, long imageEvery) {
    public static final int ALL = Integer.MAX_VALUE;
    public static final long AS_MEMORY = 0;
    /// With two, a newest image that cannot be read costs nothing but time.
    public static final int USUAL_IMAGES = 2;

    private static final long IMAGE_EVERY = 64L << 20;

    public JournalPolicy {
        if (keepImages < 1 || imageEvery < 0) {
            throw new IllegalArgumentException(
                    "A journal keeps at least one image, not %d, and writes one after %d bytes."
                            .formatted(keepImages, imageEvery));
        }
    }

    public static JournalPolicy of(Fsync fsync) {
        return new JournalPolicy(fsync, USUAL_IMAGES, AS_MEMORY);
    }

    /// @param logged bytes since the last image
    /// @param memory bytes that an image has at most
    boolean imageDue(long logged, long memory) {
        return logged >= (imageEvery == AS_MEMORY ? Math.max(IMAGE_EVERY, memory) : imageEvery);
    }
}
