package dev.wasmscope.views.invoke;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.Value;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Values and outcomes as people read them.
final class Notations {
    private Notations() {}

    record Notation(String name, String text) {}

    /// The other ways to write a value; the usual one is its `toString`.
    static List<Notation> of(Value value) {
        return switch (value.type().kind()) {
            case I32 ->
                List.of(
                        new Notation("unsigned", Integer.toUnsignedString(value.asI32())),
                        new Notation("hex", "0x%08x".formatted(value.asI32())),
                        new Notation("binary", grouped(Integer.toBinaryString(value.asI32()))),
                        new Notation("as f32", Float.toString(Float.intBitsToFloat(value.asI32()))));
            case I64 ->
                List.of(
                        new Notation("unsigned", Long.toUnsignedString(value.asI64())),
                        new Notation("hex", "0x%016x".formatted(value.asI64())),
                        new Notation("binary", grouped(Long.toBinaryString(value.asI64()))),
                        new Notation("as f64", Double.toString(Double.longBitsToDouble(value.asI64()))));
            case F32 ->
                List.of(
                        new Notation("bits", "0x%08x".formatted((int) value.low())),
                        new Notation("hex", Float.toHexString(value.asF32())),
                        new Notation("binary", grouped(Integer.toBinaryString((int) value.low()))));
            case F64 ->
                List.of(
                        new Notation("bits", "0x%016x".formatted(value.low())),
                        new Notation("hex", Double.toHexString(value.asF64())));
            case V128, REFERENCE -> List.of();
        };
    }

    private static String grouped(String digits) {
        var width = (digits.length() + 7) / 8 * 8;
        var padded = "0".repeat(width - digits.length()) + digits;
        return padded.replaceAll("(.{8})(?=.)", "$1 ");
    }

    static String time(Duration time) {
        var nanos = time.toNanos();
        if (nanos < 1_000) {
            return nanos + " ns";
        } else if (nanos < 1_000_000) {
            return String.format(Locale.ROOT, nanos < 10_000 ? "%.1f µs" : "%.0f µs", nanos / 1e3);
        } else if (nanos < 1_000_000_000) {
            return String.format(Locale.ROOT, nanos < 10_000_000 ? "%.2f ms" : "%.0f ms", nanos / 1e6);
        }
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    /// `Returned in 203 µs`.
    static String headline(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Returned returned -> "Returned in " + time(returned.elapsed());
            case CallOutcome.Trapped trapped -> "Trapped after " + time(trapped.elapsed());
            case CallOutcome.TimedOut late when late.stopped() -> "Stopped after " + time(late.elapsed());
            case CallOutcome.TimedOut late -> "Not done after " + time(late.deadline());
            case CallOutcome.Rejected _ -> "Not called";
            case CallOutcome.Exited exited -> "Exited in " + time(exited.elapsed());
        };
    }

    /// What it came to, in a few words.
    static String gist(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Returned(var results, var _) ->
                results.stream().map(Value::toString).collect(Collectors.joining(", "));
            case CallOutcome.Trapped trapped -> trapped.reason();
            case CallOutcome.TimedOut late -> late.stopped() ? "stopped" : "deadline";
            case CallOutcome.Rejected rejected -> rejected.reason();
            case CallOutcome.Exited exited -> "exit code " + exited.code();
        };
    }
}
