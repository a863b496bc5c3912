package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.marshal.GuestStrings;
import dev.wasmscope.engine.spi.GuestMemory;
import dev.wasmscope.engine.spi.StringForm;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.ValueType;
import dev.wasmscope.engine.spi.WasiCall.Argument;
import dev.wasmscope.engine.spi.WasiValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What the arguments of a call mean, as far as it can be told: which of them are strings.
record HandMadeArguments(List<Argument> arguments, Optional<String> firstText) {
    /// Kept of a string for people.
    private static final int HEAD = 256;

    static HandMadeArguments of(GuestMemory memory, List<Value> given, StringForm form, boolean hasMemory) {
        var arguments = new ArrayList<Argument>();
        Optional<String> first = Optional.empty();
        for (int i = 0; i < given.size(); i++) {
            var value = given.get(i);
            var next = i + 1 < given.size() ? given.get(i + 1) : null;
            var wide = form == StringForm.POINTER_LENGTH;
            var found = !hasMemory || !address(value) || (wide && (next == null || !address(next)))
                    ? Optional.<GuestStrings.Found>empty()
                    : GuestStrings.find(memory, value.low(), next == null ? 0 : next.low(), form);
            // The number 0 is no string, and neither is an empty one with nothing to see.
            if (found.isPresent() && value.low() != 0 && !found.get().text().isEmpty()) {
                arguments.add(new Argument("$" + i, value.low(), text(found.get())));
                first = first.isPresent() ? first : Optional.of(found.get().text());
                i += wide ? 1 : 0;
            } else {
                arguments.add(new Argument("$" + i, value.low(), plain(value)));
            }
        }
        return new HandMadeArguments(List.copyOf(arguments), first);
    }

    private static boolean address(Value value) {
        return value.type().kind() == ValueType.Kind.I32
                || (value.type().kind() == ValueType.Kind.I64 && value.low() >>> 32 == 0);
    }

    private static WasiValue text(GuestStrings.Found found) {
        var bytes = found.text().getBytes(StandardCharsets.UTF_8);
        return new WasiValue.Text(found.at(), Arrays.copyOf(bytes, Math.min(bytes.length, HEAD)));
    }

    private static WasiValue plain(Value value) {
        return switch (value.type().kind()) {
            case I32 -> new WasiValue.Plain(value.asI32());
            case I64 -> new WasiValue.Plain(value.low());
            case F32, F64, V128, REFERENCE -> new WasiValue.Named(value.low(), value.toString());
        };
    }
}
