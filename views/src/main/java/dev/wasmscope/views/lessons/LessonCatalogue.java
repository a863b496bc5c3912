package dev.wasmscope.views.lessons;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The lessons that come along: resources of this package.
final class LessonCatalogue {
    private static final List<String> FILES = List.of("memory-is-one-array.md");

    private LessonCatalogue() {}

    /// In the order in which they build on each other.
    static List<Lesson> lessons() {
        return FILES.stream().map(LessonCatalogue::lesson).toList();
    }

    private static Lesson lesson(String file) {
        try (var in = LessonCatalogue.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The lesson %s is missing.".formatted(file));
            }
            return switch (LessonParser.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))) {
                case Lesson.Understood(var lesson) -> lesson;
                case Lesson.Faulty(var problems) ->
                    throw new IllegalStateException("The lesson %s is damaged. %s".formatted(file, problems));
            };
        } catch (IOException e) {
            throw new UncheckedIOException("The lesson " + file + " cannot be read.", e);
        }
    }
}
