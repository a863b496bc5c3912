package dev.wasmscope.engine.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    @Test
    void wordsAreApartBySpacesAndQuotesKeepThemTogether() {
        assertThat(words("  SET  'my key' \"a \\\"b\\\" c\"  ")).containsExactly("SET", "my key", "a \"b\" c");
    }

    @Test
    void escapesInDoubleQuotesAreBytes() {
        assertThat(words("\"\\x00\\xfF\\n\\r\\t\\b\\a\\\\\\q\\xZZ\""))
                .containsExactly("\u0000\u00ff\n\r\t\b\u0007\\qxZZ");
    }

    @Test
    void singleQuotesKnowOnlyTheirOwnEscape() {
        assertThat(words("'it\\'s \\n'")).containsExactly("it's \\n");
    }

    @Test
    void emptyLineHasNoWordsAndEmptyQuotesAreAWord() {
        assertThat(words(" ")).isEmpty();
        assertThat(words("SET k \"\"")).containsExactly("SET", "k", "");
    }

    @Test
    void textIsSentAsUtf8() {
        var split = (CommandLine.Words) CommandLine.split("ECHO grüße😀");

        assertThat(new String(split.words().get(1), StandardCharsets.UTF_8)).isEqualTo("grüße😀");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SET k \"abc|6|not closed",
                "SET k 'abc|6|not closed",
                "GET \"a\"b|6|space belongs behind",
                "GET \"|4|not closed",
                "GET \"a\\|4|not closed",
                "GET \"\\x4|4|not closed"
            })
    void unbalancedQuotesAreRefusedWithTheirPlace(String line, int at, String reason) {
        assertThat(CommandLine.split(line)).isInstanceOfSatisfying(CommandLine.Unbalanced.class, u -> {
            assertThat(u.at()).isEqualTo(at);
            assertThat(u.reason()).contains(reason);
        });
    }

    private static List<String> words(String line) {
        return ((CommandLine.Words) CommandLine.split(line))
                .words().stream()
                        .map(word -> new String(word, StandardCharsets.ISO_8859_1))
                        .toList();
    }
}
