package dev.wasmscope.engine.redis;

import java.util.List;

/// One command, or one of a container's: `GET`, `CLIENT LIST`.
///
/// @param name in upper case
/// @param summary a sentence without its full stop; empty where the server has none
/// @param since the version that brought it; empty where it is not known
public record CommandDoc(String name, String summary, String since, String syntax) {
    /// As a manual writes it: the name and its arguments.
    public String usage() {
        return syntax.isEmpty() ? name : name + " " + syntax;
    }

    List<ArgumentSpec> arguments() {
        return ArgumentSyntax.parse(syntax);
    }
}
