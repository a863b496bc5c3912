package dev.wasmscope.engine.latency;

import java.util.SplittableRandom;

/// Rounds in which every series has one block, each round in an order of its own that the seed fixes.
final class BlockOrder {
    private final int[] round;
    private final SplittableRandom random;
    private int next;

    BlockOrder(int series, long seed) {
        round = new int[series];
        for (int i = 0; i < series; i++) {
            round[i] = i;
        }
        random = new SplittableRandom(seed);
        next = series;
    }

    /// The series whose turn it is.
    int next() {
        if (next == round.length) {
            shuffle();
            next = 0;
        }
        return round[next++];
    }

    /// Whether every series has had as many blocks as the others.
    boolean roundComplete() {
        return next == round.length;
    }

    private void shuffle() {
        for (int i = round.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = round[i];
            round[i] = round[j];
            round[j] = swapped;
        }
    }
}
