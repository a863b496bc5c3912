package dev.wasmscope.engine.latency;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads the line that comes twenty times a second as its writer writes it, at a third of what binding costs.
final class IntervalReader {
    private static final String BEGINNING = "{\"type\":\"interval\",";
    private static final JsonFactory JSON = new JsonFactory();
    private static final int TYPE = 1;
    private static final int ALL = 0b11_1111_1111;

    private int series;
    private long start;
    private long end;
    private boolean warm;
    private long missed;
    private @Nullable String latency;
    private @Nullable String service;
    private long clientCpu;
    private long serverCpu;
    /// A bit for each field that was there.
    private int seen;

    private IntervalReader() {}

    /// @return null for any other line, and for one that is not as expected: what is wrong with it binding says
    static ProbeLine.@Nullable Interval read(String text) {
        if (!text.startsWith(BEGINNING)) {
            return null;
        }
        try (var parser = JSON.createParser(text)) {
            return new IntervalReader().read(parser);
        } catch (IOException e) {
            return null;
        }
    }

    private ProbeLine.@Nullable Interval read(JsonParser from) throws IOException {
        from.nextToken();
        for (var name = from.nextFieldName(); name != null; name = from.nextFieldName()) {
            if (!take(name, from.nextToken(), from)) {
                return null;
            }
        }
        boolean whole = from.currentToken() == JsonToken.END_OBJECT && from.nextToken() == null;
        var histogram = latency;
        return whole && seen == ALL && histogram != null
                ? new ProbeLine.Interval(series, start, end, warm, missed, histogram, service, clientCpu, serverCpu)
                : null;
    }

    /// @return whether the field is one of an interval, was not there before, and has a value of its kind
    private boolean take(String name, JsonToken value, JsonParser from) throws IOException {
        return switch (name) {
            case "type" -> mark(TYPE, value == JsonToken.VALUE_STRING);
            case "series" -> {
                series = value == JsonToken.VALUE_NUMBER_INT ? from.getIntValue() : 0;
                yield mark(TYPE << 1, value == JsonToken.VALUE_NUMBER_INT);
            }
            case "start" -> {
                start = number(value, from);
                yield mark(TYPE << 2, value == JsonToken.VALUE_NUMBER_INT);
            }
            case "end" -> {
                end = number(value, from);
                yield mark(TYPE << 3, value == JsonToken.VALUE_NUMBER_INT);
            }
            case "warm" -> {
                warm = value == JsonToken.VALUE_TRUE;
                yield mark(TYPE << 4, value == JsonToken.VALUE_TRUE || value == JsonToken.VALUE_FALSE);
            }
            case "missed" -> {
                missed = number(value, from);
                yield mark(TYPE << 5, value == JsonToken.VALUE_NUMBER_INT);
            }
            case "latency" -> {
                latency = from.getText();
                yield mark(TYPE << 6, value == JsonToken.VALUE_STRING);
            }
            case "service" -> {
                service = value == JsonToken.VALUE_NULL ? null : from.getText();
                yield mark(TYPE << 7, value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NULL);
            }
            case "clientCpu" -> {
                clientCpu = number(value, from);
                yield mark(TYPE << 8, value == JsonToken.VALUE_NUMBER_INT);
            }
            case "serverCpu" -> {
                serverCpu = number(value, from);
                yield mark(TYPE << 9, value == JsonToken.VALUE_NUMBER_INT);
            }
            default -> false;
        };
    }

    private static long number(JsonToken value, JsonParser from) throws IOException {
        return value == JsonToken.VALUE_NUMBER_INT ? from.getLongValue() : 0;
    }

    private boolean mark(int field, boolean fits) {
        boolean first = (seen & field) == 0;
        seen |= field;
        return first && fits;
    }
}
