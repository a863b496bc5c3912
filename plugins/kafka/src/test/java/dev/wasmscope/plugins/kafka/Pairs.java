package dev.wasmscope.plugins.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/// Two ways of doing the same, measured in short blocks by turns, each pair of blocks in the other order than the one
/// before: on a machine that others use, what stands side by side compares, and medians are what is left of it.
final class Pairs {
    private final List<Block> java = new ArrayList<>();
    private final List<Block> wasm = new ArrayList<>();

    /// What a block came to.
    ///
    /// @param rate tasks a second
    /// @param processor seconds of the whole process's processor time for a thousand tasks, broker included
    /// @param attempt microseconds of one attempt, of the processor alone
    record Block(double rate, double processor, double attempt) {}

    /// Of pairs of blocks.
    ///
    /// @param low with `high`, where the median lies in 19 of 20 such runs
    record Ratio(double median, double low, double high) {}

    void run(int warmUp, int count, Callable<Block> inJava, Callable<Block> inWasm) throws Exception {
        for (var pair = -warmUp; pair < count; pair++) {
            var javaFirst = pair % 2 == 0;
            var first = javaFirst ? inJava.call() : inWasm.call();
            var second = javaFirst ? inWasm.call() : inJava.call();
            if (pair >= 0) {
                java.add(javaFirst ? first : second);
                wasm.add(javaFirst ? second : first);
            }
        }
    }

    Ratio ratio() {
        var ratios = new ArrayList<Double>();
        for (var i = 0; i < java.size(); i++) {
            ratios.add(wasm.get(i).rate() / java.get(i).rate());
        }
        ratios.sort(null);
        var out = outside(ratios.size());
        return new Ratio(median(ratios), ratios.get(out), ratios.get(ratios.size() - 1 - out));
    }

    /// How many of the least of n values a median lies above, but for one time in forty.
    private static int outside(int n) {
        var chance = Math.pow(0.5, n);
        var sum = chance;
        var out = 0;
        while (sum <= 0.025 && out < n / 2) {
            out++;
            chance *= (double) (n - out + 1) / out;
            sum += chance;
        }
        return Math.max(0, out - 1);
    }

    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        var half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    private static double median(List<Block> blocks, ToDoubleFunction<Block> value) {
        return median(blocks.stream().mapToDouble(value).boxed().toList());
    }

    String text(String title) {
        var ratio = ratio();
        return "%s, medians of %d blocks each%n".formatted(title, java.size())
                + "           tasks/s   processor s/1000   us in the processor%n".formatted()
                + line("Java", java)
                + line("Wasm", wasm)
                + "Wasm does %.0f %% of Java's tasks (95 %%: %.0f to %.0f %%)%n"
                        .formatted(100 * ratio.median, 100 * ratio.low, 100 * ratio.high);
    }

    private static String line(String name, List<Block> blocks) {
        return String.format(
                Locale.ROOT,
                "  %-6s %,9.0f %18.4f %21.2f%n",
                name,
                median(blocks, Block::rate),
                median(blocks, Block::processor),
                median(blocks, Block::attempt));
    }
}
