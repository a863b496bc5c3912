package dev.wasmscope.views.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javafx.collections.ListChangeListener;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.fxmisc.richtext.model.StyleSpansBuilder;

/// What was said and answered, as text that can be selected and copied.
final class OutputArea extends StyleClassedTextArea {
    private static final int MOST_LINES = 20_000;
    /// Pixels from the end that still count as the end.
    private static final double NEAR_END = 60;

    private final ConsoleViewModel model;

    OutputArea(ConsoleViewModel model) {
        super(false);
        this.model = model;
        setId("console-output");
        getStyleClass().add("console-output");
        setEditable(false);
        setUndoManager(null);
        setWrapText(true);
        setAccessibleText("Replies");
        CostTip.on(this);
        model.entries().addListener((ListChangeListener<ConsoleEntry>) this::changed);
        model.rawProperty().subscribe((before, now) -> redraw());
        redraw();
    }

    private void changed(ListChangeListener.Change<? extends ConsoleEntry> change) {
        if (change.getList().isEmpty()) {
            clear();
            return;
        }
        while (change.next()) {
            if (change.wasAdded()) {
                show(new ArrayList<>(change.getAddedSubList()));
            }
        }
    }

    private void redraw() {
        clear();
        show(List.copyOf(model.entries()));
    }

    private void show(List<ConsoleEntry> entries) {
        var pieces = newest(entries);
        if (pieces.isEmpty()) {
            return;
        }
        var follow = atEnd() || entries.stream().anyMatch(entry -> entry instanceof ConsoleEntry.Entered);
        var text = new StringBuilder();
        var styles = new StyleSpansBuilder<Collection<String>>();
        for (var piece : pieces) {
            text.append(piece.text());
            styles.add(piece.style(), piece.text().length());
        }
        var start = getLength();
        appendText(text.toString());
        setStyleSpans(start, styles.create());
        trim();
        if (follow) {
            moveTo(getLength());
            requestFollowCaret();
        }
    }

    /// As many of the last entries as are kept.
    private List<EntryText.Piece> newest(List<ConsoleEntry> entries) {
        var lines = 0;
        var parts = new ArrayList<List<EntryText.Piece>>();
        for (var i = entries.size() - 1; i >= 0 && lines < MOST_LINES; i--) {
            var pieces = EntryText.of(entries.get(i), model.rawProperty().get());
            lines += pieces.size();
            parts.add(pieces);
        }
        var all = new ArrayList<EntryText.Piece>();
        parts.reversed().forEach(all::addAll);
        return all;
    }

    private void trim() {
        var over = getParagraphs().size() - MOST_LINES;
        if (over > 0) {
            deleteText(0, 0, over + MOST_LINES / 4, 0);
        }
    }

    private boolean atEnd() {
        // Before the first layout nothing is estimated, and the end is in sight.
        var total = totalHeightEstimateProperty().getOrElse(0.0);
        return total - getEstimatedScrollY() - getHeight() < NEAR_END;
    }
}
