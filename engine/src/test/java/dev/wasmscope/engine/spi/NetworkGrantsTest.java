package dev.wasmscope.engine.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkGrantsTest {
    @ParameterizedTest
    @ValueSource(strings = {"example.org:80", "127.0.0.1:8080", "[::1]:0", "localhost:65535"})
    void peerIsWrittenAsItWasRead(String text) {
        assertThat(NetworkGrants.Peer.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "host", "host:", ":80", "host:x", "host:65536", "host:-1", "::1:80"})
    void textThatIsNoPeerIsRefusedWithASentence(String text) {
        assertThatThrownBy(() -> NetworkGrants.Peer.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(".");
    }

    @Test
    void nobodyConnectsToPortZero() {
        assertThatThrownBy(() -> NetworkGrants.parse(List.of("localhost:0"), List.of()))
                .hasMessage("localhost:0 has no port to connect to.");
    }
}
