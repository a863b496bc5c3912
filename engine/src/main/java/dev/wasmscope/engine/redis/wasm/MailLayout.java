package dev.wasmscope.engine.redis.wasm;

import java.nio.ByteBuffer;

/// Where what is in the mailbox of `redis_wasm.h`, which explains it.
final class MailLayout {
    static final int IN = 0;
    static final int IN_CAPACITY = 4;
    static final int IN_LENGTH = 8;
    static final int IN_TAKEN = 12;
    static final int OUT = 16;
    static final int OUT_CAPACITY = 20;
    static final int OUT_LENGTH = 24;
    static final int LOOKS = 28;

    /// Of a record: its check, kind, client, length and look, then bytes up to a multiple of 4.
    static final int RECORD = 20;
    static final int CHECK_AT = 0;
    static final int KIND_AT = 4;
    static final int CLIENT_AT = 8;
    static final int LENGTH_AT = 12;
    static final int LOOK_AT = 16;

    static final int IN_BYTES = 1;
    static final int IN_GONE = 2;
    static final int IN_CONNECT = 3;
    static final int IN_CLOCK = 4;
    static final int OUT_TAKEN = 1;
    static final int OUT_BYTES = 2;
    static final int OUT_CLOSED = 3;

    private MailLayout() {}

    /// Of a record with so many bytes.
    static int size(int length) {
        return RECORD + ((length + 3) & ~3);
    }

    /// FNV-1a over all of a record but the check itself.
    static int check(ByteBuffer records, int from, int length) {
        var hash = 0x811C9DC5;
        for (var i = from + KIND_AT; i < from + RECORD + length; i++) {
            hash = (hash ^ (records.get(i) & 0xff)) * 16_777_619;
        }
        return hash;
    }
}
