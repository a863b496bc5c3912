package dev.wasmscope.views.trace;

import dev.wasmscope.engine.binary.ModuleFacts;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.wasi.WasiTraceRing;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.Workspace;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// The WASI calls of the active module's session. UI thread only.
final class TraceViewModel {
    private static final String WASI = "wasi_snapshot_preview1";

    private final Workspace workspace;
    private final Workbench workbench;
    private final ObservableList<CallRow> calls = FXCollections.observableArrayList();
    private final FilteredList<CallRow> rows = new FilteredList<>(calls);
    private final StringProperty filter = new SimpleStringProperty("");
    private final BooleanProperty follow = new SimpleBooleanProperty(true);
    private final ReadOnlyBooleanWrapper traced = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper possible = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<TraceState> state = new ReadOnlyObjectWrapper<>(new TraceState.NoModule());
    private Subscription ofModule = Subscription.EMPTY;
    private @Nullable Session session;
    private long next = 1;

    TraceViewModel(Workspace workspace, Workbench workbench) {
        this.workspace = workspace;
        this.workbench = workbench;
        filter.subscribe(text -> narrow(text));
        workspace.activeProperty().subscribe(this::moduleChanged);
    }

    // ---- properties

    /// Filtered, the oldest first.
    ObservableList<CallRow> rows() {
        return rows;
    }

    StringProperty filterProperty() {
        return filter;
    }

    /// Whether the newest call is kept in sight.
    BooleanProperty followProperty() {
        return follow;
    }

    ReadOnlyBooleanProperty tracedProperty() {
        return traced.getReadOnlyProperty();
    }

    /// Whether there is a module that could call WASI.
    ReadOnlyBooleanProperty possibleProperty() {
        return possible.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<TraceState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// `3 of 17`.
    String countText() {
        if (calls.isEmpty()) {
            return "";
        }
        var all = String.format(Locale.ROOT, "%,d %s", calls.size(), calls.size() == 1 ? "call" : "calls");
        return rows.size() == calls.size() ? all : String.format(Locale.ROOT, "%,d of %s", rows.size(), all);
    }

    // ---- commands

    void trace(boolean on) {
        var module = workspace.activeProperty().get();
        if (module != null) {
            module.traceWasi(on);
            poll();
        }
    }

    void clear() {
        poll();
        calls.clear();
        refresh();
    }

    void open(CallRow.Pointer pointer) {
        var module = workspace.activeProperty().get();
        if (module != null) {
            workbench.go(new Location.Memory(
                    module, 0, pointer.at().address(), pointer.at().length()));
        }
    }

    /// Tab-separated with a head, for a spreadsheet.
    String text(List<CallRow> chosen) {
        return chosen.stream().map(CallRow::tsv).collect(Collectors.joining("", CallRow.HEAD, ""));
    }

    /// Takes over what was called since the last time.
    void poll() {
        var open = session;
        if (open == null) {
            return;
        }
        var trace = open.wasiCalls(next);
        if (trace.calls().isEmpty()) {
            return;
        }
        if (trace.from() > next) {
            // Those between are not kept anywhere; the table has no gaps.
            calls.clear();
        }
        next = trace.next();
        calls.addAll(trace.calls().stream().map(CallRow::of).toList());
        if (calls.size() > WasiTraceRing.CAPACITY) {
            calls.remove(0, calls.size() - WasiTraceRing.CAPACITY);
        }
        refresh();
    }

    // ---- following the module

    private void moduleChanged(@Nullable ModuleDocument module) {
        ofModule.unsubscribe();
        ofModule = Subscription.EMPTY;
        if (module == null) {
            sessionChanged(null);
            return;
        }
        ofModule = Subscription.combine(
                module.sessionProperty().subscribe(this::sessionChanged),
                module.tracedProperty().subscribe(_ -> refresh()),
                module.factsProperty().subscribe((_, _) -> refresh()));
    }

    /// A session that is gone leaves its calls to be read until there is another: a trap ends no session, but a
    /// command is started in a new one.
    private void sessionChanged(@Nullable Session now) {
        session = now;
        if (now != null || workspace.activeProperty().get() == null) {
            calls.clear();
            next = 1;
            poll();
        }
        refresh();
    }

    private void refresh() {
        var module = workspace.activeProperty().get();
        traced.set(module != null && module.tracedProperty().get());
        possible.set(module != null && imports(module));
        state.set(stateOf(module));
    }

    private TraceState stateOf(@Nullable ModuleDocument module) {
        if (module == null) {
            return new TraceState.NoModule();
        }
        if (!calls.isEmpty()) {
            return new TraceState.Calls();
        }
        if (!imports(module)) {
            return new TraceState.NotNeeded(module.name());
        }
        return traced.get() ? new TraceState.Waiting(module.name()) : new TraceState.Off(module.name());
    }

    private static boolean imports(ModuleDocument module) {
        return module.facts().map(ModuleFacts::imports).orElse(List.of()).stream()
                .anyMatch(wanted -> wanted.module().equals(WASI));
    }

    private void narrow(String text) {
        var words = List.of(text.toLowerCase(Locale.ROOT).strip().split("\\s+"));
        rows.setPredicate(row -> words.stream().allMatch(row.searched()::contains));
    }
}
