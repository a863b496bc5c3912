package dev.wasmscope.engine.redis.wasm;

import java.util.Optional;

/// How a server came back from its journal.
///
/// @param events replayed
/// @param fromImage whether an image saved replaying what came before
/// @param cutBytes of a turn that was being written when the last process ended; none of it had been acknowledged
/// @param notes sentences for the user: an image that was set aside, arguments that were not taken
public record Recovery(long events, boolean fromImage, long cutBytes, Optional<String> notes) {
    /// One sentence or a few.
    public String sentence() {
        var said = new StringBuilder("Restored from the journal: %,d events replayed%s."
                .formatted(events, fromImage ? " after an image" : ""));
        if (cutBytes > 0) {
            said.append(" A torn tail of %,d bytes was cut; nothing in it had been acknowledged.".formatted(cutBytes));
        }
        notes.ifPresent(note -> said.append(' ').append(note));
        return said.toString();
    }

    Recovery withNote(String note) {
        return new Recovery(
                events,
                fromImage,
                cutBytes,
                Optional.of(notes.map(n -> n + " " + note).orElse(note)));
    }
}
