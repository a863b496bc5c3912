package dev.wasmscope.engine.spi;

/// One step on the way from an ordinary connection to shared memory.
public sealed interface HandshakeStep {
    /// The ordinary connection stands.
    ///
    /// @param transport as [Transport#id()]
    record Connected(String transport, String address) implements HandshakeStep {}

    /// The server wants to know first who asks: it is asked again after the login.
    record Awaited(String reason) implements HandshakeStep {}

    /// The server has answered where its memory is.
    ///
    /// @param nonce hexadecimal; stands in the file, too
    /// @param commands how many it takes over shared memory; 0: all there are
    record Offered(String path, long size, String nonce, int commands) implements HandshakeStep {}

    /// The file is mapped, and every field of its header is as announced.
    ///
    /// @param requestBytes of the ring for requests
    /// @param replyBytes of the ring for replies
    record Mapped(int requestBytes, int replyBytes) implements HandshakeStep {}

    /// From here on commands go through shared memory.
    record Attached() implements HandshakeStep {}

    /// Commands go over the ordinary connection.
    ///
    /// @param reason a sentence
    record Refused(String reason) implements HandshakeStep {}
}
