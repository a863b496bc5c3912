package dev.wasmscope.engine.binary;

/// Bytes that are not a module. The message is a sentence with the offset in it.
public final class MalformedModuleException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;
    private final long offset;

    /// @param reason a sentence without its full stop
    public MalformedModuleException(String reason, long offset) {
        super("%s, at byte offset 0x%x.".formatted(reason, offset));
        this.reason = reason;
        this.offset = offset;
    }

    /// What is wrong, without the offset and the full stop.
    public String reason() {
        return reason;
    }

    /// Where in the file reading failed.
    public long offset() {
        return offset;
    }
}
