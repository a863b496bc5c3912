package dev.wasmscope.engine.binary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmscope.engine.spi.Verb;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerbsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private int run(Verb verb, String... arguments) {
        out.reset();
        err.reset();
        return verb.run(
                List.of(arguments),
                new Verb.Terminal(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toByteArray());
    }

    @Test
    void inspectWritesTheJsonThatScriptsRelyOn() throws IOException {
        assertThat(run(new InspectVerb(), "sample:strings", "--json")).isZero();
        var root = json();
        assertThat(root.get("sections")).isNotEmpty().allSatisfy(s -> {
            assertThat(s.get("name").isTextual()).isTrue();
            assertThat(s.get("offset").asLong()).isGreaterThanOrEqualTo(8);
            assertThat(s.get("size").asLong()).isPositive();
        });
        assertThat(root.get("exports").findValuesAsText("name")).contains("wasm_alloc", "memory");
        assertThat(root.get("exports").findValuesAsText("kind")).contains("func", "memory");
        assertThat(root.get("exports").findValuesAsText("type")).isNotEmpty();
        assertThat(root.get("functions")).isNotEmpty();
        assertThat(root.get("memories")).isNotEmpty();
        assertThat(root.get("imports").isArray()).isTrue();
        assertThat(root.get("customSections").isArray()).isTrue();
    }

    @Test
    void inspectWritesATableForPeople() {
        assertThat(run(new InspectVerb(), "sample:fib")).isZero();
        assertThat(said())
                .contains("Sections")
                .contains("Exports")
                .containsPattern("func +fib +\\(i\\d\\d\\) → i\\d\\d");
    }

    @Test
    void malformedFileIsUnreadableInputWithTheOffset() throws IOException {
        var file = Files.write(
                directory.resolve("bad.wasm"),
                WasmBytes.module().hex("0a ff 01").bytes());
        assertThat(run(new InspectVerb(), file.toString())).isEqualTo(2);
        assertThat(complained()).contains("The code section claims 255 bytes").contains("at byte offset 0x9.");
        assertThat(run(new DisasmVerb(), file.toString())).isEqualTo(2);
        assertThat(complained()).contains("at byte offset 0x9.");
    }

    @Test
    void missingFileIsUnreadableInput() {
        assertThat(run(new InspectVerb(), directory.resolve("no.wasm").toString()))
                .isEqualTo(2);
        assertThat(complained()).contains("There is no file");
    }

    @Test
    void disasmShowsOneFunctionByNameAndByIndex() throws Exception {
        assertThat(run(new DisasmVerb(), "sample:fib", "--function", "fib")).isZero();
        var byName = said();
        assertThat(byName).contains("<fib>:").contains("local.get 0");
        var facts = ModuleReader.read(ModuleFiles.read("sample:fib").bytes());
        var index = facts.exports().stream()
                .filter(e -> e.name().equals("fib"))
                .findFirst()
                .orElseThrow()
                .index();
        assertThat(run(new DisasmVerb(), "sample:fib", "-f", Integer.toString(index)))
                .isZero();
        assertThat(said()).isEqualTo(byName);
    }

    @Test
    void disasmWithoutAFunctionShowsAll() throws Exception {
        assertThat(run(new DisasmVerb(), "sample:strings")).isZero();
        var facts = ModuleReader.read(ModuleFiles.read("sample:strings").bytes());
        var bodies = facts.functions().size() - facts.importedFunctions();
        assertThat(said().lines().filter(l -> l.contains(" func["))).hasSize(bodies);
        assertThat(run(new DisasmVerb(), "sample:strings", "--json")).isZero();
        assertThat(json()).hasSize(bodies);
    }

    @Test
    void disasmWritesJsonOfOneFunction() throws IOException {
        assertThat(run(new DisasmVerb(), "sample:fib", "--function", "fib", "--json"))
                .isZero();
        assertThat(json().get("name").asText()).isEqualTo("fib");
        assertThat(json().get("instructions"))
                .isNotEmpty()
                .allSatisfy(i -> assertThat(i.get("mnemonic").asText()).isNotEmpty());
    }

    @Test
    void unknownFunctionNamesTheNearestOne() {
        assertThat(run(new DisasmVerb(), "sample:fib", "--function", "fbi")).isEqualTo(2);
        assertThat(complained()).contains("has no function named fbi").contains("Did you mean fib?");
        assertThat(run(new DisasmVerb(), "sample:fib", "--function", "99999")).isEqualTo(2);
        assertThat(complained()).contains("its functions are 0 to");
    }
}
