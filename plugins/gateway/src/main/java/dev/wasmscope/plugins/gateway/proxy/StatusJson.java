package dev.wasmscope.plugins.gateway.proxy;

import dev.wasmscope.plugins.gateway.filter.Filter;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a gateway does, for programs: Easegress's fields `health`, `numOfRequest` and `numOfWasmError`, and more.
final class StatusJson {
    private StatusJson() {}

    static String of(Traffic traffic, @Nullable Filter filter) {
        if (filter == null) {
            return "{\"health\": \"no filter\", \"requests\": %d}\n".formatted(traffic.requestCount());
        }
        var status = filter.status();
        var took = traffic.filter().summary();
        return """
                {"health": %s, "numOfRequest": %d, "numOfWasmError": %d,
                 "module": %s, "version": %d, "pool": %d, "alive": %d, "idle": %d, "replaced": %d,
                 "results": %s,
                 "filterMicros": {"p50": %d, "p90": %d, "p99": %d, "max": %d}}
                """.formatted(
                        text(status.health()),
                        // As Easegress counts: those that got an instance.
                        traffic.filterCount() - traffic.result("outOfVM"),
                        traffic.result("wasmError"),
                        text(status.module()),
                        status.version(),
                        status.pool(),
                        status.alive(),
                        status.idle(),
                        status.replaced(),
                        results(traffic.results()),
                        took.p50() / 1000,
                        took.p90() / 1000,
                        took.p99() / 1000,
                        took.max() / 1000);
    }

    private static String results(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> text(entry.getKey().isEmpty() ? "ok" : entry.getKey()) + ": " + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    static String object(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> text(entry.getKey()) + ": " + text(entry.getValue()))
                .collect(Collectors.joining(",\n ", "{", "}\n"));
    }

    static String text(String value) {
        var out = new StringBuilder("\"");
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
