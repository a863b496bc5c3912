package dev.wasmscope.engine.latency.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// The zip archive of a bundle in memory.
final class BundleArchive {
    private static final int MOST_BYTES = 512 << 20;

    private final String name;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    BundleArchive() {
        this("");
    }

    private BundleArchive(String name) {
        this.name = name;
    }

    static BundleArchive read(Path file) throws IOException {
        var archive = new BundleArchive(file.getFileName().toString());
        try (var in = new ZipInputStream(Files.newInputStream(file))) {
            archive.readAll(in);
        }
        if (archive.entries.isEmpty()) {
            throw new UnreadableBundleException(archive.name + " is no bundle: no zip archive, or an empty one.");
        }
        return archive;
    }

    void put(String entry, String text) {
        entries.put(entry, text.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws UnreadableBundleException when there is none of this name
    String text(String entry) throws UnreadableBundleException {
        var bytes = entries.get(entry);
        if (bytes == null) {
            throw new UnreadableBundleException(name + " has no entry " + entry + ".");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    UnreadableBundleException broken(String entry, long offset, String why, Throwable cause) {
        return new UnreadableBundleException(
                "%s cannot be read, in %s at offset %d: %s.".formatted(name, entry, offset, why), cause);
    }

    void write(OutputStream out) throws IOException {
        var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        for (var entry : entries.entrySet()) {
            var header = new ZipEntry(entry.getKey());
            // Without the time of writing the same measurement gives the same file.
            header.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
            zip.putNextEntry(header);
            zip.write(entry.getValue());
            zip.closeEntry();
        }
        zip.finish();
    }

    /// An archive names its sizes itself, so what comes out of it is counted instead.
    private void readAll(ZipInputStream in) throws IOException {
        long left = MOST_BYTES;
        var entry = "its first entry";
        var bytes = new ByteArrayOutputStream();
        try {
            for (var header = in.getNextEntry(); header != null; header = in.getNextEntry()) {
                entry = header.getName();
                bytes = new ByteArrayOutputStream();
                copy(in, bytes, left);
                left -= bytes.size();
                entries.put(entry, bytes.toByteArray());
            }
        } catch (IOException | IllegalArgumentException e) {
            throw broken(entry, bytes.size(), String.valueOf(e.getMessage()), e);
        }
    }

    private static void copy(InputStream in, OutputStream out, long most) throws IOException {
        var buffer = new byte[1 << 16];
        long left = most;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            left -= read;
            if (left < 0) {
                throw new IOException("it unpacks to more than " + (MOST_BYTES >> 20) + " MiB");
            }
            out.write(buffer, 0, read);
        }
    }
}
