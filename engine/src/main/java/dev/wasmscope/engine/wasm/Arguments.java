package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.names.NearestName;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.ExportInfo;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.FunctionType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a call fits an export.
final class Arguments {
    private Arguments() {}

    sealed interface Checked {}

    record Good(FunctionType type) implements Checked {}

    /// @param reason a sentence
    record Bad(String reason) implements Checked {}

    static Checked check(CallRequest request, List<ExportInfo> exports) {
        var named = named(request.export(), exports);
        if (named == null) {
            return new Bad(unknown(request.export(), exports));
        }
        if (named.function().isEmpty()) {
            return new Bad("The export \"%s\" is a %s; only functions can be called."
                    .formatted(request.export(), named.kind()));
        }
        var type = named.function().get();
        var wanted = type.parameters();
        if (wanted.size() != request.arguments().size()) {
            return new Bad("%s%s takes %s, and %d %s given."
                    .formatted(
                            request.export(),
                            type,
                            wanted.size() == 1 ? "1 argument" : wanted.size() + " arguments",
                            request.arguments().size(),
                            request.arguments().size() == 1 ? "was" : "were"));
        }
        for (int i = 0; i < wanted.size(); i++) {
            var given = request.arguments().get(i);
            if (given.type().kind() != wanted.get(i).kind()) {
                return new Bad("Argument %d of %s is %s, and %s was given."
                        .formatted(i + 1, request.export(), wanted.get(i), given.type()));
            }
        }
        return new Good(type);
    }

    /// Without a stream: this is on the way of every call.
    private static @Nullable ExportInfo named(String name, List<ExportInfo> exports) {
        for (var export : exports) {
            if (export.name().equals(name)) {
                return export;
            }
        }
        return null;
    }

    private static String unknown(String name, List<ExportInfo> exports) {
        var functions = exports.stream()
                .filter(e -> e.kind() == ExternKind.FUNCTION)
                .map(ExportInfo::name)
                .toList();
        if (functions.isEmpty()) {
            return "The module exports no function \"%s\"; it exports no function at all.".formatted(name);
        }
        return "The module exports no function \"%s\".%s".formatted(name, NearestName.question(name, functions));
    }
}
