package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.platform.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;

/// The names of a journal's files, which lie in one folder: `j` with the header and the first segment of the log,
/// `j.1`,
/// `j.2` and so on with the next ones, and `j.1.image` with the state in which segment 1 begins.
///
/// @param head never removed: its lock is the journal's
record JournalFiles(Path head) {
    /// The head, too.
    Path segment(int number) {
        return number == 0 ? head : sibling("." + number);
    }

    Path image(int number) {
        return sibling("." + number + ".image");
    }

    private Path sibling(String ending) {
        return head.resolveSibling(head.getFileName() + ending);
    }

    /// Numbers of the segments beside the head, lowest first.
    List<Integer> segments() throws IOException {
        return numbers("\\.(\\d{1,9})");
    }

    /// Numbers of the segments that an image leads to, lowest first.
    List<Integer> images() throws IOException {
        return numbers("\\.(\\d{1,9})\\.image");
    }

    private List<Integer> numbers(String ending) throws IOException {
        var pattern = Pattern.compile(Pattern.quote(head.getFileName().toString()) + ending);
        try (var names = Files.list(folder())) {
            return names.map(path -> pattern.matcher(path.getFileName().toString()))
                    .filter(java.util.regex.Matcher::matches)
                    .map(found -> Integer.valueOf(found.group(1)))
                    .sorted()
                    .toList();
        }
    }

    /// What a process left that was killed while it wrote a segment's header or an image.
    void deleteUnfinished() throws IOException {
        var pattern =
                Pattern.compile(Pattern.quote(head.getFileName().toString()) + "\\.\\d{1,9}(\\.image)?\\d+\\.tmp");
        try (var all = Files.list(folder())) {
            for (var path : all.toList()) {
                if (pattern.matcher(path.getFileName().toString()).matches()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    /// A damaged image is none of those to keep. The last one that was stays to be looked at.
    void setAsideImage(int number) throws IOException {
        Files.move(image(number), sibling(".image.damaged"), StandardCopyOption.REPLACE_EXISTING);
    }

    /// Bytes on the disk.
    long size() throws IOException {
        long bytes = Files.size(head);
        for (var number : segments()) {
            bytes += Files.size(segment(number));
        }
        for (var number : images()) {
            bytes += Files.size(image(number));
        }
        return bytes;
    }

    /// New names outlive a power cut only when their folder is on the disk, too.
    void syncFolder() throws IOException {
        AtomicFiles.syncFolder(folder());
    }

    private Path folder() {
        return head.toAbsolutePath().resolveSibling("");
    }
}
