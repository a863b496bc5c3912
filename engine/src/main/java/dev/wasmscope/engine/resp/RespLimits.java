package dev.wasmscope.engine.resp;

/// How much a peer may send. A length that is only claimed costs nothing; these bound what really comes.
///
/// @param bulk bytes of one string
/// @param items of one aggregate
/// @param depth of aggregates in aggregates
/// @param total bytes of one value with everything in it
public record RespLimits(int bulk, int items, int depth, long total) {
    /// Redis's own for strings (512 MiB); 16 million items; 64 levels, where Redis's replies have under ten.
    public static final RespLimits DEFAULT = new RespLimits(512 << 20, 16 << 20, 64, 1L << 30);

    public RespLimits {
        if (bulk < 0 || items < 0 || depth < 1 || total < 1) {
            throw new IllegalArgumentException(
                    "Limits %d, %d, %d, %d are not all positive.".formatted(bulk, items, depth, total));
        }
    }
}
