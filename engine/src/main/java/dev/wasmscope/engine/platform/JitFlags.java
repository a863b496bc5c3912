package dev.wasmscope.engine.platform;

import java.util.List;

/// Options of HotSpot for processes that run guests. The launcher and the installer read them from this file.
public final class JitFlags {
    /// For every process: without it HotSpot's C2 compiles some compiled Wasm wrongly, now and then, up to
    /// Java 25.0.3 at least (JDK-8376400; docs/decisions/0016).
    public static final List<String> SOUND = List.of("-XX:-SplitIfBlocks");

    /// Compiled Wasm has longer methods and more of them in a chain than what people write in Java, and the
    /// defaults leave such methods to the bytecode interpreter.
    ///
    /// On Redis's whole benchmark they took 16.8 s instead of 19.0 s (two cores, flat memory). All four of the
    /// inlining options are needed together.
    public static final List<String> FOR_GUESTS = List.of(
            // Functions of more than 8,000 bytes of bytecode, such as printing a float.
            "-XX:-DontCompileHugeMethods",
            "-XX:-ClipInlining",
            "-XX:InlineSmallCode=6000",
            "-XX:FreqInlineSize=800",
            "-XX:MaxInlineLevel=30");

    private JitFlags() {}
}
