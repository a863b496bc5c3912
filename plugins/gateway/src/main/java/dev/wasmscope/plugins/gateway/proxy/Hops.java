package dev.wasmscope.plugins.gateway.proxy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Header fields that belong to one connection and are not passed on.
final class Hops {
    private static final Set<String> ALWAYS = ofAnyCase(
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

    private final Set<String> named = ofAnyCase();

    /// @param connection the values of the Connection fields, which name others
    Hops(List<String> connection) {
        for (var value : connection) {
            for (var name : value.split(",", -1)) {
                named.add(name.strip());
            }
        }
    }

    boolean contains(String name) {
        return ALWAYS.contains(name) || named.contains(name);
    }

    private static Set<String> ofAnyCase(String... names) {
        var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return set;
    }
}
