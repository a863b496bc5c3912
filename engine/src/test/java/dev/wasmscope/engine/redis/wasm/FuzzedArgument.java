package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.resp.RespValue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// An argument as COMMAND DOCS describes it, with the type that tells what a value may be.
///
/// @param token the word before it, or that it is; empty where there is none
record FuzzedArgument(String type, String token, boolean optional, boolean multiple, List<FuzzedArgument> parts) {
    static List<FuzzedArgument> all(RespValue arguments) {
        return items(arguments).stream().map(FuzzedArgument::one).toList();
    }

    private static FuzzedArgument one(RespValue argument) {
        var fields = fields(argument);
        Set<String> flags = items(fields.getOrDefault("flags", new RespValue.Nil())).stream()
                .map(FuzzedArgument::text)
                .collect(Collectors.toSet());
        return new FuzzedArgument(
                text(fields.getOrDefault("type", new RespValue.Nil())),
                text(fields.getOrDefault("token", new RespValue.Nil())),
                flags.contains("optional"),
                flags.contains("multiple"),
                all(fields.getOrDefault("arguments", new RespValue.Nil())));
    }

    static List<RespValue> items(RespValue value) {
        return switch (value) {
            case RespValue.Array(var items) -> items;
            case RespValue.SetReply(var items) -> items;
            default -> List.of();
        };
    }

    static Map<String, RespValue> fields(RespValue value) {
        var flat = items(value);
        var fields = new HashMap<String, RespValue>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(text(flat.get(i)), flat.get(i + 1));
        }
        return fields;
    }

    static String text(RespValue value) {
        return switch (value) {
            case RespValue.Bulk(var bytes) -> new String(bytes, StandardCharsets.ISO_8859_1);
            case RespValue.SimpleString(var text) -> text;
            default -> "";
        };
    }
}
