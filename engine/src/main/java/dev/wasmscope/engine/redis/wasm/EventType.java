package dev.wasmscope.engine.redis.wasm;

/// First byte of a recorded event. Never given another meaning: new ones get new numbers.
final class EventType {
    static final int CONNECTED = 1;
    static final int DISCONNECTED = 2;
    static final int RECEIVED = 3;
    static final int TICKED = 4;
    static final int CLOCK_SET = 5;
    static final int SEED_SET = 6;
    static final int FILE_PUT = 8;
    static final int FILE_DELETED = 9;
    static final int TRAPPED = 10;
    static final int FILE_READ = 11;
    static final int MAILED = 12;
    static final int WRITABLE = 13;

    private EventType() {}
}
