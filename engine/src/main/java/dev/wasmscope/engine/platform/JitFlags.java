package dev.wasmscope.engine.platform;

import java.util.List;

/// Options of HotSpot for processes that run guests: compiled Wasm has longer methods and more of them in a chain than
/// what people write in Java, and the defaults leave such methods to the bytecode interpreter.
///
/// On Redis's whole benchmark they took 16.8 s instead of 19.0 s (two cores, flat memory). All four of the inlining
/// options are needed together.
public final class JitFlags {
    public static final List<String> FOR_GUESTS = List.of(
            // Functions of more than 8,000 bytes of bytecode, such as printing a float.
            "-XX:-DontCompileHugeMethods",
            "-XX:-ClipInlining",
            "-XX:InlineSmallCode=6000",
            "-XX:FreqInlineSize=800",
            "-XX:MaxInlineLevel=30");

    private JitFlags() {}
}
