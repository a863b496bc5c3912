package dev.wasmscope.plugins.gateway.proxy;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Header fields that belong to one connection and are not passed on.
final class Hops {
    private static final Set<String> ALWAYS = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    private final Set<String> named = new HashSet<>();

    /// @param connection the values of the Connection fields, which name others
    Hops(List<String> connection) {
        for (var value : connection) {
            for (var name : value.split(",", -1)) {
                named.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
    }

    boolean contains(String name) {
        var small = name.toLowerCase(Locale.ROOT);
        return ALWAYS.contains(small) || named.contains(small);
    }
}
