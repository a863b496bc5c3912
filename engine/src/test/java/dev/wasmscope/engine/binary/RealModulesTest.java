package dev.wasmscope.engine.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.binary.ModuleFacts.ExportFact;
import dev.wasmscope.engine.binary.ModuleFacts.FunctionFact;
import dev.wasmscope.engine.binary.ModuleFacts.ImportFact;
import dev.wasmscope.engine.binary.ModuleFacts.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is listed of modules from the npm registry, beside what `wasm-objdump -h -x` lists.
class RealModulesTest {
    @BeforeEach
    void needWabt() {
        Wabt.assumeInstalled();
    }

    @ParameterizedTest
    @MethodSource("dev.wasmscope.engine.binary.RealModules#all")
    void sectionsAreThoseOfObjdump(Path file) throws Exception {
        var facts = ModuleReader.read(Files.readAllBytes(file));
        try (var theirs = Wabt.objdump(file, "-h")) {
            var expected = theirs.lines()
                    .filter(line -> line.contains("start="))
                    .map(line -> line.strip().replaceAll(" +", " "))
                    .toList();
            assertThat(facts.sections().stream().map(s -> header(s, facts))).containsExactlyElementsOf(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.wasmscope.engine.binary.RealModules#all")
    void importsExportsAndFunctionsAreThoseOfObjdump(Path file) throws Exception {
        var facts = ModuleReader.read(Files.readAllBytes(file));
        assertThat(facts.imports().stream().map(i -> line(i, facts)))
                .containsExactlyElementsOf(details(file, "Import"));
        assertThat(facts.exports().stream().map(e -> line(e, facts)))
                .containsExactlyElementsOf(details(file, "Export"));
        assertThat(facts.functions().stream().filter(f -> !f.imported()).map(RealModulesTest::line))
                .containsExactlyElementsOf(details(file, "Function"));
    }

    @ParameterizedTest
    @MethodSource("dev.wasmscope.engine.binary.RealModules#all")
    void bodiesAndSegmentsLieWhereObjdumpFindsThem(Path file) throws Exception {
        var facts = ModuleReader.read(Files.readAllBytes(file));
        assertThat(facts.functions().stream()
                        .filter(f -> !f.imported())
                        .map(f -> " - func[%d] size=%d%s".formatted(f.index(), f.bodySize(), angled(f))))
                .containsExactlyElementsOf(details(file, "Code"));
        var segments = details(file, "Data").stream()
                .filter(line -> line.startsWith(" - segment"))
                .map(line -> line.replaceAll(" - init .*", ""))
                .toList();
        assertThat(facts.data().stream()
                        .map(d -> d.mode().equals("passive")
                                ? " - segment[%d] passive size=%d".formatted(d.index(), d.length())
                                : " - segment[%d] memory=%d size=%d".formatted(d.index(), d.memory(), d.length())))
                .containsExactlyElementsOf(segments);
    }

    /// `Type start=0x0000000e end=0x00000049 (size=0x0000003b) count: 11`.
    private static String header(Section s, ModuleFacts facts) {
        var payload = s.custom() ? s.end() - payloadSize(s) : s.contentOffset();
        var title = switch (s.id()) {
            case 0 -> "Custom";
            case 9 -> "Elem";
            case 12 -> "DataCount";
            default ->
                s.name().substring(0, 1).toUpperCase(Locale.ROOT) + s.name().substring(1);
        };
        var range = "%s start=0x%08x end=0x%08x (size=0x%08x)".formatted(title, payload, s.end(), s.end() - payload);
        if (s.custom()) {
            return range + " \"" + s.name() + "\"";
        }
        return s.entries().isPresent()
                ? range + " count: " + s.entries().getAsInt()
                : range + " start: " + facts.startFunction().orElseThrow();
    }

    /// With the length and the text of its name.
    private static long payloadSize(Section s) {
        return s.contentSize() + s.name().length() + 1;
    }

    /// The lines below a head like `Import[22]:`.
    private static List<String> details(Path file, String section) throws IOException {
        try (var in = Wabt.objdump(file, "-x", "-j", section)) {
            return in.lines()
                    .dropWhile(line -> !line.startsWith(section + "["))
                    .skip(1)
                    .takeWhile(line -> line.startsWith(" "))
                    .toList();
        }
    }

    private static String line(FunctionFact f) {
        return " - func[%d] sig=%d%s".formatted(f.index(), f.typeIndex(), angled(f));
    }

    private static String angled(FunctionFact f) {
        return f.named() ? " <" + f.name() + ">" : "";
    }

    private static String line(ImportFact i, ModuleFacts facts) {
        var from = " <- " + i.module() + "." + i.name();
        return switch (i.kind()) {
            case FUNCTION -> {
                var f = facts.functions().get(i.index());
                yield " - func[%d] sig=%d%s%s".formatted(i.index(), f.typeIndex(), angled(f), from);
            }
            case GLOBAL -> {
                var g = facts.globals().get(i.index());
                yield " - global[%d] %s mutable=%d%s"
                        .formatted(i.index(), g.type().text(), g.mutable() ? 1 : 0, from);
            }
            case MEMORY -> {
                var limits = facts.memories().get(i.index()).limits();
                yield " - memory[%d] pages: initial=%d%s%s"
                        .formatted(
                                i.index(),
                                limits.minimum(),
                                limits.maximum().map(m -> " max=" + m).orElse(""),
                                from);
            }
            case TABLE -> {
                var t = facts.tables().get(i.index());
                yield " - table[%d] type=%s initial=%d%s%s"
                        .formatted(
                                i.index(),
                                t.element().text(),
                                t.limits().minimum(),
                                t.limits().maximum().map(m -> " max=" + m).orElse(""),
                                from);
            }
            case TAG -> " - tag[%d]%s".formatted(i.index(), from);
        };
    }

    private static String line(ExportFact e, ModuleFacts facts) {
        var name = switch (e.kind()) {
            case FUNCTION -> angled(facts.functions().get(e.index()));
            case GLOBAL -> " <" + facts.globals().get(e.index()).name() + ">";
            default -> "";
        };
        return " - %s[%d]%s -> \"%s\"".formatted(e.kind().keyword(), e.index(), name, e.name());
    }
}
