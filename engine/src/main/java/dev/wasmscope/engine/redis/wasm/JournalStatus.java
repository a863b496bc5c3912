package dev.wasmscope.engine.redis.wasm;

import java.nio.file.Path;
import java.util.Optional;

/// What a server's journal takes and whether all is well with it.
///
/// @param bytes on the disk, images included
/// @param segments of the log that were not dropped
/// @param events since the journal began
/// @param problem why the last image could not be written, a sentence
public record JournalStatus(Path file, long bytes, int segments, int images, long events, Optional<String> problem) {}
