package dev.wasmscope.engine.resp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a line typed at a prompt says, split as redis-cli splits it: words apart by spaces; `"..."` with `\n`, `\r`,
/// `\t`, `\b`, `\a`, `\xHH` and backslash before anything else; `'...'` with `\'` only.
public sealed interface CommandLine {
    /// @param words the command and its arguments, bytes for bytes; none in an empty line
    record Words(List<byte[]> words) implements CommandLine {
        public Words {
            words = List.copyOf(words);
        }
    }

    /// @param reason a sentence
    /// @param at characters before the quotation mark that is at fault
    record Unbalanced(String reason, int at) implements CommandLine {}

    static CommandLine split(String line) {
        return new Splitter(line).split();
    }

    /// One line being split.
    final class Splitter {
        private final String line;
        private final List<byte[]> words = new ArrayList<>();
        private int at;

        private Splitter(String line) {
            this.line = line;
        }

        private CommandLine split() {
            while (true) {
                while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
                    at++;
                }
                if (at == line.length()) {
                    return new Words(words);
                }
                var start = at;
                var word = new ByteArrayOutputStream();
                while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
                    var c = line.charAt(at);
                    if (c == '"' || c == '\'') {
                        var quote = at;
                        if (!quoted(word, c)) {
                            return new Unbalanced(
                                    "The quotation mark at %d is not closed.".formatted(quote + 1), quote);
                        }
                        if (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
                            return new Unbalanced(
                                    "A space belongs behind the closing quotation mark at %d.".formatted(at), at - 1);
                        }
                    } else {
                        plain(word);
                    }
                }
                words.add(word.toByteArray());
                assert at > start : "every word takes at least one character";
            }
        }

        /// From the opening mark to behind the closing one; false where there is none.
        private boolean quoted(ByteArrayOutputStream word, char mark) {
            at++;
            while (at < line.length()) {
                var c = line.charAt(at);
                if (c == mark) {
                    at++;
                    return true;
                }
                if (c == '\\' && at + 1 < line.length() && (mark == '"' || line.charAt(at + 1) == '\'')) {
                    at++;
                    escaped(word, mark);
                } else {
                    plain(word);
                }
            }
            return false;
        }

        private void escaped(ByteArrayOutputStream word, char mark) {
            var c = line.charAt(at);
            if (mark == '"' && c == 'x' && at + 2 < line.length()) {
                var high = Character.digit(line.charAt(at + 1), 16);
                var low = Character.digit(line.charAt(at + 2), 16);
                if (high >= 0 && low >= 0) {
                    word.write(high << 4 | low);
                    at += 3;
                    return;
                }
            }
            var control = mark == '"' ? "nrtba".indexOf(c) : -1;
            if (control >= 0) {
                word.write("\n\r\t\b\u0007".charAt(control));
                at++;
            } else {
                plain(word);
            }
        }

        private void plain(ByteArrayOutputStream word) {
            var point = line.codePointAt(at);
            word.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            at += Character.charCount(point);
        }
    }
}
