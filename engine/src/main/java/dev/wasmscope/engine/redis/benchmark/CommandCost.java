package dev.wasmscope.engine.redis.benchmark;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// What Redis itself counts for a command in `INFO commandstats`: calls, and microseconds inside the command alone
/// (no reading, parsing or writing).
record CommandCost(long calls, double microsPerCall) {
    private static final Pattern LINE =
            Pattern.compile("cmdstat_(?<name>[^:]+):calls=(?<calls>\\d+),usec=\\d+,usec_per_call=(?<per>[0-9.]+).*");

    /// @return by command, in capitals
    static Map<String, CommandCost> read(String info) {
        var costs = new HashMap<String, CommandCost>();
        info.lines()
                .map(LINE::matcher)
                .filter(m -> m.matches())
                .forEach(m -> costs.put(
                        m.group("name").toUpperCase(Locale.ROOT),
                        new CommandCost(Long.parseLong(m.group("calls")), Double.parseDouble(m.group("per")))));
        return costs;
    }
}
