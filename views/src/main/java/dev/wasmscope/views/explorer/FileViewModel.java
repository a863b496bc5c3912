package dev.wasmscope.views.explorer;

import dev.wasmscope.views.hex.ByteSource;
import dev.wasmscope.views.hex.Selection;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.workspace.Facts;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.Workspace;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// The file of the active module: its sections, and which of its bytes are looked at.
final class FileViewModel {
    /// Bytes to select.
    record Span(long offset, long length) {}

    private final Workspace workspace;
    private final ReadOnlyObjectWrapper<@Nullable ModuleDocument> module = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<ByteSource> bytes = new ReadOnlyObjectWrapper<>(ByteSource.EMPTY);
    private final ObservableList<SectionRow> sections = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Span> shown = new SimpleObjectProperty<>();
    private Subscription ofModule = Subscription.EMPTY;

    FileViewModel(Workspace workspace) {
        this.workspace = workspace;
        workspace.activeProperty().subscribe(this::follow);
    }

    ReadOnlyObjectProperty<@Nullable ModuleDocument> moduleProperty() {
        return module.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<ByteSource> bytesProperty() {
        return bytes.getReadOnlyProperty();
    }

    ObservableList<SectionRow> sections() {
        return sections;
    }

    /// What was asked for last; null until something was, and for another module.
    ReadOnlyObjectProperty<@Nullable Span> shownProperty() {
        return shown;
    }

    // ---- commands

    void show(SectionRow row) {
        shown.set(new Span(row.offset(), row.size()));
    }

    /// Goes to bytes of any open module. What reaches beyond the file is cut off.
    void open(Location.FileBytes place) {
        if (!(place.module() instanceof ModuleDocument document)) {
            return;
        }
        workspace.activate(document);
        var size = document.source().bytes().length;
        var offset = Math.clamp(place.offset(), 0, Math.max(0, size - 1));
        shown.set(null);
        if (size > 0) {
            shown.set(new Span(offset, Math.clamp(place.length(), 0, size - offset)));
        }
    }

    Optional<SectionRow> sectionAt(long offset) {
        return sections.stream()
                .filter(row -> row.offset() <= offset && offset < row.offset() + row.size())
                .findFirst();
    }

    /// `0x1f4 · 12 bytes · in code section`.
    String text(Selection selection) {
        if (module.get() == null || bytes.get().size() == 0) {
            return "";
        }
        var where = sectionAt(selection.start())
                .map(row -> " · " + row.title())
                .orElse(selection.start() < 8 && !sections.isEmpty() ? " · magic and version" : "");
        return "%s · %s%s"
                .formatted(
                        Sizes.hex(selection.start()),
                        selection.length() == 1 ? "1 byte" : Sizes.count(selection.length()) + " bytes",
                        where);
    }

    /// Why no sections are listed.
    String whyEmpty() {
        var open = module.get();
        if (open == null) {
            return "Open a module to see how its file is laid out.";
        }
        return switch (open.factsProperty().get()) {
            case Facts.Reading _ -> "Reading %s…".formatted(open.name());
            case Facts.Malformed(var reason, var _) -> reason;
            case Facts.Read _ -> "%s has no sections.".formatted(open.name());
        };
    }

    private void follow(@Nullable ModuleDocument active) {
        ofModule.unsubscribe();
        shown.set(null);
        module.set(active);
        bytes.set(
                active == null
                        ? ByteSource.EMPTY
                        : ByteSource.of(active.source().bytes()));
        ofModule = active == null ? Subscription.EMPTY : active.factsProperty().subscribe((_, _) -> fill());
        fill();
    }

    private void fill() {
        var active = module.get();
        sections.setAll(
                active == null ? List.of() : active.facts().map(SectionRow::of).orElse(List.of()));
        if (active != null && active.factsProperty().get() instanceof Facts.Malformed(var _, var offset)) {
            open(new Location.FileBytes(active, offset, 0));
        }
    }
}
