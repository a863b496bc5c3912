package dev.wasmscope.views.output;

import dev.wasmscope.views.control.EmptyState;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.StyleClassedTextArea;

/// The log as text that can be selected and copied.
final class OutputView extends BorderPane {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final OutputLog log;
    private final StyleClassedTextArea text = new StyleClassedTextArea();

    OutputView(OutputLog log) {
        this.log = log;
        getStyleClass().add("output-view");
        getStylesheets()
                .add(Objects.requireNonNull(OutputView.class.getResource("output.css"))
                        .toExternalForm());
        text.setId("output-text");
        text.getStyleClass().add("code-area");
        text.setEditable(false);
        text.setUndoManager(null);
        text.setAccessibleText("Log of calls and output");
        var empty = new EmptyState(
                Icons.output(), "Nothing happened yet", "Calls, their outcomes and what guests print appear here.");
        empty.visibleProperty().bind(Bindings.isEmpty(log.lines()));
        var clear = Parts.iconButton(Icons.delete(), "Clear the log", log::clear);
        clear.setId("output-clear");
        var copy = Parts.iconButton(Icons.copy(), "Copy the whole log", this::copyAll);
        copy.setId("output-copy");
        setTop(Parts.toolRow(Parts.label("Calls and output", "dim"), Parts.spacer(), copy, clear));
        setCenter(new StackPane(new VirtualizedScrollPane<>(text), empty));
        log.lines().addListener(this::changed);
        log.lines().forEach(this::append);
    }

    private void changed(ListChangeListener.Change<? extends OutputLine> change) {
        while (change.next()) {
            if (change.wasRemoved()) {
                // Lines are dropped in front, or all of them: the area is filled anew, at most every few thousand.
                text.clear();
                List.copyOf(log.lines()).forEach(this::append);
                return;
            }
            change.getAddedSubList().forEach(this::append);
        }
        text.moveTo(text.getLength());
        text.requestFollowCaret();
    }

    private void append(OutputLine line) {
        if (text.getLength() > 0) {
            text.append("\n", List.of());
        }
        text.append(TIME.format(line.time()) + " ", List.of("time"));
        text.append("%-4s ".formatted(line.level()), List.of(line.level().styleClass()));
        var body = line.level() == OutputLine.Level.FAIL ? List.of("error") : List.<String>of();
        text.append(" " + line.text(), body);
        if (!line.details().isEmpty()) {
            text.append("\n" + line.details().indent(19).stripTrailing(), List.of("error"));
        }
    }

    private void copyAll() {
        var content = new ClipboardContent();
        content.putString(log.lines().stream().map(OutputView::plain).collect(Collectors.joining("\n")));
        Clipboard.getSystemClipboard().setContent(content);
    }

    private static String plain(OutputLine line) {
        var head = "%s %-4s %s".formatted(TIME.format(line.time()), line.level(), line.text());
        return line.details().isEmpty()
                ? head
                : head + "\n" + Objects.requireNonNull(line.details().indent(4)).stripTrailing();
    }

    /// What is shown, for tests.
    String shown() {
        return text.getText();
    }
}
