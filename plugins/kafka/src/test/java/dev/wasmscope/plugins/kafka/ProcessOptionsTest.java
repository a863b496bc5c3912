package dev.wasmscope.plugins.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessOptionsTest {
    private static ProcessOptions options(String... more) {
        var words = new ArrayList<>(List.of("--bootstrap-servers", "b:9092", "--topic", "t", "--group=g"));
        words.addAll(List.of(more));
        return new ProcessOptions(words);
    }

    @Test
    void optionsBecomeSettings() {
        var options = options("--threads", "4", "--retries=0", "--backoff", "250ms", "--property", "a.b=c=d");
        var settings = options.settings("b:9092");
        assertThat(settings.threads()).isEqualTo(4);
        assertThat(settings.retries()).isZero();
        assertThat(settings.backOff()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.consumer()).containsEntry("a.b", "c=d");
        assertThat(settings.deadLetterTopic()).isEqualTo("t-g-dead");
        var grants =
                options("--dir", "/tmp::/", "--allow-connect", "127.0.0.1:80").grants("m");
        assertThat(grants.directories()).hasSize(1);
        assertThat(grants.network().connect()).hasSize(1);
    }

    @Test
    void countsAreServedOnThisMachineUnlessAHostIsNamed() {
        assertThat(options().metrics()).isEmpty();
        assertThat(options("--metrics", "9100").metrics().orElseThrow()).hasToString("/127.0.0.1:9100");
        assertThat(options("--metrics=0.0.0.0:9100").metrics().orElseThrow()).hasToString("/0.0.0.0:9100");
        assertThat(options("--metrics", "[::1]:9100").metrics().orElseThrow()).hasToString("/[0:0:0:0:0:0:0:1]:9100");
    }

    @Test
    void waitsDoubleUpToAHundredTimes() {
        var settings = options("--backoff", "1s").settings("b");
        assertThat(settings.waitAfter(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.waitAfter(4)).isEqualTo(Duration.ofSeconds(8));
        assertThat(settings.waitAfter(8)).isEqualTo(Duration.ofSeconds(100));
        assertThat(settings.waitAfter(1000)).isEqualTo(Duration.ofSeconds(100));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --threads 0        | --threads takes a whole number from 1 to 256, not 0.
            --threads x        | --threads takes a whole number from 1 to 256, not x.
            --backoff 3        | --backoff takes a duration such as 500ms, 5s or 2m, not 3.
            --property a       | --property takes K=V, not a.
            --dir a            | --dir takes HOST::GUEST or HOST::GUEST:ro, not a.
            --allow-connect a  | HOST:PORT or [ADDRESS]:PORT is wanted, not a.
            --metrics a        | --metrics takes PORT or HOST:PORT, not a.
            --metrics :80      | --metrics takes PORT or HOST:PORT, not :80.
            --metrics b:99999  | --metrics takes PORT or HOST:PORT, not b:99999.
            --topic u          | --topic is given 2 times.
            --treads 3         | There is no option --treads; --help lists them.
            --threads          | --threads wants a value.
            --embedded-broker  | Give --bootstrap-servers or --embedded-broker, one of them.
            """)
    void wrongOptionsAreSentences(String words, String sentence) {
        assertThatThrownBy(() -> {
                    var options = options(words.split(" "));
                    options.settings("b");
                    options.grants("m");
                    options.metrics();
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }
}
