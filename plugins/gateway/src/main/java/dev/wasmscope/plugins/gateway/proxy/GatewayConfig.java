package dev.wasmscope.plugins.gateway.proxy;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Where a gateway listens and whom it asks.
///
/// @param upstream `http://host:port/base`: what clients ask for is looked for below it
/// @param admin for status, metrics and reloading; a loopback address
/// @param maxBody most bytes of a request's body, and of a response's where the filter reads it
/// @param upstreamTimeout the longest silence of the upstream server
public record GatewayConfig(
        InetSocketAddress listen,
        URI upstream,
        Optional<InetSocketAddress> admin,
        long maxBody,
        Duration upstreamTimeout) {
    public static final long USUAL_BODY = 10L << 20;
    public static final Duration USUAL_SILENCE = Duration.ofSeconds(30);

    /// @throws IllegalArgumentException with a sentence
    public GatewayConfig {
        var scheme = upstream.getScheme() == null ? "" : upstream.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(
                    "The upstream server's address is like http://127.0.0.1:3000, not %s.".formatted(upstream));
        }
        if (upstream.getHost() == null || upstream.getRawQuery() != null || upstream.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "The upstream server's address has a host and no query, unlike %s.".formatted(upstream));
        }
        admin.ifPresent(address -> {
            if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
                throw new IllegalArgumentException(
                        "Status and reloading are for this machine only: %s is no loopback address."
                                .formatted(address.getHostString()));
            }
        });
        if (maxBody < 0 || maxBody > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "A body has 0 to %d bytes, not %d.".formatted(Integer.MAX_VALUE, maxBody));
        }
        if (upstreamTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("The upstream server is given 1 ms or more.");
        }
    }

    public static GatewayConfig of(InetSocketAddress listen, URI upstream) {
        return new GatewayConfig(listen, upstream, Optional.empty(), USUAL_BODY, USUAL_SILENCE);
    }

    public GatewayConfig withAdmin(InetSocketAddress address) {
        return new GatewayConfig(listen, upstream, Optional.of(address), maxBody, upstreamTimeout);
    }

    public GatewayConfig withMaxBody(long bytes) {
        return new GatewayConfig(listen, upstream, admin, bytes, upstreamTimeout);
    }

    public GatewayConfig withUpstreamTimeout(Duration silence) {
        return new GatewayConfig(listen, upstream, admin, maxBody, silence);
    }

    /// The address of a target, path and query, at the upstream server. What an address cannot hold is escaped.
    URI at(String target) {
        var base = upstream.getRawPath();
        if (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        return URI.create(upstream.getScheme() + "://" + upstream.getRawAuthority() + base + legal(target));
    }

    private static String legal(String target) {
        var good = true;
        for (var i = 0; good && i < target.length(); i++) {
            good = legal(target.charAt(i), target, i);
        }
        if (good) {
            return target;
        }
        var text = new StringBuilder();
        for (var i = 0; i < target.length(); i++) {
            var c = target.charAt(i);
            if (legal(c, target, i)) {
                text.append(c);
            } else {
                text.append("%%%02X".formatted((int) c));
            }
        }
        return text.toString();
    }

    private static boolean legal(char c, String target, int at) {
        if (c == '%') {
            return at + 2 < target.length()
                    && Character.digit(target.charAt(at + 1), 16) >= 0
                    && Character.digit(target.charAt(at + 2), 16) >= 0;
        }
        return c > ' ' && c < 0x7F && "\"<>\\^`{|}[]#".indexOf(c) < 0;
    }
}
