package dev.wasmscope.views.hex;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which bytes changed, and how long ago: the colour of a byte by step and by time.
///
/// A step (call, write, undo) glows and fades to a tint that stays until the next step; two earlier steps stay as
/// weaker tints. Bytes seen changing while a call runs fade away.
final class ChangeMarks {
    static final long FADE_NANOS = 6_000_000_000L;
    private static final long LIVE_NANOS = 1_500_000_000L;
    private static final float[] REST = {0.45f, 0.22f, 0.12f};
    private static final int MOST_LIVE_PAGES = 32;

    private final Deque<Step> steps = new ArrayDeque<>();
    private final Map<Long, long[]> liveStamps = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, long[]> eldest) {
            return size() > MOST_LIVE_PAGES;
        }
    };
    private boolean still;
    private long lastLive = Long.MIN_VALUE;

    private record Step(long nanos, List<ByteRange> ranges) {
        /// Index of the first range that ends after `address`.
        int firstAfter(long address) {
            int low = 0;
            int high = ranges.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (ranges.get(middle).end() <= address) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    /// No motion: marks keep one colour instead of fading.
    void setStill(boolean noFading) {
        still = noFading;
    }

    /// @param ranges disjoint; in any order
    void step(List<ByteRange> ranges, long now) {
        steps.addFirst(new Step(
                now,
                ranges.stream()
                        .sorted(Comparator.comparingLong(ByteRange::address))
                        .toList()));
        if (steps.size() > REST.length) {
            steps.removeLast();
        }
        liveStamps.clear();
    }

    /// Bytes of one page that have another value than before.
    void live(long address, byte[] before, byte[] after, long now) {
        var stamps = liveStamps.computeIfAbsent(address / PageCache.PAGE, _ -> new long[PageCache.PAGE]);
        for (int i = 0; i < Math.min(before.length, after.length); i++) {
            if (before[i] != after[i]) {
                stamps[i] = now;
            }
        }
        lastLive = now;
    }

    void clear() {
        steps.clear();
        liveStamps.clear();
    }

    /// Writes 0 (unchanged) to 1 (just now) for each byte from `address` on.
    void heat(long address, long now, float[] into) {
        Arrays.fill(into, 0);
        int age = 0;
        for (var step : steps) {
            float heat = heat(age, now - step.nanos);
            for (int r = step.firstAfter(address); r < step.ranges.size(); r++) {
                var range = step.ranges.get(r);
                if (range.address() >= address + into.length) {
                    break;
                }
                int from = (int) Math.max(0, range.address() - address);
                int to = (int) Math.min(into.length, range.end() - address);
                for (int i = from; i < to; i++) {
                    into[i] = Math.max(into[i], heat);
                }
            }
            age++;
        }
        liveHeat(address, now, into);
    }

    private float heat(int age, long nanos) {
        if (still) {
            return age == 0 ? 0.8f : REST[age];
        }
        float left = age > 0 ? 0 : 1 - (float) Math.min(nanos, FADE_NANOS) / FADE_NANOS;
        return REST[age] + (1 - REST[age]) * left;
    }

    private void liveHeat(long address, long now, float[] into) {
        if (liveStamps.isEmpty()) {
            return;
        }
        for (int i = 0; i < into.length; i++) {
            var stamps = liveStamps.get((address + i) / PageCache.PAGE);
            long stamp = stamps == null ? 0 : stamps[(int) ((address + i) % PageCache.PAGE)];
            long age = now - stamp;
            if (stamp != 0 && age < LIVE_NANOS) {
                into[i] = Math.max(into[i], still ? 0.8f : 1 - (float) age / LIVE_NANOS);
            }
        }
    }

    /// What the newest step changed, in address order.
    List<ByteRange> newest() {
        var step = steps.peekFirst();
        return step == null ? List.of() : step.ranges;
    }

    /// Whether a colour changes with time, so that frames are needed.
    boolean fading(long now) {
        var step = steps.peekFirst();
        boolean stepFades = !still && step != null && !step.ranges.isEmpty() && now - step.nanos < FADE_NANOS;
        return stepFades || (lastLive != Long.MIN_VALUE && now - lastLive < LIVE_NANOS);
    }
}
