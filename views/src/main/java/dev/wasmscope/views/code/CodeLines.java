package dev.wasmscope.views.code;

import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.model.ReadOnlyStyledDocument;
import org.fxmisc.richtext.model.ReadOnlyStyledDocumentBuilder;
import org.fxmisc.richtext.model.SegmentOps;
import org.fxmisc.richtext.model.StyledSegment;
import org.fxmisc.richtext.model.TwoDimensional.Bias;

/// The text area of a function: colours, offsets beside the lines, clicks on names.
final class CodeLines extends CodeArea {
    private final Background background;
    private final Consumer<CodeText.Line> follow;
    private CodeText text = new CodeText(List.of());
    private CodeText drawn = text;

    /// @param follow hears of a line whose callee was clicked
    CodeLines(Background background, Consumer<CodeText.Line> follow) {
        this.background = background;
        this.follow = follow;
        setId("code-lines");
        getStyleClass().add("code-lines");
        setEditable(false);
        setUndoManager(null);
        setWrapText(false);
        setParagraphGraphicFactory(this::offset);
        setAccessibleText("Disassembly");
        addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
    }

    /// Replaces the text once its styled document is built, then looks at `line`.
    void show(CodeText wanted, OptionalInt line) {
        if (wanted == text) {
            reveal(line);
            return;
        }
        text = wanted;
        background.start("Colouring code", _ -> document(wanted), result -> {
            if (wanted == text
                    && result
                            instanceof
                            Result.Ok<ReadOnlyStyledDocument<Collection<String>, String, Collection<String>>>(
                                    var document)) {
                drawn = wanted;
                replace(0, getLength(), document);
                showParagraphAtTop(0);
                reveal(line.isPresent() ? line : OptionalInt.of(wanted.firstInstruction()));
            }
        });
    }

    /// The line with the caret; empty while nothing is shown, and while the text of another function still stands.
    Optional<CodeText.Line> currentLine() {
        var paragraph = getCurrentParagraph();
        return drawn == text && paragraph < drawn.lines().size()
                ? Optional.of(drawn.lines().get(paragraph))
                : Optional.empty();
    }

    private void reveal(OptionalInt line) {
        line.ifPresent(at -> {
            if (at < getParagraphs().size()) {
                moveTo(at, 0);
                showParagraphInViewport(at);
                requestFollowCaret();
            }
        });
    }

    private static ReadOnlyStyledDocument<Collection<String>, String, Collection<String>> document(CodeText text) {
        var builder = new ReadOnlyStyledDocumentBuilder<Collection<String>, String, Collection<String>>(
                SegmentOps.styledTextOps(), List.of());
        for (var line : text.lines()) {
            builder.addParagraph(
                    line.tokens().stream()
                            .map(token -> new StyledSegment<String, Collection<String>>(
                                    token.text(), List.of(token.kind().name().toLowerCase(Locale.ROOT))))
                            .toList(),
                    List.<String>of());
        }
        return builder.build();
    }

    /// Lines of the head keep the gutter's width.
    private Node offset(int paragraph) {
        var offset =
                paragraph < drawn.lines().size() ? drawn.lines().get(paragraph).offset() : OptionalLong.empty();
        var label = new Label(offset.isPresent() ? "%06x".formatted(offset.getAsLong()) : "      ");
        label.getStyleClass().add("line-number");
        return label;
    }

    private void clicked(MouseEvent event) {
        var hit = hit(event.getX(), event.getY());
        var place = offsetToPosition(hit.getInsertionIndex(), Bias.Backward);
        if (event.getButton() != MouseButton.PRIMARY
                || drawn != text
                || place.getMajor() >= drawn.lines().size()) {
            return;
        }
        var line = drawn.lines().get(place.getMajor());
        // Who drags over a name selects it.
        var onName = getSelection().getLength() == 0
                && hit.getCharacterIndex().isPresent()
                && line.kindAt(hit.getCharacterIndex().getAsInt() - getAbsolutePosition(place.getMajor(), 0))
                        == CodeText.Kind.LINK;
        if (onName || event.isShortcutDown()) {
            follow.accept(line);
        }
    }
}
