package dev.wasmscope.views.explorer;

import dev.wasmscope.engine.binary.ModuleFacts.GlobalFact;
import dev.wasmscope.engine.spi.ValueType;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// A global that holds an address, as `__heap_base` does.
final class GlobalAddress {
    private static final Pattern CONSTANT = Pattern.compile("(?:i32\\.const )?(-?\\d+|0x[0-9a-fA-F]+)");

    private GlobalAddress() {}

    /// The initial value of an `i32` global that cannot change, as an unsigned address.
    static OptionalLong of(GlobalFact global) {
        var text = CONSTANT.matcher(global.init().strip());
        if (global.mutable() || !global.type().equals(ValueType.I32) || !text.matches()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.decode(text.group(1)) & 0xffff_ffffL);
    }
}
