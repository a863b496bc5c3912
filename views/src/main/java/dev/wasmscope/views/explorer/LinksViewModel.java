package dev.wasmscope.views.explorer;

import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.views.explorer.Link.Direction;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// Imports and exports of the active module as a table.
final class LinksViewModel {
    private static final String HEAD = "direction\tmodule\tname\tkind\tindex\ttype";

    /// Which rows are shown.
    enum Shown {
        ALL("All"),
        IMPORTS("Imports"),
        EXPORTS("Exports");

        private final String title;

        Shown(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private final Workbench workbench;
    private final ObservableList<Link> links = FXCollections.observableArrayList();
    private final FilteredList<Link> rows = new FilteredList<>(links);
    private final StringProperty filter = new SimpleStringProperty("");
    private final ObjectProperty<Shown> shown = new SimpleObjectProperty<>(Shown.ALL);
    private final ReadOnlyObjectWrapper<@Nullable ModuleDocument> module = new ReadOnlyObjectWrapper<>();
    private Subscription ofModule = Subscription.EMPTY;

    LinksViewModel(Workspace workspace, Workbench workbench) {
        this.workbench = workbench;
        workspace.activeProperty().subscribe(this::show);
        filter.subscribe(_ -> narrow());
        shown.subscribe(_ -> narrow());
    }

    /// Filtered, in the module's order.
    ObservableList<Link> rows() {
        return rows;
    }

    ReadOnlyObjectProperty<@Nullable ModuleDocument> moduleProperty() {
        return module.getReadOnlyProperty();
    }

    StringProperty filterProperty() {
        return filter;
    }

    ObjectProperty<Shown> shownProperty() {
        return shown;
    }

    /// `12 of 40`.
    String countText() {
        return rows.size() == links.size()
                ? Sizes.count(links.size())
                : Sizes.count(rows.size()) + " of " + Sizes.count(links.size());
    }

    /// Tab-separated with a head, for a spreadsheet.
    String text(List<Link> chosen) {
        return chosen.stream().map(Link::tsv).collect(Collectors.joining("\n", HEAD + "\n", "\n"));
    }

    void open(Link link) {
        Places.of(link.entry()).ifPresent(workbench::go);
    }

    /// Lets an import be among the rows, whatever was filtered for.
    ///
    /// @param position in the import section
    Optional<Link> reveal(int position) {
        // Imports come first, in the module's order.
        if (position >= links.size() || links.get(position).direction() != Direction.IMPORT) {
            return Optional.empty();
        }
        var link = links.get(position);
        if (!rows.contains(link)) {
            filter.set("");
            shown.set(Shown.ALL);
        }
        return Optional.of(link);
    }

    void showCode(Link link) {
        var active = module.get();
        if (active != null && link.direction() == Direction.EXPORT && link.kind() == ExternKind.FUNCTION) {
            Location place = Places.code(active, link.index());
            workbench.go(place);
        }
    }

    private void show(@Nullable ModuleDocument active) {
        ofModule.unsubscribe();
        module.set(active);
        ofModule = active == null
                ? Subscription.EMPTY
                : Subscription.combine(
                        active.factsProperty().subscribe((_, _) -> fill()),
                        active.stubbedProperty().subscribe((_, _) -> fill()));
        fill();
    }

    private void fill() {
        var active = module.get();
        if (active == null) {
            links.clear();
            return;
        }
        links.setAll(active.facts().map(facts -> links(active, facts)).orElse(List.of()));
    }

    private static List<Link> links(ModuleDocument active, ModuleFacts facts) {
        var all = new ArrayList<Link>();
        facts.imports().forEach(fact -> all.add(Link.of(new Entry.Import(active, fact, true))));
        facts.exports().forEach(fact -> all.add(Link.of(new Entry.Export(active, fact))));
        return all;
    }

    private void narrow() {
        var words = filter.get().toLowerCase(Locale.ROOT).strip().split("\\s+");
        var which = shown.get();
        rows.setPredicate(link -> {
            var text = link.tsv().toLowerCase(Locale.ROOT);
            return (which == Shown.ALL || (which == Shown.IMPORTS) == (link.direction() == Direction.IMPORT))
                    && List.of(words).stream().allMatch(text::contains);
        });
    }
}
