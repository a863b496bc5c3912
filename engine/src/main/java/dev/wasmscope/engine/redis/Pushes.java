package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.resp.RespValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells what a server sends by itself from what answers a command. RESP3 marks it; RESP2 and MONITOR do not.
final class Pushes {
    private static final Set<String> SUBSCRIPTIONS =
            Set.of("subscribe", "psubscribe", "ssubscribe", "unsubscribe", "punsubscribe", "sunsubscribe");
    private static final Set<String> MESSAGES = Set.of("message", "pmessage", "smessage");
    /// As `1339518083.107412 [0 127.0.0.1:60866] "GET" "k"`.
    private static final Pattern MONITORED = Pattern.compile("\\d+\\.\\d{6} \\[\\d+ .*", Pattern.DOTALL);

    private boolean subscribed;
    private boolean monitoring;

    /// How many confirmations a command is answered with: one a channel for subscriptions, else 0.
    static int confirmations(String name, int words) {
        return SUBSCRIPTIONS.contains(name.toLowerCase(Locale.ROOT)) ? Math.max(1, words - 1) : 0;
    }

    /// A command that changes what comes by itself was answered.
    void answered(String name, RespValue reply) {
        if (reply instanceof RespValue.SimpleString) {
            if (name.equalsIgnoreCase("MONITOR")) {
                monitoring = true;
            } else if (name.equalsIgnoreCase("RESET")) {
                monitoring = false;
                subscribed = false;
            }
        }
    }

    /// The items of a confirmation, where this is one.
    Optional<List<RespValue>> confirmation(RespValue value) {
        var items = Handshake.items(value);
        if (items.size() != 3 || !SUBSCRIPTIONS.contains(Handshake.text(items.getFirst()))) {
            return Optional.empty();
        }
        if (items.get(2) instanceof RespValue.Int(var count)) {
            subscribed = count > 0;
            return Optional.of(items);
        }
        return Optional.empty();
    }

    /// What was not asked for, as one push; empty for an answer.
    Optional<RespValue.Push> unasked(RespValue value) {
        return switch (value) {
            case RespValue.Push push -> Optional.of(push);
            case RespValue.Array(var items)
            when subscribed && !items.isEmpty() && MESSAGES.contains(Handshake.text(items.getFirst())) ->
                Optional.of(new RespValue.Push(items));
            case RespValue.SimpleString line
            when monitoring && MONITORED.matcher(line.text()).matches() ->
                Optional.of(new RespValue.Push(List.of(new RespValue.SimpleString("monitor"), line)));
            default -> Optional.empty();
        };
    }
}
