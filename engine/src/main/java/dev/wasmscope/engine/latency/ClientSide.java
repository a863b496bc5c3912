package dev.wasmscope.engine.latency;

import java.util.OptionalInt;

/// How the measuring side goes about it, fixed for a run.
///
/// One thread drives all connections: a request goes out on each of them, then the replies are awaited in the same
/// order. A thread a connection would measure the scheduler on a machine with fewer processors than connections.
///
/// @param connections of each series, 1 to 1000
/// @param processor that the measuring thread stays on; empty: any
/// @param realTime the measuring thread goes before all usual ones, where the system allows it
/// @param load threads that spin beside it, 0 to 64
public record ClientSide(int connections, OptionalInt processor, boolean realTime, int load) {
    public static final ClientSide USUAL = new ClientSide(1, OptionalInt.empty(), false, 0);
    static final int MOST_CONNECTIONS = 1000;
    static final int MOST_LOAD = 64;

    public ClientSide {
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "A series has 1 to " + MOST_CONNECTIONS + " connections, not " + connections);
        }
        if (load < 0 || load > MOST_LOAD) {
            throw new IllegalArgumentException("Beside a run 0 to " + MOST_LOAD + " threads spin, not " + load);
        }
    }

    public ClientSide withConnections(int changed) {
        return new ClientSide(changed, processor, realTime, load);
    }

    public ClientSide withProcessor(OptionalInt changed) {
        return new ClientSide(connections, changed, realTime, load);
    }

    public ClientSide withLoad(int changed) {
        return new ClientSide(connections, processor, realTime, changed);
    }
}
