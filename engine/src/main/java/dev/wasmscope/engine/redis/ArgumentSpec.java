package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.resp.RespValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// One argument of a command, as COMMAND DOCS describes it.
///
/// @param name of a value; empty for what only holds others
/// @param token the word that stands for it or before it; empty where there is none
/// @param multiple may be repeated
/// @param parts of a block or the alternatives of a choice
record ArgumentSpec(
        Kind kind, String name, String token, boolean optional, boolean multiple, List<ArgumentSpec> parts) {
    enum Kind {
        VALUE,
        TOKEN,
        BLOCK,
        CHOICE
    }

    ArgumentSpec {
        parts = List.copyOf(parts);
    }

    static List<ArgumentSpec> fromDocs(RespValue arguments) {
        return Handshake.items(arguments).stream().map(ArgumentSpec::one).toList();
    }

    private static ArgumentSpec one(RespValue argument) {
        var fields = CommandCatalogue.fields(argument);
        var name = Handshake.text(fields.getOrDefault("display_text", fields.getOrDefault("name", nil())));
        var flags = Handshake.items(fields.getOrDefault("flags", nil())).stream()
                .map(Handshake::text)
                .collect(Collectors.toSet());
        var kind = switch (Handshake.text(fields.getOrDefault("type", nil()))) {
            case "pure-token" -> Kind.TOKEN;
            case "block" -> Kind.BLOCK;
            case "oneof" -> Kind.CHOICE;
            default -> Kind.VALUE;
        };
        return new ArgumentSpec(
                kind,
                name.toLowerCase(Locale.ROOT).replace('_', '-'),
                Handshake.text(fields.getOrDefault("token", nil())),
                flags.contains("optional"),
                flags.contains("multiple"),
                fromDocs(fields.getOrDefault("arguments", nil())));
    }

    private static RespValue nil() {
        return new RespValue.Nil();
    }

    /// As a manual writes it: `[NX|XX]`, `<LEFT|RIGHT>`, `key [key ...]`.
    String syntax() {
        var once = once();
        if (multiple) {
            var repeated = optional ? "[%s ...]".formatted(once) : "%s [%s ...]".formatted(once, once);
            return repeated;
        }
        if (optional) {
            return kind == Kind.CHOICE && token.isEmpty() ? "[" + alternatives() + "]" : "[" + once + "]";
        }
        return once;
    }

    private String once() {
        var body = switch (kind) {
            case VALUE -> name;
            case TOKEN -> "";
            case BLOCK -> syntax(parts);
            case CHOICE -> "<" + alternatives() + ">";
        };
        if (token.isEmpty()) {
            return body;
        }
        return body.isEmpty() ? token : token + " " + body;
    }

    private String alternatives() {
        return parts.stream().map(ArgumentSpec::syntax).collect(Collectors.joining("|"));
    }

    static String syntax(List<ArgumentSpec> arguments) {
        return arguments.stream().map(ArgumentSpec::syntax).collect(Collectors.joining(" "));
    }

    /// Whether a word can only begin this argument, not be just any value.
    boolean begunByToken(String word) {
        if (!token.isEmpty()) {
            return token.equalsIgnoreCase(word);
        }
        return switch (kind) {
            case VALUE, TOKEN -> false;
            case CHOICE -> parts.stream().anyMatch(part -> part.begunByToken(word));
            case BLOCK -> blockBegunBy(word);
        };
    }

    private boolean blockBegunBy(String word) {
        for (var part : parts) {
            if (part.begunByToken(word)) {
                return true;
            }
            if (!part.optional) {
                return false;
            }
        }
        return false;
    }

    /// Whether any word can begin this argument.
    boolean begunByAnything() {
        if (!token.isEmpty()) {
            return false;
        }
        return switch (kind) {
            case VALUE -> true;
            case TOKEN -> false;
            case CHOICE -> parts.stream().anyMatch(ArgumentSpec::begunByAnything);
            case BLOCK -> !parts.isEmpty() && parts.getFirst().begunByAnything();
        };
    }
}
