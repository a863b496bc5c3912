package dev.wasmscope.engine.marshal;

import dev.wasmscope.engine.spi.HostStub;
import dev.wasmscope.engine.spi.HostStub.Answer;
import dev.wasmscope.engine.spi.StringForm;
import java.util.List;

/// Stubs as text: `env.log=log`, `env.get=text:hello`, `env.rand=constant:4`, `env.twice=expression:$0*2`.
public final class HostStubs {
    private static final String KINDS =
            "trap, zero, log, echo, constant:VALUE[,VALUE], text:TEXT or expression:FORMULA";

    private HostStubs() {}

    /// @throws IllegalArgumentException with a sentence
    public static HostStub parse(String text, StringForm strings) {
        var equals = text.indexOf('=');
        var dot = equals < 0 ? -1 : text.lastIndexOf('.', equals);
        if (dot < 1 || dot == equals - 1) {
            throw new IllegalArgumentException(
                    "MODULE.NAME=WHAT is wanted, such as env.log=log, not %s.".formatted(text));
        }
        return new HostStub(
                text.substring(0, dot), text.substring(dot + 1, equals), answer(text.substring(equals + 1)), strings);
    }

    /// @throws IllegalArgumentException with a sentence
    public static Answer answer(String text) {
        var colon = text.indexOf(':');
        var kind = colon < 0 ? text : text.substring(0, colon);
        var rest = colon < 0 ? "" : text.substring(colon + 1);
        return switch (kind) {
            case "trap" -> new Answer.Trap();
            case "zero" -> new Answer.Zero();
            case "log" -> new Answer.Log();
            case "echo" -> new Answer.Echo();
            case "constant" -> new Answer.Constant(rest.isBlank() ? List.of() : List.of(rest.split("\\s*,\\s*")));
            case "text" -> new Answer.Text(rest);
            case "expression" -> new Answer.Expression(rest);
            default ->
                throw new IllegalArgumentException(
                        "A host function can %s; \"%s\" is none of these.".formatted(KINDS, kind));
        };
    }

    /// What [#answer(String)] reads.
    public static String text(Answer answer) {
        return switch (answer) {
            case Answer.Trap() -> "trap";
            case Answer.Zero() -> "zero";
            case Answer.Log() -> "log";
            case Answer.Echo() -> "echo";
            case Answer.Constant(var values) -> "constant:" + String.join(",", values);
            case Answer.Text(var text) -> "text:" + text;
            case Answer.Expression(var text) -> "expression:" + text;
        };
    }
}
