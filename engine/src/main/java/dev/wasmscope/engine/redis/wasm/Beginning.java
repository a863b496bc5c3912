package dev.wasmscope.engine.redis.wasm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a replay of a journal begins: with a new Redis, or with an image.
///
/// @param image empty: with a new Redis
/// @param damaged numbers of images that could not be used
/// @param notes sentences about them
record Beginning(Optional<Image> image, List<Integer> damaged, List<String> notes) {
    /// What it takes to bring an instance to life.
    interface Starter {
        RedisInstance start(RedisInstance.Start start);

        RedisInstance blank(RedisInstance.Start start);
    }

    /// As late as possible: for those who want to go on.
    static Beginning latest(JournalReader reader) throws IOException {
        return find(reader, reader.files().images().reversed());
    }

    /// As early as possible: for those who want to see everything.
    static Beginning earliest(JournalReader reader) throws IOException {
        return reader.complete()
                ? new Beginning(Optional.empty(), List.of(), List.of())
                : find(reader, reader.files().images());
    }

    /// Takes the first that can be used, and puts the reader where it leads.
    private static Beginning find(JournalReader reader, List<Integer> numbers) throws IOException {
        var damaged = new ArrayList<Integer>();
        var notes = new ArrayList<String>();
        for (var number : numbers) {
            var segment = reader.followed(number);
            if (segment == null) {
                // What it leads to is dropped already.
                continue;
            }
            try {
                var image = read(reader, segment);
                reader.skipTo(segment);
                return new Beginning(Optional.of(image), damaged, notes);
            } catch (WasmRedisException e) {
                damaged.add(number);
                notes.add(String.valueOf(e.getMessage()));
            }
        }
        if (!reader.complete()) {
            throw new WasmRedisException(
                    "The beginning of the journal %s was dropped, and no image leads to what is there. %s Restore the images from a copy."
                            .formatted(reader.files().head(), String.join(" ", notes)));
        }
        if (!notes.isEmpty()) {
            notes.add("The whole journal was replayed instead.");
        }
        return new Beginning(Optional.empty(), damaged, notes);
    }

    private static Image read(JournalReader reader, Segment segment) throws IOException {
        var file = reader.files().image(segment.number());
        var header = reader.header();
        var image = Image.read(file, header.start().limits().memoryPages());
        if (!image.journal().equals(header.id())
                || !image.module().equals(header.module())
                || image.offset() != segment.start()) {
            throw new WasmRedisException("The image %s is of another journal and was not used.".formatted(file));
        }
        return image;
    }

    RedisInstance start(RedisInstance.Start start, Starter starter) {
        if (image.isEmpty()) {
            return starter.start(start);
        }
        var redis = starter.blank(start);
        redis.restore(image.get().state());
        return redis;
    }
}
