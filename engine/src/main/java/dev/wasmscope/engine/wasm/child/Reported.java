package dev.wasmscope.engine.wasm.child;

import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A session of the child, and what its parent knows of it already. One thread at a time.
final class Reported {
    private final int number;
    private final Session session;
    private @Nullable SessionStatus told;
    private long stdout;
    private long stderr;
    private long nextCall = 1;

    Reported(int number, Session session) {
        this.number = number;
        this.session = session;
    }

    int number() {
        return number;
    }

    Session session() {
        return session;
    }

    /// What the parent does not know: output first, so that sizes in a status are never ahead of it.
    List<FromChild.News> news() {
        var news = new ArrayList<FromChild.News>();
        var status = session.status();
        if (status.output().stdout() > stdout) {
            stdout = add(news, OutputStreamName.STDOUT, stdout);
        }
        if (status.output().stderr() > stderr) {
            stderr = add(news, OutputStreamName.STDERR, stderr);
        }
        var trace = session.wasiCalls(nextCall);
        if (!trace.calls().isEmpty()) {
            nextCall = trace.next();
            news.add(new FromChild.WasiCalls(trace));
        }
        // How long a call runs is counted by the parent from the last it was told.
        if (!status.equals(told)) {
            told = status;
            news.add(new FromChild.Status(status));
        }
        return news;
    }

    private long add(List<FromChild.News> news, OutputStreamName stream, long from) {
        var copy = session.output(stream, from);
        news.add(new FromChild.Output(stream, copy));
        return copy.from() + copy.bytes().length;
    }
}
