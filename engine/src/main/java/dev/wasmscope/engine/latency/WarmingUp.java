package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.platform.CompilerTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// When a run's warm-up is over: after the planned time, but not while Java still compiles a server. Redis in Wasm took
/// 50 times as long for each request in its first seconds.
///
/// A server is compiled when its compilers have hardly worked for a second in which it had requests. Those that are not
/// have the turns for themselves once the planned time is over, 20 s a lane at the most. A plan without warm-up has
/// none at all. Used by the measuring thread.
final class WarmingUp {
    private static final long MOST_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int QUIET_PERCENT = 3;
    /// What is called that often is compiled, or about to be.
    private static final long LEAST_REQUESTS = 5_000;

    private final long until;
    private final List<@Nullable Server> servers = new ArrayList<>();
    private boolean extended;

    WarmingUp(LatencyPlan plan, long now) {
        until = now + plan.warmUp().toNanos();
        for (var series : plan.series()) {
            servers.add(plan.warmUp().isZero() ? null : server(series, now));
        }
    }

    private @Nullable Server server(PlannedSeries series, long now) {
        for (var known : servers) {
            if (known != null && OptionalLong.of(known.process).equals(series.process())) {
                known.most += MOST_NANOS;
                return known;
            }
        }
        var compiled = series.process().isPresent()
                ? CompilerTime.ofProcess(series.process().getAsLong())
                : OptionalLong.empty();
        return compiled.isPresent()
                ? new Server(series.target(), series.process().getAsLong(), now, compiled.getAsLong())
                : null;
    }

    /// Whether the next block counts.
    boolean over(long now) {
        boolean over = now - until >= 0 && compiling().isEmpty();
        extended |= now - until >= 0 && !over;
        return over;
    }

    /// Whether it has taken longer than planned.
    boolean extended() {
        return extended;
    }

    /// The series whose turn it is.
    int next(BlockOrder order) {
        int series = order.next();
        while (extended && !cold(series)) {
            series = order.next();
        }
        return series;
    }

    /// Whether its server is being compiled: the more requests, the sooner that is over.
    boolean cold(int series) {
        var server = servers.get(series);
        return server != null && server.waitedFor();
    }

    void measured(Block block) {
        var server = servers.get(block.series);
        if (server != null) {
            server.measured(block);
        }
    }

    /// Targets that are waited for.
    List<String> compiling() {
        return targets(Server::waitedFor);
    }

    /// Targets that were still being compiled when they had their time.
    List<String> unfinished() {
        return targets(server -> !server.compiled);
    }

    private List<String> targets(java.util.function.Predicate<Server> which) {
        return servers.stream()
                .filter(server -> server != null && which.test(server))
                .map(server -> server.target)
                .distinct()
                .toList();
    }

    private static final class Server {
        private final String target;
        private final long process;
        private long most = MOST_NANOS;
        private long served;
        private long requests;
        private long lookedAt;
        private long servedThen;
        private long compilersThen;
        private boolean compiled;

        private Server(String target, long process, long now, long compilers) {
            this.target = target;
            this.process = process;
            lookedAt = now;
            compilersThen = compilers;
        }

        private boolean waitedFor() {
            return !compiled && served < most;
        }

        private void measured(Block block) {
            served += block.end - block.start;
            requests += block.latency.getTotalCount();
            // A server that others have kept from its requests says nothing.
            if (block.end - lookedAt >= LOOK_NANOS && served - servedThen >= LOOK_NANOS / 4) {
                look(block.end);
            }
        }

        private void look(long now) {
            // Nothing when the server has died, which its lanes will say.
            long compilers = CompilerTime.ofProcess(process).orElse(compilersThen);
            boolean quiet = (compilers - compilersThen) * 100 < (now - lookedAt) * QUIET_PERCENT;
            compiled |= quiet && requests >= LEAST_REQUESTS;
            lookedAt = now;
            servedThen = served;
            compilersThen = compilers;
        }
    }
}
