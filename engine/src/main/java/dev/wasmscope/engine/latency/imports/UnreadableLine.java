package dev.wasmscope.engine.latency.imports;

/// What is wrong with a line of a file, with the value in it.
final class UnreadableLine extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;

    /// @param line from 1
    UnreadableLine(int line, String why) {
        super(why);
        this.line = line;
    }

    int line() {
        return line;
    }

    /// A latency or count as text.
    static double number(int line, String text) throws UnreadableLine {
        try {
            double number = Double.parseDouble(text.strip());
            if (number >= 0 && Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UnreadableLine(line, "\"" + shortened(text.strip()) + "\" is no number of 0 or more");
    }

    static String shortened(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "..." : text;
    }
}
