package dev.wasmscope.views.lessons;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/// A step's text as nodes.
final class LessonText {
    private LessonText() {}

    static List<Node> of(List<Block> blocks) {
        return blocks.stream().map(LessonText::of).toList();
    }

    private static Node of(Block block) {
        return switch (block) {
            case Block.Paragraph(var text) -> flow(text);
            case Block.Heading(var text) -> {
                var flow = flow(text);
                flow.getStyleClass().add("lesson-heading");
                yield flow;
            }
            case Block.Bullets(var numbered, var items) -> list(numbered, items);
            case Block.Code(var text) -> {
                var label = new Label(text);
                label.getStyleClass().addAll("mono", "lesson-code");
                label.setMaxWidth(Double.MAX_VALUE);
                yield label;
            }
        };
    }

    private static Node list(boolean numbered, List<List<Block.Inline>> items) {
        var rows = new VBox();
        rows.getStyleClass().add("lesson-list");
        for (var i = 0; i < items.size(); i++) {
            var mark = new Label(numbered ? (i + 1) + "." : "•");
            mark.setMinWidth(18);
            var text = flow(items.get(i));
            HBox.setHgrow(text, Priority.ALWAYS);
            rows.getChildren().add(new HBox(mark, text));
        }
        return rows;
    }

    private static TextFlow flow(List<Block.Inline> inlines) {
        var flow = new TextFlow();
        flow.getStyleClass().add("lesson-text");
        for (var inline : inlines) {
            var text = new Text(inline.text());
            text.getStyleClass().add("lesson-plain");
            switch (inline) {
                case Block.Plain _ -> {}
                case Block.Strong _ -> text.getStyleClass().add("lesson-strong");
                case Block.Emphasis _ -> text.getStyleClass().add("lesson-emphasis");
                case Block.CodeSpan _ -> text.getStyleClass().add("lesson-span");
            }
            flow.getChildren().add(text);
        }
        return flow;
    }
}
