package dev.wasmscope.engine.redis.wasm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Recorded events in words, for people.
final class Commands {
    private static final int MOST_CHARACTERS = 120;
    /// Their arguments may be passwords.
    private static final Set<String> SECRET = Set.of("AUTH", "HELLO", "ACL", "CONFIG", "MIGRATE");

    private Commands() {}

    /// As a part of a sentence that ends with it: `client 3: SET key value`.
    static String describe(Event event) {
        return switch (event) {
            case Event.Connected _ -> "a client connects.";
            case Event.Disconnected(int client, int _) -> "client %d leaves.".formatted(client);
            case Event.Received(int client, var bytes, int _) -> "client %d: %s".formatted(client, command(bytes));
            case Event.Writable(int client, boolean now, int _) ->
                "client %d takes %s.".formatted(client, now ? "replies again" : "no more replies for now");
            case Event.Ticked _ -> "a tick.";
            case Event.ClockSet(long micros) -> "the clock is set to %d.".formatted(micros);
            case Event.SeedSet _ -> "the seed is set.";
            case Event.FilePut(String name, var _, int _) -> "the file %s is put.".formatted(name);
            case Event.FileDeleted(String name, int _) -> "the file %s is deleted.".formatted(name);
            case Event.FileRead(String name) -> "the file %s is read.".formatted(name);
            case Event.Mailed _ -> "other clients' bytes for a script that lasts.";
            case Event.Trapped(var _, var _, String reason) -> "a request without effect (%s).".formatted(reason);
        };
    }

    /// The first command that bytes hold, and how many more there are.
    static String command(ByteBuffer bytes) {
        var commands = Requests.split(bytes).orElse(List.of());
        if (commands.isEmpty()) {
            return "%,d bytes that are not whole commands".formatted(bytes.remaining());
        }
        var words = Requests.words(commands.getFirst());
        var name = words.getFirst().toUpperCase(Locale.ROOT);
        var said = SECRET.contains(name) ? name + (words.size() > 1 ? " ..." : "") : shortened(String.join(" ", words));
        return commands.size() == 1 ? said : "%s (and %,d more commands)".formatted(said, commands.size() - 1);
    }

    private static String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
    }

    /// Printable ASCII as it is, everything else escaped.
    static String printable(byte[] word) {
        var text = new StringBuilder();
        for (var character : new String(word, StandardCharsets.ISO_8859_1).toCharArray()) {
            if (character > ' ' && character < 0x7f) {
                text.append(character);
            } else {
                text.append("\\x%02x".formatted((int) character));
            }
        }
        return text.isEmpty() ? "\"\"" : text.toString();
    }
}
