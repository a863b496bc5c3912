package dev.wasmscope.views.code;

import dev.wasmscope.engine.binary.Disassembly;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// A function as coloured lines: its head, its locals, its instructions. Equal only to itself: comparing a hundred
/// thousand lines on the UI thread would be felt.
final class CodeText {
    /// What a piece of text is; the style class has its name in small letters.
    enum Kind {
        PLAIN,
        KEYWORD,
        INSTRUCTION,
        NUMBER,
        VARIABLE,
        COMMENT,
        /// The name of a function that a click leads to.
        LINK
    }

    record Token(String text, Kind kind) {}

    /// @param offset of the instruction in the file; empty for head and locals
    /// @param length of its encoding in bytes
    /// @param target the function it names
    record Line(OptionalLong offset, int length, OptionalInt target, List<Token> tokens) {
        String text() {
            var text = new StringBuilder();
            tokens.forEach(token -> text.append(token.text()));
            return text.toString();
        }

        /// Empty beyond the end of the line.
        Kind kindAt(int column) {
            var end = 0;
            for (var token : tokens) {
                end += token.text().length();
                if (column < end) {
                    return token.kind();
                }
            }
            return Kind.PLAIN;
        }
    }

    /// Deeper nesting is drawn at this depth: the text of a line must not grow with it.
    private static final int DEEPEST = 60;

    /// Names from a module may be kilobytes long.
    private static final int LONGEST_NAME = 120;

    private static final Pattern WORD = Pattern.compile("\\$\\S+|[()]|[^\\s()]+|\\s+");
    private static final Pattern CONTROL = Pattern.compile(
            "block|loop|if|else|end|br|br_if|br_table|br_on_.*|return|return_call.*|call|call_indirect|call_ref"
                    + "|unreachable|try|try_table|catch|catch_all|throw|throw_ref|rethrow|delegate|nop");

    private final List<Line> lines;

    CodeText(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    List<Line> lines() {
        return lines;
    }

    static CodeText of(Disassembly function) {
        var lines = new ArrayList<Line>();
        lines.add(head(function.header().substring(0, function.header().length() - 1)));
        for (var local : function.locals()) {
            if (!local.parameter()) {
                lines.add(local(local));
            }
        }
        for (var line : function.lines()) {
            lines.add(instruction(line));
        }
        return new CodeText(lines);
    }

    /// The line of the instruction at or before this place; empty where the place is not in the function.
    OptionalInt lineAt(long offset) {
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.offset().isPresent()
                    && offset >= line.offset().getAsLong()
                    && offset < line.offset().getAsLong() + line.length()) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /// Where work starts: the first instruction.
    int firstInstruction() {
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).offset().isPresent()) {
                return i;
            }
        }
        return 0;
    }

    private static Line head(String text) {
        return new Line(OptionalLong.empty(), 0, OptionalInt.empty(), signature(text));
    }

    private static Line local(Disassembly.LocalFact local) {
        var name = local.name().isEmpty() ? "" : " $" + shortened(local.name());
        var tokens = new ArrayList<>(signature("  (local" + name + " " + local.type() + ")"));
        tokens.add(new Token("  ;; " + local.index(), Kind.COMMENT));
        return new Line(OptionalLong.empty(), 0, OptionalInt.empty(), List.copyOf(tokens));
    }

    /// `(func $fib (param i64) (result i64)`.
    private static List<Token> signature(String text) {
        var tokens = new ArrayList<Token>();
        var words = WORD.matcher(text);
        var opened = false;
        while (words.find()) {
            var word = words.group();
            var kind = word.isBlank() || word.equals("(") || word.equals(")")
                    ? Kind.PLAIN
                    : word.startsWith("$") ? Kind.VARIABLE : opened ? Kind.KEYWORD : Kind.NUMBER;
            tokens.add(new Token(kind == Kind.VARIABLE ? shortened(word) : word, kind));
            opened = word.equals("(");
        }
        return List.copyOf(tokens);
    }

    private static Line instruction(Disassembly.Line line) {
        var tokens = new ArrayList<Token>();
        tokens.add(new Token("  ".repeat(1 + Math.min(line.depth(), DEEPEST)), Kind.PLAIN));
        tokens.add(new Token(
                line.mnemonic(), CONTROL.matcher(line.mnemonic()).matches() ? Kind.KEYWORD : Kind.INSTRUCTION));
        if (!line.operands().isEmpty() || !line.note().isEmpty()) {
            operands(line, tokens);
        }
        return new Line(OptionalLong.of(line.offset()), line.length(), line.target(), List.copyOf(tokens));
    }

    private static void operands(Disassembly.Line line, List<Token> tokens) {
        var index = isIndex(line.operands());
        var link = line.target().isPresent();
        if (index && !line.note().isEmpty()) {
            tokens.add(new Token(" ", Kind.PLAIN));
            tokens.add(new Token("$" + shortened(line.note()), link ? Kind.LINK : Kind.VARIABLE));
            return;
        }
        if (!line.operands().isEmpty()) {
            tokens.add(new Token(" ", Kind.PLAIN));
            if (link) {
                tokens.add(new Token("func[" + line.operands() + "]", Kind.LINK));
            } else {
                tokens.addAll(numbers(line.operands()));
            }
        }
        if (!line.note().isEmpty()) {
            tokens.add(new Token("  ;; " + shortened(line.note()), Kind.COMMENT));
        }
    }

    private static List<Token> numbers(String operands) {
        return operands.startsWith("(") ? signature(operands) : List.of(new Token(operands, Kind.NUMBER));
    }

    private static boolean isIndex(String operands) {
        return !operands.isEmpty() && operands.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }
}
