package dev.wasmscope.plugins.gateway;

import dev.wasmscope.plugins.gateway.filter.FilterSpec;
import dev.wasmscope.plugins.gateway.proxy.GatewayConfig;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The command line of `gateway`.
///
/// @param filter a path or `sample:NAME`; empty for a gateway without one
/// @param watch whether a change of the filter's file is noticed
public record GatewayOptions(
        GatewayConfig config, Optional<String> filter, FilterSpec spec, boolean watch, boolean json) {
    static final String USAGE = """
            Usage: wasmscope gateway --upstream URL [--listen HOST:PORT] [--filter FILE|sample:NAME]
                   [--pool N] [--timeout TIME] [--memory PAGES] [--stage request|response] [--param KEY=VALUE]...
                   [--admin HOST:PORT] [--max-body SIZE] [--upstream-timeout TIME] [--no-watch] [--json]

            A reverse proxy for HTTP/1.1 and HTTP/2 (h2c) that runs a Wasm module for each request.

              --upstream URL          the server behind it: http://127.0.0.1:3000/base
              --listen HOST:PORT      where clients ask; 127.0.0.1:8080 unless given, port 0 for any
              --filter FILE           the module: Easegress's profile, wasm_run, wasm_alloc, wasm_free
              --pool N                most instances at work at once; 10
              --timeout TIME          of one run: 100ms, 2s; 100ms
              --memory PAGES          most pages of 64 KiB of an instance; 1024
              --stage STAGE           wasm_run sees the request (as it comes) or the response; request
              --param KEY=VALUE       for wasm_init; may be given again
              --admin HOST:PORT       /status, /metrics, /reload, /filter and /data, for this machine only
              --max-body SIZE         longest body of a request: 10m, 512k; 10m
              --upstream-timeout TIME longest silence of the server behind it; 30s
              --no-watch              do not take a changed file as a new version (SIGHUP still does)
              --json                  say where it listens as one line of JSON
            """;

    /// A line that cannot be understood. The message is a sentence.
    public static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    /// @throws UsageException with a sentence
    public static GatewayOptions of(List<String> arguments) throws UsageException {
        var line = new Line(new ArrayDeque<>(arguments));
        try {
            return line.read();
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static final class Line {
        private final Deque<String> left;
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private String listen = "127.0.0.1:8080";
        private String upstream = "";
        private String filter = "";
        private String admin = "";
        private int pool = FilterSpec.DEFAULT.pool();
        private int pages = FilterSpec.DEFAULT.memoryPages();
        private Duration timeout = FilterSpec.DEFAULT.timeout();
        private Duration silence = GatewayConfig.USUAL_SILENCE;
        private FilterSpec.Stage stage = FilterSpec.Stage.REQUEST;
        private long body = GatewayConfig.USUAL_BODY;
        private boolean watch = true;
        private boolean json;

        Line(Deque<String> left) {
            this.left = left;
        }

        GatewayOptions read() throws UsageException {
            while (!left.isEmpty()) {
                one(left.pop());
            }
            if (upstream.isEmpty()) {
                throw new UsageException("Which server is behind the gateway? Say --upstream http://HOST:PORT.");
            }
            var config = new GatewayConfig(
                    address("--listen", listen),
                    URI.create(upstream),
                    admin.isEmpty() ? Optional.empty() : Optional.of(address("--admin", admin)),
                    body,
                    silence);
            var spec = new FilterSpec(pool, timeout, pages, stage, parameters);
            return new GatewayOptions(
                    config, filter.isEmpty() ? Optional.empty() : Optional.of(filter), spec, watch, json);
        }

        private void one(String argument) throws UsageException {
            var equals = argument.indexOf('=');
            if (argument.startsWith("--") && equals > 0) {
                left.push(argument.substring(equals + 1));
                argument = argument.substring(0, equals);
            }
            switch (argument) {
                case "--listen" -> listen = value(argument);
                case "--upstream" -> upstream = value(argument);
                case "--filter" -> filter = value(argument);
                case "--admin" -> admin = value(argument);
                case "--pool" -> pool = number(argument, value(argument));
                case "--memory" -> pages = number(argument, value(argument));
                case "--timeout" -> timeout = time(argument, value(argument));
                case "--upstream-timeout" -> silence = time(argument, value(argument));
                case "--max-body" -> body = size(argument, value(argument));
                case "--stage" -> stage = stage(value(argument));
                case "--param" -> parameter(value(argument));
                case "--no-watch" -> watch = false;
                case "--json" -> json = true;
                default -> throw new UsageException("\"%s\" is no option of gateway.".formatted(argument));
            }
        }

        private String value(String option) throws UsageException {
            if (left.isEmpty()) {
                throw new UsageException(option + " wants a value.");
            }
            return left.pop();
        }

        private void parameter(String text) throws UsageException {
            var equals = text.indexOf('=');
            if (equals < 1) {
                throw new UsageException("A parameter is like --param limit=10, not \"%s\".".formatted(text));
            }
            parameters.put(text.substring(0, equals), text.substring(equals + 1));
        }

        private static FilterSpec.Stage stage(String text) throws UsageException {
            return switch (text) {
                case "request" -> FilterSpec.Stage.REQUEST;
                case "response" -> FilterSpec.Stage.RESPONSE;
                default -> throw new UsageException("--stage is request or response, not \"%s\".".formatted(text));
            };
        }

        private static int number(String option, String text) throws UsageException {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new UsageException("%s wants a whole number, not \"%s\".".formatted(option, text));
            }
        }

        private static Duration time(String option, String text) throws UsageException {
            var unit = text.replaceFirst("^[0-9]+", "");
            var digits = text.substring(0, text.length() - unit.length());
            if (digits.isEmpty()
                    || digits.length() > 9
                    || !List.of("us", "ms", "s", "m").contains(unit)) {
                throw new UsageException("%s wants a time like 100ms or 2s, not \"%s\".".formatted(option, text));
            }
            var amount = Long.parseLong(digits);
            return switch (unit) {
                case "us" -> Duration.ofNanos(amount * 1000);
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                default -> Duration.ofMinutes(amount);
            };
        }

        private static long size(String option, String text) throws UsageException {
            var unit = text.toLowerCase(Locale.ROOT).replaceFirst("^[0-9]+", "");
            var digits = text.substring(0, text.length() - unit.length());
            if (digits.isEmpty()
                    || digits.length() > 12
                    || !List.of("", "k", "m", "g").contains(unit)) {
                throw new UsageException("%s wants a size like 512k or 10m, not \"%s\".".formatted(option, text));
            }
            var shift = unit.isEmpty() ? 0 : 10 * (1 + "kmg".indexOf(unit));
            return Long.parseLong(digits) << shift;
        }

        private static InetSocketAddress address(String option, String text) throws UsageException {
            var colon = text.lastIndexOf(':');
            var port = colon < 0 ? -1 : port(text.substring(colon + 1));
            if (colon < 1 || port < 0) {
                throw new UsageException("%s wants HOST:PORT, not \"%s\".".formatted(option, text));
            }
            var host = text.substring(0, colon);
            if (host.startsWith("[") && host.endsWith("]")) {
                host = host.substring(1, host.length() - 1);
            }
            var address = new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                throw new UsageException("%s: the host %s is not known here.".formatted(option, host));
            }
            return address;
        }

        private static int port(String text) {
            try {
                var port = Integer.parseInt(text);
                return port <= 65_535 ? port : -1;
            } catch (NumberFormatException e) {
                return -1;
            }
        }
    }
}
