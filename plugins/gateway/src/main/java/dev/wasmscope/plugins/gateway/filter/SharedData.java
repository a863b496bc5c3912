package dev.wasmscope.plugins.gateway.filter;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What all instances of a filter share, over versions, too: text by key. Numbers are texts that can be read as such,
/// binary values are texts in base 64, as in Easegress. Any thread.
public final class SharedData {
    /// Guests are not trusted with the heap of their host.
    static final int MOST_KEYS = 100_000;

    static final long MOST_BYTES = 64L << 20;

    private final Map<String, String> values = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();

    public @Nullable String get(String key) {
        return values.get(key);
    }

    /// @throws IllegalStateException when there is too much of it
    public void put(String key, String value) {
        values.compute(key, (_, before) -> replaced(key, before, value));
    }

    public boolean remove(String key) {
        var before = values.remove(key);
        if (before != null) {
            bytes.addAndGet(-size(key, before));
        }
        return before != null;
    }

    /// A copy, by key.
    public Map<String, String> all() {
        return new TreeMap<>(values);
    }

    byte[] binary(String key) {
        var value = values.get(key);
        if (value == null) {
            return new byte[0];
        }
        try {
            return Base64.getDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    void putBinary(String key, byte[] value) {
        put(key, Base64.getEncoder().encodeToString(value));
    }

    long integer(String key) {
        return integerOf(values.get(key));
    }

    double floating(String key) {
        return floatingOf(values.get(key));
    }

    /// In one step, whoever else adds.
    long add(String key, long addend) {
        var sum = values.compute(key, (_, before) -> replaced(key, before, Long.toString(integerOf(before) + addend)));
        return integerOf(sum);
    }

    /// In one step, whoever else adds.
    double add(String key, double addend) {
        var sum =
                values.compute(key, (_, before) -> replaced(key, before, Double.toString(floatingOf(before) + addend)));
        return floatingOf(sum);
    }

    int count(String prefix) {
        return (int)
                values.keySet().stream().filter(key -> key.startsWith(prefix)).count();
    }

    private String replaced(String key, @Nullable String before, String value) {
        var more = before == null ? size(key, value) : size(key, value) - size(key, before);
        if (more > 0 && bytes.get() + more > MOST_BYTES) {
            throw new IllegalStateException("The shared data is full: %d bytes are allowed.".formatted(MOST_BYTES));
        }
        // Not exact while others add keys, nor has it to be.
        if (before == null && values.size() >= MOST_KEYS) {
            throw new IllegalStateException("The shared data is full: %d keys are allowed.".formatted(MOST_KEYS));
        }
        bytes.addAndGet(more);
        return value;
    }

    private static long size(String key, String value) {
        return key.getBytes(StandardCharsets.UTF_8).length + (long) value.length();
    }

    private static long integerOf(@Nullable String text) {
        try {
            return text == null ? 0 : Long.decode(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static double floatingOf(@Nullable String text) {
        try {
            return text == null ? 0 : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
