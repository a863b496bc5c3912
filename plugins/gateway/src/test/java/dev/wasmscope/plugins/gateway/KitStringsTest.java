package dev.wasmscope.plugins.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.marshal.StringCall;
import dev.wasmscope.engine.spi.HostingRequest;
import dev.wasmscope.engine.spi.InstantiationFailedException;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.StringForm;
import dev.wasmscope.engine.spi.WasiGrants;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The kits' profile wasmscope: strings that a host gives and gets.
class KitStringsTest {
    @ParameterizedTest
    @ValueSource(strings = {"greeting", "greeting-as"})
    void stringsGoBothWays(String sample) throws InstantiationFailedException {
        try (var engine = Modules.engine();
                var guest = engine.host(HostingRequest.of(Modules.sample(engine, sample), sample)
                        .withWasi(WasiGrants.NONE))) {
            for (var i = 0; i < 2_000; i++) {
                assertThat(answer(guest.session(), "greet", "Grüße " + i)).hasValue("Hello, Grüße " + i + "!");
            }
            assertThat(answer(guest.session(), "shout", "quiet")).hasValue("QUIET");
            assertThat(answer(guest.session(), "shout", "")).hasValue("");
            assertThat(guest.session().status().memoryPages().getFirst()).isLessThan(32);
        }
    }

    private static Optional<String> answer(Session session, String export, String text) {
        return new StringCall(session, StringForm.LENGTH_FIRST)
                .run(export, List.of(new StringCall.Given.Text(text)), true)
                .text();
    }
}
