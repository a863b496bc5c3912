package dev.wasmscope.plugins.kafka;

import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.Verb.Terminal;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// Passes on what guests write.
final class GuestOutput {
    private final Map<OutputStreamName, PrintStream> streams = new EnumMap<>(OutputStreamName.class);
    private final Map<Session, Map<OutputStreamName, Long>> positions = new HashMap<>();

    GuestOutput(Terminal terminal) {
        streams.put(OutputStreamName.STDOUT, terminal.out());
        streams.put(OutputStreamName.STDERR, terminal.err());
    }

    /// What came since it was called last. From any thread.
    synchronized void copy(Session session) {
        var known = positions.computeIfAbsent(session, _ -> new EnumMap<>(OutputStreamName.class));
        streams.forEach((name, to) -> {
            var output = session.output(name, known.getOrDefault(name, 0L));
            to.write(output.bytes(), 0, output.bytes().length);
            to.flush();
            known.put(name, output.from() + output.bytes().length);
        });
    }

    /// The session is about to end.
    synchronized void last(Session session) {
        copy(session);
        positions.remove(session);
    }
}
