package dev.wasmscope.plugins.gateway.proxy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/// What went through a gateway: counters, durations and the last requests. Any thread.
public final class Traffic {
    private static final int RECENT = 128;

    private final Map<String, LongAdder> results = new ConcurrentHashMap<>();
    private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final LongAdder upstreamFailures = new LongAdder();
    private final LongAdder filtered = new LongAdder();
    private final Latencies requests = new Latencies();
    private final Latencies filter = new Latencies();
    private final AtomicReferenceArray<Passed> recent = new AtomicReferenceArray<>(RECENT);
    private final AtomicLong passed = new AtomicLong();

    /// A request that has ended.
    ///
    /// @param number from 1 on
    /// @param version of the filter; 0 where there is none
    /// @param result of the filter, as Easegress names it; empty where the request went on
    /// @param remark why it went wrong; empty where it did not
    public record Passed(
            long number,
            Instant at,
            String method,
            String target,
            int status,
            String result,
            int version,
            long filterNanos,
            long totalNanos,
            String remark) {}

    void begins() {
        underWay.incrementAndGet();
    }

    void upstreamFailed() {
        upstreamFailures.increment();
    }

    /// A run of the filter, before or after the upstream server.
    void filtered(String result, long nanos) {
        filtered.increment();
        filter.record(nanos);
        results.computeIfAbsent(result, _ -> new LongAdder()).increment();
    }

    void ended(Passage.Ending ending) {
        underWay.decrementAndGet();
        requests.record(ending.totalNanos());
        statuses.computeIfAbsent(ending.status(), _ -> new LongAdder()).increment();
        var number = passed.incrementAndGet();
        recent.set((int) (number % RECENT), ending.passed(number));
    }

    /// The last requests, the newest first.
    public List<Passed> recent() {
        var list = new ArrayList<Passed>();
        for (var i = 0; i < RECENT; i++) {
            var one = recent.get(i);
            if (one != null) {
                list.add(one);
            }
        }
        list.sort(Comparator.comparingLong(Passed::number).reversed());
        return list;
    }

    public long requestCount() {
        return passed.get();
    }

    public int underWay() {
        return underWay.get();
    }

    public long upstreamFailures() {
        return upstreamFailures.sum();
    }

    /// How often the filter ran, or could not.
    public long filterCount() {
        return filtered.sum();
    }

    /// Runs by result; that of requests that go on is the empty string.
    public Map<String, Long> results() {
        var counts = new TreeMap<String, Long>();
        results.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }

    public long result(String name) {
        var count = results.get(name);
        return count == null ? 0 : count.sum();
    }

    public Map<Integer, Long> statuses() {
        var counts = new TreeMap<Integer, Long>();
        statuses.forEach((status, count) -> counts.put(status, count.sum()));
        return counts;
    }

    /// From a request's arrival to the last byte of its response.
    public Latencies requests() {
        return requests;
    }

    /// Of the filter's runs alone.
    public Latencies filter() {
        return filter;
    }
}
