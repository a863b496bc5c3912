package dev.wasmscope.plugins.strings;

import java.util.List;
import java.util.stream.Collectors;

/// `[{"offset": 300, "memory": 0, "address": 1024, "length": 5, "text": "hello"}]`; address is null where unknown.
final class Json {
    private Json() {}

    static String of(List<FoundString> strings) {
        return strings.stream().map(Json::of).collect(Collectors.joining(",\n ", "[", "]"));
    }

    private static String of(FoundString string) {
        var address =
                string.address().isPresent() ? String.valueOf(string.address().getAsLong()) : "null";
        return "{\"offset\": %d, \"memory\": %d, \"address\": %s, \"length\": %d, \"text\": \"%s\"}"
                .formatted(string.offset(), string.memory(), address, string.length(), escaped(string.text()));
    }

    private static String escaped(String text) {
        var out = new StringBuilder();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }
}
