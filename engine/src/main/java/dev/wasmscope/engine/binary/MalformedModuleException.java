package dev.wasmscope.engine.binary;

/// Bytes that are not a module. The message is a sentence with the offset in it.
public final class MalformedModuleException extends Exception {
    private static final long serialVersionUID = 1L;
    private final long offset;

    public MalformedModuleException(String reason, long offset) {
        super("%s at byte offset 0x%x.".formatted(reason, offset));
        this.offset = offset;
    }

    /// Where in the file reading failed.
    public long offset() {
        return offset;
    }
}
