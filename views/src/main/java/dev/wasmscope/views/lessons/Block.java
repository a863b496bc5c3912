package dev.wasmscope.views.lessons;

import java.util.List;

/// A piece of a step's text.
sealed interface Block {
    record Paragraph(List<Inline> text) implements Block {}

    record Heading(List<Inline> text) implements Block {}

    record Bullets(boolean numbered, List<List<Inline>> items) implements Block {}

    record Code(String text) implements Block {}

    sealed interface Inline {
        String text();
    }

    record Plain(String text) implements Inline {}

    record Strong(String text) implements Inline {}

    record Emphasis(String text) implements Inline {}

    record CodeSpan(String text) implements Inline {}
}
