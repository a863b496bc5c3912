package dev.wasmscope.engine.marshal;

import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/// A sum over the arguments of a function: `$0 * 2 + 1`, `($0 & 0xff) << $1`. Whole numbers wrap at 64 bits; with a
/// decimal point anywhere, or an argument that has one, it is computed in doubles.
public final class Expression {
    private static final int DEEPEST = 200;

    private final String text;
    private final Number[] arguments;
    private int at;
    private int depth;

    private Expression(String text, Number[] arguments) {
        this.text = text;
        this.arguments = arguments;
    }

    /// @param arguments [Long] or [Double] each
    /// @return [Long] or [Double]
    /// @throws IllegalArgumentException with a sentence that says where it went wrong
    public static Number evaluate(String text, Number... arguments) {
        var expression = new Expression(text, arguments);
        var value = expression.binary(0);
        expression.space();
        if (expression.at < text.length()) {
            throw expression.wrong("an operator was expected");
        }
        return value;
    }

    /// Weakest first.
    private static final String[][] LEVELS = {{"|"}, {"^"}, {"&"}, {"<<", ">>"}, {"+", "-"}, {"*", "/", "%"}};

    private Number binary(int level) {
        if (level == LEVELS.length) {
            return unary();
        }
        var left = binary(level + 1);
        for (String operator; (operator = operator(LEVELS[level])) != null; ) {
            left = apply(operator, left, binary(level + 1));
        }
        return left;
    }

    private @Nullable String operator(String[] candidates) {
        space();
        for (var candidate : candidates) {
            if (text.startsWith(candidate, at)) {
                at += candidate.length();
                return candidate;
            }
        }
        return null;
    }

    private Number apply(String operator, Number left, Number right) {
        return switch (operator) {
            case "+" -> numbers(left, right, Long::sum, Double::sum);
            case "-" -> numbers(left, right, (a, b) -> a - b, (a, b) -> a - b);
            case "*" -> numbers(left, right, (a, b) -> a * b, (a, b) -> a * b);
            case "/" -> numbers(left, right, (a, b) -> a / whole(b), (a, b) -> a / b);
            case "%" -> numbers(left, right, (a, b) -> a % whole(b), (a, b) -> a % b);
            case "<<" -> left.longValue() << right.longValue();
            case ">>" -> left.longValue() >> right.longValue();
            case "&" -> left.longValue() & right.longValue();
            case "|" -> left.longValue() | right.longValue();
            default -> left.longValue() ^ right.longValue();
        };
    }

    private long whole(long divisor) {
        if (divisor == 0) {
            throw new IllegalArgumentException("%s divides by zero.".formatted(text));
        }
        return divisor;
    }

    private static Number numbers(Number a, Number b, LongBinaryOperator whole, DoubleBinaryOperator decimal) {
        if (a instanceof Double || b instanceof Double) {
            return decimal.applyAsDouble(a.doubleValue(), b.doubleValue());
        }
        return whole.applyAsLong(a.longValue(), b.longValue());
    }

    private Number unary() {
        if (++depth > DEEPEST) {
            throw wrong("it is nested too deeply");
        }
        try {
            space();
            if (take('-')) {
                var value = unary();
                return value instanceof Double d ? (Number) (-d) : (Number) (-value.longValue());
            }
            if (take('~')) {
                return ~unary().longValue();
            }
            if (take('(')) {
                var value = binary(0);
                space();
                if (!take(')')) {
                    throw wrong("a ) is missing");
                }
                return value;
            }
            return take('$') ? argument() : number();
        } finally {
            depth--;
        }
    }

    private Number argument() {
        var digits = word();
        var index = digits.matches("\\d{1,4}") ? Integer.parseInt(digits) : -1;
        if (index < 0 || index >= arguments.length) {
            throw wrong("there is no argument $%s; there are %d, from $0 on".formatted(digits, arguments.length));
        }
        return arguments[index];
    }

    private Number number() {
        var digits = word();
        try {
            if (digits.startsWith("0x") || digits.startsWith("0X")) {
                return Long.parseUnsignedLong(digits.substring(2), 16);
            }
            return digits.contains(".") ? (Number) Double.parseDouble(digits) : (Number) Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw wrong("a number or an argument such as $0 was expected");
        }
    }

    private String word() {
        var from = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        return text.substring(from, at);
    }

    private boolean take(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException(
                "\"%s\" cannot be computed: at character %d %s.".formatted(text, at + 1, why));
    }
}
