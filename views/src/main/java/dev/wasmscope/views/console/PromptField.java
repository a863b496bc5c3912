package dev.wasmscope.views.console;

import java.util.function.Consumer;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;

/// One line to type in. Pasting several lines runs them.
final class PromptField extends TextField {
    private final Consumer<String> run;

    /// @param run gets whole lines
    PromptField(Consumer<String> run) {
        this.run = run;
        setId("console-prompt");
        setAccessibleText("Redis command");
        setPromptText("Type a command");
    }

    @Override
    public void paste() {
        var pasted = Clipboard.getSystemClipboard().getString();
        if (pasted == null || pasted.stripTrailing().indexOf('\n') < 0) {
            super.paste();
            return;
        }
        var selected = getSelection();
        var all =
                getText().substring(0, selected.getStart()) + pasted + getText().substring(selected.getEnd());
        // A last line without its end waits for Enter.
        var end = all.lastIndexOf('\n') + 1;
        setText(all.substring(end).strip());
        end();
        run.accept(all.substring(0, end));
    }
}
