package dev.wasmscope.app.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The best of many hits. Of equals the one that came first is the better.
final class Best {
    private static final int MOST = 60;

    private final PriorityQueue<Hit> hits = new PriorityQueue<>(Hit.WORST_FIRST);
    private int count;

    private record Hit(int score, int order, Object target) {
        static final Comparator<Hit> WORST_FIRST = Comparator.comparingInt(Hit::score)
                .thenComparing(Comparator.comparingInt(Hit::order).reversed());
    }

    /// @param score as of [Fuzzy]
    void offer(int score, int bonus, Object target) {
        if (score == Fuzzy.NO_MATCH) {
            return;
        }
        // A hit that is no better than the worst never gets in: no object for each of tens of thousands of names.
        if (hits.size() == MOST) {
            if (hits.element().score >= score + bonus) {
                return;
            }
            hits.remove();
        }
        hits.add(new Hit(score + bonus, count++, target));
    }

    List<Object> inOrder() {
        var all = new ArrayList<>(hits);
        all.sort(Hit.WORST_FIRST.reversed());
        return all.stream().map(Hit::target).toList();
    }
}
