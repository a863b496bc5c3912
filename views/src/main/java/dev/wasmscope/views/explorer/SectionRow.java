package dev.wasmscope.views.explorer;

import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.binary.ModuleFacts.Section;
import java.util.List;

/// One row of the section list.
///
/// @param share of the file, 0 to 1
record SectionRow(int id, String name, boolean custom, long offset, long size, double share) {
    static List<SectionRow> of(ModuleFacts facts) {
        return facts.sections().stream()
                .map(section -> of(section, facts.size()))
                .toList();
    }

    private static SectionRow of(Section section, long fileSize) {
        return new SectionRow(
                section.id(),
                section.name(),
                section.custom(),
                section.offset(),
                section.size(),
                fileSize == 0 ? 0 : (double) section.size() / fileSize);
    }

    /// `code`, `custom "name"`.
    String title() {
        return custom ? "custom \"%s\"".formatted(name) : name;
    }

    static String tsv(List<SectionRow> rows) {
        var text = new StringBuilder("id\tname\toffset\tsize\tshare\n");
        for (var row : rows) {
            text.append("%d\t%s\t%s\t%d\t%s%n"
                    .formatted(row.id, row.title(), Sizes.hex(row.offset), row.size, Sizes.percent(row.share)));
        }
        return text.toString();
    }
}
