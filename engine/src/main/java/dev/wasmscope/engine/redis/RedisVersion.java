package dev.wasmscope.engine.redis;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/// A server's version, as it says of itself.
public record RedisVersion(int major, int minor, int patch) implements Comparable<RedisVersion> {
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");
    private static final Comparator<RedisVersion> ORDER = Comparator.comparingInt(RedisVersion::major)
            .thenComparingInt(RedisVersion::minor)
            .thenComparingInt(RedisVersion::patch);

    /// The first `N.N.N` in a text.
    static Optional<RedisVersion> in(String text) {
        var found = NUMBERS.matcher(text);
        return found.find()
                ? Optional.of(new RedisVersion(
                        Integer.parseInt(found.group(1)),
                        Integer.parseInt(found.group(2)),
                        Integer.parseInt(found.group(3))))
                : Optional.empty();
    }

    public boolean atLeast(int wantedMajor, int wantedMinor) {
        return compareTo(new RedisVersion(wantedMajor, wantedMinor, 0)) >= 0;
    }

    @Override
    public int compareTo(RedisVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%d.%d.%d".formatted(major, minor, patch);
    }
}
