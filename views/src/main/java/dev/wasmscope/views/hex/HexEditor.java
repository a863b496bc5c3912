package dev.wasmscope.views.hex;

import java.util.Optional;

/// Takes what is typed into a hex view. A view without one is for reading only.
public interface HexEditor {
    /// Why nothing can be written now, as a sentence; asked before a digit is taken.
    Optional<String> refusal();

    /// Overwrites bytes. Returns at once; the view is refreshed when it is done.
    void write(long address, byte[] bytes);
}
