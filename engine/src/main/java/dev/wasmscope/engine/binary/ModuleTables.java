package dev.wasmscope.engine.binary;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What `inspect` writes for people.
final class ModuleTables {
    private final ModuleFacts facts;
    private final PrintStream out;

    ModuleTables(ModuleFacts facts, PrintStream out) {
        this.facts = facts;
        this.out = out;
    }

    void print(String name, Collection<String> features) {
        var bodies = facts.functions().size() - facts.importedFunctions();
        out.printf(
                "%s: %,d bytes, %s (%d imported), %s%n",
                name + facts.moduleName().map(n -> " (" + n + ")").orElse(""),
                facts.size(),
                Sentences.counted(bodies + facts.importedFunctions(), "function"),
                facts.importedFunctions(),
                Sentences.counted(facts.exports().size(), "export"));
        for (var match : HostProfile.of(facts)) {
            out.println("Made for: " + match.text());
        }
        sections();
        rows(
                "Imports",
                facts.imports().stream()
                        .map(i -> List.of(i.kind().keyword(), i.module() + "." + i.name(), i.type()))
                        .toList());
        rows(
                "Exports",
                facts.exports().stream()
                        .map(e -> List.of(e.kind().keyword(), e.name(), e.type()))
                        .toList());
        rows(
                "Memories",
                facts.memories().stream()
                        .map(m -> List.of(
                                "memory[" + m.index() + "]",
                                m.name(),
                                m.limits() + " pages" + (m.imported() ? ", imported" : "")))
                        .toList());
        facts.startFunction()
                .ifPresent(f -> out.printf(
                        "%nStart function: %s%n", facts.functions().get(f).name()));
        if (!features.isEmpty()) {
            out.printf("%nFeatures: %s%n", String.join(", ", features));
        }
        if (!facts.producers().isEmpty()) {
            out.printf(
                    "%nProducers: %s%n",
                    facts.producers().stream()
                            .map(p -> (p.name() + " " + p.version()).strip())
                            .collect(Collectors.joining(", ")));
        }
        facts.notes().forEach(note -> out.printf("%nNote: %s%n", note));
    }

    private void sections() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("section", "offset", "size", "share", "entries"));
        for (var s : facts.sections()) {
            rows.add(List.of(
                    s.custom() ? "custom \"" + s.name() + "\"" : s.name(),
                    "0x%08x".formatted(s.offset()),
                    "%,d".formatted(s.size()),
                    String.format(Locale.ROOT, "%.1f %%", 100.0 * s.size() / facts.size()),
                    s.entries().isPresent() ? Integer.toString(s.entries().getAsInt()) : ""));
        }
        rows("Sections", rows);
    }

    private void rows(String title, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        out.printf("%n%s%n", title);
        var widths = new int[rows.getFirst().size()];
        rows.forEach(row ->
                Arrays.setAll(widths, i -> Math.max(widths[i], row.get(i).length())));
        for (var row : rows) {
            var line = new StringBuilder(" ");
            for (var i = 0; i < row.size(); i++) {
                line.append(' ')
                        .append(row.get(i))
                        .repeat(' ', widths[i] - row.get(i).length() + 1);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
