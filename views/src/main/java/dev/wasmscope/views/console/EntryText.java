package dev.wasmscope.views.console;

import dev.wasmscope.engine.redis.ReplyText;
import dev.wasmscope.engine.redis.Span;
import dev.wasmscope.engine.redis.Span.Part;
import dev.wasmscope.engine.redis.WireText;
import dev.wasmscope.engine.redis.wasm.RedisWork;
import dev.wasmscope.engine.resp.RespValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// An entry as text with style classes.
final class EntryText {
    /// Marks the costs of a command in the guest, for a tool tip.
    static final String COST = "cost";

    /// Where they begin.
    private static final int COST_COLUMN = 24;

    private EntryText() {}

    /// @param style classes of the stylesheet
    record Piece(String text, Collection<String> style) {}

    /// Whole lines, the last one ended too.
    static List<Piece> of(ConsoleEntry entry, boolean raw) {
        return switch (entry) {
            case ConsoleEntry.Entered(var prompt, var line) ->
                List.of(new Piece(prompt + " ", List.of("info")), new Piece(line + "\n", List.of("entered")));
            case ConsoleEntry.Reply(var value, var nanos, var protocol, var work) ->
                timed(raw ? WireText.of(value, protocol) : ReplyText.of(value), nanos, work);
            case ConsoleEntry.Pushed(var push, var protocol) -> pushed(push, protocol, raw);
            case ConsoleEntry.Note(var text) -> List.of(new Piece(text + "\n", List.of("time")));
            case ConsoleEntry.Failed(var sentence) -> List.of(new Piece(sentence + "\n", List.of("error")));
        };
    }

    /// The time stands behind a reply of one line, else below it.
    private static List<Piece> timed(List<Span> spans, long nanos, Optional<RedisWork> work) {
        var pieces = new ArrayList<>(pieces(spans));
        var lines = spans.stream().filter(span -> span.text().endsWith("\n")).count();
        var cost = cost(nanos, work);
        if (lines == 1) {
            var last = pieces.removeLast();
            var text = last.text().substring(0, last.text().length() - 1);
            pieces.add(new Piece(text, last.style()));
            var width = spans.stream().mapToInt(span -> span.text().length()).sum() - 1;
            cost.addFirst(new Piece(work.isEmpty() ? "   " : gap(width), List.of()));
        } else if (work.isPresent()) {
            cost.addFirst(new Piece(gap(0), List.of()));
        }
        pieces.addAll(cost);
        pieces.add(new Piece("\n", List.of()));
        return pieces;
    }

    /// So that the costs of short replies stand in columns.
    private static String gap(int width) {
        return " ".repeat(Math.max(3, COST_COLUMN - width));
    }

    /// A line does not break between number and unit.
    private static List<Piece> cost(long nanos, Optional<RedisWork> work) {
        var micros = Math.round(nanos / 1000.0);
        if (work.isEmpty()) {
            return new ArrayList<>(List.of(new Piece("%,d\u00a0µs".formatted(micros), List.of("time"))));
        }
        var in = work.get();
        var text = "%,8d\u00a0µs\u00a0\u00a0guest\u00a0%,7d\u00a0µs\u00a0\u00a0%,5d\u00a0%s"
                .formatted(
                        micros,
                        Math.round(in.nanos() / 1000.0),
                        in.pagesWritten(),
                        in.pagesWritten() == 1 ? "page" : "pages");
        if (in.pages() != 0) {
            text += "\u00a0\u00a0%+,d".formatted(in.pages());
        }
        return new ArrayList<>(List.of(new Piece(text, List.of("time", COST))));
    }

    private static List<Piece> pushed(RespValue.Push push, int protocol, boolean raw) {
        if (raw) {
            return pieces(WireText.of(push, protocol));
        }
        var pieces = new ArrayList<Piece>();
        pieces.add(new Piece("▸ ", List.of("variable")));
        var items = push.items();
        if (items.size() == 2
                && items.get(0).equals(new RespValue.SimpleString("monitor"))
                && items.get(1) instanceof RespValue.SimpleString(var line)) {
            pieces.add(new Piece(line + "\n", List.of()));
        } else if (items.stream().allMatch(EntryText::scalar)) {
            items.forEach(item -> pieces.addAll(pieces(inline(item))));
            pieces.add(new Piece("\n", List.of()));
        } else {
            pieces.addAll(pieces(ReplyText.of(push)));
        }
        return pieces;
    }

    private static boolean scalar(RespValue value) {
        return switch (value) {
            case RespValue.Array _,
                    RespValue.SetReply _,
                    RespValue.MapReply _,
                    RespValue.Push _,
                    RespValue.Attributed _,
                    RespValue.Verbatim _ -> false;
            default -> true;
        };
    }

    private static List<Span> inline(RespValue value) {
        return ReplyText.of(value).stream()
                .map(span -> new Span(span.text().replace("\n", "  "), span.part()))
                .toList();
    }

    private static List<Piece> pieces(List<Span> spans) {
        return spans.stream()
                .map(span -> new Piece(span.text(), style(span.part())))
                .collect(Collectors.toList());
    }

    private static Collection<String> style(Part part) {
        return switch (part) {
            case PLAIN -> List.of();
            case INDEX -> List.of("muted");
            case STRING -> List.of("string");
            case NUMBER -> List.of("number");
            case STATUS -> List.of("ok");
            case ERROR -> List.of("error");
            case NIL -> List.of("comment");
            case BOOL -> List.of("keyword");
            case NOTE -> List.of("time");
        };
    }
}
