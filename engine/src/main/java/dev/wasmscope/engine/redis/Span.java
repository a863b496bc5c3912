package dev.wasmscope.engine.redis;

/// A piece of text with the part it plays; what it looks like is a view's choice.
public record Span(String text, Part part) {
    public enum Part {
        PLAIN,
        /// Numbers of items, marks of types.
        INDEX,
        STRING,
        NUMBER,
        STATUS,
        ERROR,
        NIL,
        BOOL,
        /// What is not of the reply: line ends made visible, what was left out.
        NOTE
    }
}
