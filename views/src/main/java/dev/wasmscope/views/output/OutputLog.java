package dev.wasmscope.views.output;

import dev.wasmscope.engine.spi.OutputCopy;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.Session;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.WeakHashMap;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What happened, with times, and what guests printed. UI thread only.
public final class OutputLog {
    /// Older lines are dropped.
    static final int MOST = 5_000;

    private final ObservableList<OutputLine> lines = FXCollections.observableArrayList();
    private final ObservableList<OutputLine> view = FXCollections.unmodifiableObservableList(lines);
    private final Map<Session, Map<OutputStreamName, Printed>> printed = new WeakHashMap<>();

    /// How far a stream was read, and the begin of a line that has no end yet.
    private static final class Printed {
        private long position;
        private String open = "";
    }

    /// The oldest first; unmodifiable.
    public ObservableList<OutputLine> lines() {
        return view;
    }

    public void add(OutputLine.Level level, String text) {
        add(level, text, "");
    }

    /// @param details further lines, or empty
    public void add(OutputLine.Level level, String text, String details) {
        lines.add(new OutputLine(LocalTime.now(ZoneId.systemDefault()), level, text, details));
        if (lines.size() > MOST) {
            lines.remove(0, lines.size() - MOST);
        }
    }

    public void clear() {
        lines.clear();
    }

    /// Takes over what a session has printed since the last time.
    ///
    /// @param ended true when the guest will not go on with its last line
    public void read(Session session, boolean ended) {
        read(session, OutputStreamName.STDOUT, OutputLine.Level.OUT, ended);
        read(session, OutputStreamName.STDERR, OutputLine.Level.ERR, ended);
    }

    private void read(Session session, OutputStreamName stream, OutputLine.Level level, boolean ended) {
        var before = printed.computeIfAbsent(session, _ -> new EnumMap<>(OutputStreamName.class))
                .computeIfAbsent(stream, _ -> new Printed());
        OutputCopy copy = session.output(stream, before.position);
        if (copy.from() > before.position && before.position >= 0) {
            add(OutputLine.Level.WARN, "%,d bytes of output were dropped.".formatted(copy.from() - before.position));
        }
        before.position = copy.from() + copy.bytes().length;
        var text = before.open + new String(copy.bytes(), StandardCharsets.UTF_8);
        var start = 0;
        for (int end; (end = text.indexOf('\n', start)) >= 0; start = end + 1) {
            add(level, text.substring(start, end).replace("\r", ""));
        }
        before.open = text.substring(start);
        if (ended && !before.open.isEmpty()) {
            add(level, before.open);
            before.open = "";
        }
    }
}
