package dev.wasmscope.views.lessons;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Lessons of the user's own.
final class LessonFiles {
    private static final long LONGEST = 4L << 20;

    private LessonFiles() {}

    /// @throws IOException with a sentence, where the file is no text that can be read
    static Lesson.Reading read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("%s is a directory. Choose a lesson's .md file in it.".formatted(file));
        }
        if (Files.size(file) > LONGEST) {
            throw new IOException("%s has %,d bytes: too long for a lesson.".formatted(file, Files.size(file)));
        }
        try {
            return LessonParser.parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (MalformedInputException e) {
            throw new IOException("%s is not text in UTF-8.".formatted(file), e);
        }
    }
}
