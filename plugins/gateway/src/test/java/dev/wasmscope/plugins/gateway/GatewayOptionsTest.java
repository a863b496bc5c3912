package dev.wasmscope.plugins.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.plugins.gateway.filter.FilterSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayOptionsTest {
    @Test
    void everythingCanBeSaid() throws Exception {
        var line = "--listen [::1]:9000 --upstream=http://10.0.0.1:3000/base --filter f.wasm --pool 3 --timeout 250us"
                + " --memory 8 --stage response --param a=1 --param b=x=y --admin 127.0.0.1:0 --max-body 512k"
                + " --upstream-timeout 2m --no-watch --json";
        var options = GatewayOptions.of(List.of(line.split(" ", -1)));
        assertThat(options.config().listen().getPort()).isEqualTo(9000);
        assertThat(options.config().upstream()).isEqualTo(URI.create("http://10.0.0.1:3000/base"));
        assertThat(options.config().maxBody()).isEqualTo(512 << 10);
        assertThat(options.config().upstreamTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(options.config().admin()).isPresent();
        assertThat(options.filter()).hasValue("f.wasm");
        assertThat(options.spec().pool()).isEqualTo(3);
        assertThat(options.spec().timeout()).isEqualTo(Duration.ofNanos(250_000));
        assertThat(options.spec().stage()).isEqualTo(FilterSpec.Stage.RESPONSE);
        assertThat(options.spec().parameters()).containsEntry("a", "1").containsEntry("b", "x=y");
        assertThat(options.watch()).isFalse();
        assertThat(options.json()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--pool 3 | Which server is behind the gateway?",
                "--upstream ftp://x | is like http://127.0.0.1:3000, not ftp://x.",
                "--upstream http://x/?a | has a host and no query",
                "--upstream http://x --pool 0 | A pool has 1 to 10000 instances, not 0.",
                "--upstream http://x --pool many | --pool wants a whole number, not \"many\".",
                "--upstream http://x --timeout 0ms | The time-out is longer than zero",
                "--upstream http://x --timeout 5 | --timeout wants a time like 100ms or 2s, not \"5\".",
                "--upstream http://x --max-body 1x | --max-body wants a size like 512k or 10m, not \"1x\".",
                "--upstream http://x --max-body 9g | A body has 0 to",
                "--upstream http://x --param a | A parameter is like --param limit=10, not \"a\".",
                "--upstream http://x --admin 10.1.2.3:9 | is no loopback address",
                "--upstream http://x --listen 8080 | --listen wants HOST:PORT, not \"8080\".",
                "--upstream http://x --listen x:99999 | --listen wants HOST:PORT",
                "--upstream http://x --stage never | --stage is request or response, not \"never\".",
                "--upstream http://x --frobnicate | \"--frobnicate\" is no option of gateway.",
                "--upstream | --upstream wants a value.",
            })
    void whatCannotBeMeantIsSaid(String line, String reason) {
        assertThatThrownBy(() -> GatewayOptions.of(List.of(line.split(" ", -1))))
                .isInstanceOf(GatewayOptions.UsageException.class)
                .hasMessageContaining(reason);
    }
}
