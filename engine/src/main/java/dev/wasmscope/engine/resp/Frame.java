package dev.wasmscope.engine.resp;

import java.util.ArrayList;
import java.util.List;

/// An aggregate of which some items have come.
final class Frame {
    static final long STREAMED = -1;
    private static final int FIRST_ITEMS = 16;

    final Kind kind;
    /// Values still to come; [#STREAMED] until an end mark.
    private long missing;
    private final ArrayList<RespValue> items;
    /// Attributes that stand before the next item.
    private List<RespValue.Entry> attributes = List.of();

    enum Kind {
        ARRAY,
        SET,
        MAP,
        PUSH,
        ATTRIBUTE
    }

    /// @param values how many values come: twice the entries of a map
    Frame(Kind kind, long values) {
        this.kind = kind;
        this.missing = values;
        this.items = new ArrayList<>(values < 0 ? FIRST_ITEMS : (int) Math.min(values, FIRST_ITEMS));
    }

    boolean streamed() {
        return missing == STREAMED;
    }

    boolean complete() {
        return missing == 0;
    }

    int size() {
        return items.size();
    }

    /// A streamed map of an odd number of values, or attributes with nothing behind them.
    boolean mayEnd() {
        return attributes.isEmpty() && ((kind != Kind.MAP && kind != Kind.ATTRIBUTE) || items.size() % 2 == 0);
    }

    void end() {
        missing = 0;
    }

    void annotate(List<RespValue.Entry> next) {
        attributes = next;
    }

    void add(RespValue value) {
        items.add(attributes.isEmpty() ? value : new RespValue.Attributed(attributes, value));
        attributes = List.of();
        if (missing > 0) {
            missing--;
        }
    }

    List<RespValue.Entry> entries() {
        var entries = new ArrayList<RespValue.Entry>(items.size() / 2);
        for (var i = 0; i < items.size(); i += 2) {
            entries.add(new RespValue.Entry(items.get(i), items.get(i + 1)));
        }
        return List.copyOf(entries);
    }

    RespValue value() {
        return switch (kind) {
            case ARRAY -> new RespValue.Array(List.copyOf(items));
            case SET -> new RespValue.SetReply(List.copyOf(items));
            case PUSH -> new RespValue.Push(List.copyOf(items));
            case MAP -> new RespValue.MapReply(entries());
            case ATTRIBUTE -> throw new IllegalStateException("Attributes are no value of their own.");
        };
    }
}
