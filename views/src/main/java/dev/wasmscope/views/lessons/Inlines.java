package dev.wasmscope.views.lessons;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/// Text with its marks, flat: what is marked twice keeps the outer mark. Links keep their text.
final class Inlines {
    private Inlines() {}

    static List<Block.Inline> of(Node parent) {
        var inlines = new ArrayList<Block.Inline>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNext()) {
            switch (node) {
                case Text text -> inlines.add(new Block.Plain(text.getLiteral()));
                case Code code -> inlines.add(new Block.CodeSpan(code.getLiteral()));
                case StrongEmphasis strong -> inlines.add(new Block.Strong(plain(strong)));
                case Emphasis emphasis -> inlines.add(new Block.Emphasis(plain(emphasis)));
                case SoftLineBreak _ -> inlines.add(new Block.Plain(" "));
                case HardLineBreak _ -> inlines.add(new Block.Plain("\n"));
                default -> inlines.addAll(of(node));
            }
        }
        return List.copyOf(inlines);
    }

    static String plain(Node parent) {
        var text = new StringBuilder();
        of(parent).forEach(inline -> text.append(inline.text()));
        return text.toString();
    }
}
