package dev.wasmscope.engine.redis.benchmark;

/// What the parent asks of the process that runs the guest: a JSON line each.
///
/// @param group index into [DefaultTests#groups()], to run
/// @param requests of each test of the group
/// @param port of the native server on 127.0.0.1, to compare replies with
/// @param seed of the compared requests
record GuestOrder(What what, int group, int requests, int port, long seed) {
    enum What {
        RUN,
        /// The database.
        EMPTY,
        COMPARE
    }

    static GuestOrder run(int group, int requests) {
        return new GuestOrder(What.RUN, group, requests, 0, 0);
    }

    static GuestOrder empty() {
        return new GuestOrder(What.EMPTY, 0, 0, 0, 0);
    }

    static GuestOrder compare(int port, long seed) {
        return new GuestOrder(What.COMPARE, 0, 0, port, seed);
    }
}
