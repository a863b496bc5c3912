package dev.wasmscope.plugins.strings;

import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.Workbench;
import javafx.scene.Node;
import javafx.scene.control.Label;
import org.jspecify.annotations.Nullable;

/// The printable strings of the module that is looked at; a double click or Enter leads to the bytes.
final class StringsTool implements Tool {
    private final Workbench workbench;
    private @Nullable StringsView view;

    StringsTool(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public String id() {
        return "strings";
    }

    @Override
    public String title() {
        return "Strings";
    }

    /// A plugin does not see the program's icons; quotation marks in the window's type do.
    @Override
    public Node newIcon() {
        var icon = new Label("“”");
        icon.getStyleClass().add("strong");
        icon.setAccessibleText(title());
        return icon;
    }

    @Override
    public Node node() {
        return view().node();
    }

    @Override
    public Place place() {
        return Place.BOTTOM_LEFT;
    }

    @Override
    public void focus() {
        view().focus();
    }

    private StringsView view() {
        var shown = view;
        if (shown == null) {
            shown = new StringsView(workbench);
            view = shown;
        }
        return shown;
    }
}
