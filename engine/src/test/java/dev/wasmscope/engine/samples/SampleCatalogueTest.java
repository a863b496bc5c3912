package dev.wasmscope.engine.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleCatalogueTest {
    private final SampleCatalogue catalogue = SampleCatalogue.load();

    @Test
    void everySampleInTheCatalogueOpensAsAModule() throws UnknownSampleException {
        assertThat(catalogue.samples()).isNotEmpty();
        for (var sample : catalogue.samples()) {
            var module = catalogue.open(sample.name());
            assertThat(module.name()).isEqualTo(sample.name() + ".wasm");
            assertThat(module.bytes()).startsWith(0, 'a', 's', 'm', 1, 0, 0, 0);
        }
    }

    @Test
    void theSamplesThatNeedNoCompilerAreAlwaysThere() {
        assertThat(catalogue.samples())
                .extracting(Sample::name)
                .contains(
                        "strings",
                        "add",
                        "fib",
                        "traps",
                        "loops",
                        "loops-start",
                        "grow",
                        "multivalue",
                        "tables",
                        "callback",
                        "link-a",
                        "link-b");
    }

    @Test
    void aSampleIsEitherBuiltOrSaysWhatToInstall() {
        assertThat(List.of("sha256", "sort", "hello"))
                .allSatisfy(name -> assertThat(catalogue.find(name).isPresent()
                                || catalogue.missing().stream()
                                        .anyMatch(left -> left.name().equals(name)))
                        .as(name)
                        .isTrue());
        assertThat(new MissingSample("hello", "C", List.of("clang-19", "lld-19")).reason())
                .isEqualTo("Sample hello is written in C and was not built: install its compilers"
                        + " (apt-get install clang-19 lld-19) and build again.");
    }

    @Test
    void prefixIsAccepted() throws UnknownSampleException {
        assertThat(catalogue.open("sample:fib").name()).isEqualTo("fib.wasm");
    }

    @Test
    void unknownNameNamesTheNearestOne() {
        assertThatThrownBy(() -> catalogue.open("fibb"))
                .isInstanceOf(UnknownSampleException.class)
                .hasMessage("There is no sample fibb. Did you mean fib?");
    }

    @Test
    void nameThatIsNearNothingListsAll() {
        assertThatThrownBy(() -> catalogue.open("../../etc/passwd"))
                .isInstanceOf(UnknownSampleException.class)
                .hasMessageStartingWith("There is no sample ../../etc/passwd. There are: strings, add, fib");
    }

    @Test
    void sampleThatWasNotBuiltSaysWhatToInstall() {
        var bare = new SampleCatalogue(List.of(), List.of(new MissingSample("sort", "Rust", List.of("rustc"))));
        assertThatThrownBy(() -> bare.open("sort")).hasMessageContaining("apt-get install rustc");
        assertThatThrownBy(() -> bare.open("fib")).hasMessage("This build of Wasmscope contains no samples.");
    }

    @Test
    void linksNameOtherSamples() {
        assertThat(catalogue.samples())
                .allSatisfy(sample -> assertThat(sample.links().values())
                        .allSatisfy(name -> assertThat(catalogue.find(name)).isPresent()));
    }
}
