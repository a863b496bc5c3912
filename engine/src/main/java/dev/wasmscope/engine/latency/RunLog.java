package dev.wasmscope.engine.latency;

import java.util.ArrayList;
import java.util.List;

/// What a probe has sent, kept to be written to a file. Of a run that nobody stops the oldest blocks go.
final class RunLog {
    private final List<ProbeLine> lines = new ArrayList<>();
    private final long most;
    private long size;

    /// @param most characters of histograms that are kept
    RunLog(long most) {
        this.most = most;
    }

    void add(ProbeLine line) {
        lines.add(line);
        size += size(line);
        if (size > most) {
            forget();
        }
    }

    List<ProbeLine> lines() {
        return List.copyOf(lines);
    }

    /// The oldest blocks, down to three quarters; how the settings were turned stays, as later blocks depend on it.
    private void forget() {
        var kept = new ArrayList<ProbeLine>();
        for (var line : lines) {
            if (line instanceof ProbeLine.Interval && size > most / 4 * 3) {
                size -= size(line);
            } else {
                kept.add(line);
            }
        }
        lines.clear();
        lines.addAll(kept);
    }

    private static long size(ProbeLine line) {
        if (line instanceof ProbeLine.Interval interval) {
            var service = interval.service();
            long latency = interval.latency().length();
            return service == null ? latency : latency + service.length();
        }
        return 0;
    }
}
