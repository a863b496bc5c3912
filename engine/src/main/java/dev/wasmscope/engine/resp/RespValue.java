package dev.wasmscope.engine.resp;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A reply of RESP2 or RESP3, binary-safe. Closed, so that every view draws every type.
public sealed interface RespValue {
    record SimpleString(String text) implements RespValue {}

    /// @param text with its code: `ERR unknown command`
    record SimpleError(String text) implements RespValue {}

    record Int(long value) implements RespValue {}

    /// @param bytes belong to the receiver
    @SuppressWarnings("ArrayRecordComponent") // replies may be large; equality goes through the text form in tests
    record Bulk(byte[] bytes) implements RespValue {
        public String utf8() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // as Bulk
    record BulkError(byte[] bytes) implements RespValue {}

    /// @param format three letters: `txt`, `mkd`
    @SuppressWarnings("ArrayRecordComponent") // as Bulk
    record Verbatim(String format, byte[] bytes) implements RespValue {}

    /// RESP3's null and both of RESP2's.
    record Nil() implements RespValue {}

    record Bool(boolean value) implements RespValue {}

    record Dbl(double value) implements RespValue {}

    record BigNumber(BigInteger value) implements RespValue {}

    record Array(List<RespValue> items) implements RespValue {}

    record SetReply(List<RespValue> items) implements RespValue {}

    record MapReply(List<Entry> entries) implements RespValue {}

    /// Data the client did not ask for.
    record Push(List<RespValue> items) implements RespValue {}

    /// A value with attributes that may be ignored.
    record Attributed(List<Entry> attributes, RespValue value) implements RespValue {}

    record Entry(RespValue key, RespValue value) {}
}
