package dev.wasmscope.app.shell;

import atlantafx.base.theme.Styles;
import dev.wasmscope.engine.binary.ModuleFacts.ExportFact;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Named;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.spi.Command;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.Workspace;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Tooltip;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// Which export runs, and the buttons that run and stop it. The invoke tool does the work, by its commands.
final class RunControl {
    private final WindowWorkbench workbench;
    private final Workspace workspace;
    private final ComboBox<ExportFact> exports = new ComboBox<>();
    private final Button run = Parts.button(Icons.run(), "Run", () -> run("invoke.run"));
    private final Button stop = Parts.iconButton(Icons.stop(), "Stop the call (Shift+F5)", () -> run("invoke.stop"));
    private Subscription ofActive = Subscription.EMPTY;
    private boolean updating;

    RunControl(WindowWorkbench workbench, Workspace workspace) {
        this.workbench = workbench;
        this.workspace = workspace;
        exports.setId("run-configuration");
        exports.getStyleClass().add("run-configuration");
        exports.setPromptText("No export");
        exports.setFocusTraversable(false);
        exports.setTooltip(new Tooltip("The export that Run calls"));
        exports.setConverter(new Named<>(ExportFact::name));
        exports.valueProperty().subscribe(this::chosen);
        run.setId("run");
        run.getStyleClass().addAll(Styles.SUCCESS, "title-button");
        run.setFocusTraversable(false);
        run.setTooltip(new Tooltip("Call the chosen export (F5)"));
        stop.setId("stop");
        stop.getStyleClass().add("title-button");
        stop.setFocusTraversable(false);
        follow(run, "invoke.run");
        follow(stop, "invoke.stop");
        workspace.activeProperty().subscribe(this::moduleChanged);
    }

    List<Node> nodes() {
        return List.of(exports, run, stop);
    }

    private void run(String id) {
        workbench.commands().find(id).ifPresent(Commands::run);
    }

    /// Enabled while the command is; the tool that adds it may come later than this bar.
    private void follow(Button button, String id) {
        var usable = new SimpleBooleanProperty();
        button.disableProperty().bind(usable.not());
        InvalidationListener look = _ -> bind(usable, id);
        workbench.commands().all().addListener(look);
        bind(usable, id);
    }

    private void bind(BooleanProperty usable, String id) {
        if (!usable.isBound()) {
            workbench.commands().find(id).map(Command::enabled).ifPresent(usable::bind);
        }
    }

    private void moduleChanged(@Nullable ModuleDocument document) {
        ofActive.unsubscribe();
        ofActive = Subscription.EMPTY;
        if (document == null) {
            fill(List.of());
        } else {
            ofActive = document.factsProperty()
                    .subscribe(_ ->
                            fill(document.facts().map(facts -> facts.exports()).orElse(List.of())))
                    .and(document.chosenExportProperty().subscribe(_ -> select()));
        }
    }

    private void fill(List<ExportFact> all) {
        updating = true;
        exports.getItems()
                .setAll(all.stream()
                        .filter(export -> export.kind() == ExternKind.FUNCTION)
                        .toList());
        updating = false;
        select();
    }

    private void select() {
        var document = workspace.activeProperty().get();
        var name = document == null ? "" : document.chosenExportProperty().get();
        updating = true;
        exports.setValue(exports.getItems().stream()
                .filter(export -> export.name().equals(name))
                .findFirst()
                .orElse(null));
        updating = false;
    }

    private void chosen(@Nullable ExportFact export) {
        var document = workspace.activeProperty().get();
        if (!updating && export != null && document != null) {
            workbench.go(new Location.Export(document, export.name()));
        }
    }
}
