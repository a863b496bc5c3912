package dev.wasmscope.engine.latency.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wasmscope.engine.latency.DistributionBuilder;
import dev.wasmscope.engine.latency.ImportedSeries;
import dev.wasmscope.engine.latency.Measurement;
import dev.wasmscope.engine.latency.Recording;
import dev.wasmscope.engine.latency.Snapshots;
import dev.wasmscope.engine.latency.Sweep;
import dev.wasmscope.engine.platform.Environment;
import dev.wasmscope.engine.report.ChartKind;
import dev.wasmscope.engine.report.ChartStyle;
import dev.wasmscope.engine.report.ChartView;
import dev.wasmscope.engine.report.LatencyReport;
import dev.wasmscope.engine.report.ReportFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BundleTest {
    @TempDir
    Path folder;

    private final Recording recording = Snapshots.recorder(Snapshots.plan(1000))
            .recording(Environment.read(List.of("-Xmx96m"), Map.of("redis", "7.0.15", "java", "25")));

    @ParameterizedTest
    @EnumSource(ChartKind.class)
    void openedBundleDrawsTheIdenticalSvg(ChartKind kind) throws Exception {
        var opened = reopened(Measurement.of(recording)).first();
        assertThat(svg(opened, kind)).isEqualTo(svg(recording, kind));
    }

    private static String svg(Recording run, ChartKind kind) {
        var report = LatencyReport.of(run);
        var image = ReportFiles.image(report, ChartView.whole(kind, report), ChartStyle.onLight());
        return new String(image.svg(), StandardCharsets.UTF_8);
    }

    @Test
    void everythingOfAMeasurementComesBack() throws Exception {
        var builder = new DistributionBuilder();
        builder.add(12.5, 100);
        var overlay = new ImportedSeries("a.hgrm", "hgrm", "taken as us", builder.build());
        var sweep = new Sweep(Sweep.Of.PAYLOAD, List.of(16.0, 1024.0, 65536.0));
        var measurement = new Measurement(sweep, List.of(recording, recording.followedBy(recording)), List.of(overlay));
        var opened = reopened(measurement);
        assertThat(opened.sweep()).isEqualTo(sweep);
        assertThat(opened.points()).hasSize(2);
        assertThat(opened.points().get(1).repeats()).isEqualTo(2);
        assertThat(opened.at(2)).isEmpty();
        assertThat(opened.first().plan()).isEqualTo(recording.plan());
        assertThat(opened.first().environment()).isEqualTo(recording.environment());
        assertThat(opened.first().lines()).isEqualTo(recording.lines());
        assertThat(opened.overlays().getFirst().latency().row())
                .isEqualTo(overlay.latency().row());
    }

    @Test
    void sameMeasurementGivesTheSameBytes() throws Exception {
        var measurement = Measurement.of(recording);
        Bundle.write(measurement, "x", folder.resolve("1.zip"));
        Bundle.write(measurement, "x", folder.resolve("2.zip"));
        assertThat(folder.resolve("1.zip")).hasSameBinaryContentAs(folder.resolve("2.zip"));
    }

    @Test
    void fileThatIsNoArchiveSaysSo() throws Exception {
        var file = Files.writeString(folder.resolve("notes.txt"), "hello");
        assertThatThrownBy(() -> Bundle.read(file))
                .isInstanceOf(UnreadableBundleException.class)
                .hasMessage("notes.txt is no bundle: no zip archive, or an empty one.");
    }

    @Test
    void archiveCutOffAnywhereIsRefused() throws Exception {
        Bundle.write(Measurement.of(recording), "x", folder.resolve("whole.zip"));
        var whole = Files.readAllBytes(folder.resolve("whole.zip"));
        var cut = folder.resolve("cut.zip");
        for (int length : new int[] {0, 1, 40, 200, 900, whole.length / 2}) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Bundle.read(cut))
                    .describedAs("%d bytes", length)
                    .isInstanceOf(UnreadableBundleException.class)
                    .hasMessageContaining("cut.zip");
        }
    }

    @Test
    void damagedBytesAreRefusedWithTheirEntry() throws Exception {
        Bundle.write(Measurement.of(recording), "x", folder.resolve("bundle.zip"));
        var bytes = Files.readAllBytes(folder.resolve("bundle.zip"));
        bytes[200] ^= 0x55;
        Files.write(folder.resolve("bundle.zip"), bytes);
        assertThatThrownBy(() -> Bundle.read(folder.resolve("bundle.zip")))
                .isInstanceOf(UnreadableBundleException.class)
                .hasMessageContaining("in bundle.json at offset ");
    }

    @Test
    void brokenLineIsNamedWithItsOffset() throws Exception {
        var first = recording.lines().getFirst();
        var file = rewritten("run-0.jsonl", t -> t.replaceFirst("\"series\":1", "\"series\":77"));
        var broken = recording.lines().stream()
                .filter(l -> l.contains("\"series\":1"))
                .findFirst()
                .orElseThrow();
        long offset = String.join("\n", recording.lines()).indexOf(broken);
        assertThat(offset).isGreaterThan(first.length());
        assertThatThrownBy(() -> Bundle.read(file))
                .isInstanceOf(UnreadableBundleException.class)
                .hasMessageContainingAll("in run-0.jsonl at offset " + offset + ": line ", "An interval of series 77");
    }

    @Test
    void contentsThatCannotBeMeantAreNamed() throws Exception {
        assertRefused(
                t -> t.replace("\"version\" : 1", "\"version\" : 9"), "of version 9, and this program reads version 1");
        assertRefused(t -> t.replace("wasmscope-latency", "other"), "its format is not wasmscope-latency");
        assertRefused(t -> t.replace("\"runs\"", "\"ruins\""), "the field runs is missing");
        assertRefused(t -> t.replace("run-0.jsonl", "run-8.jsonl"), "has no entry run-8.jsonl");
        assertRefused(t -> t.replace("\"cpu\"", "\"gpu\""), "environment.cpu is missing");
        assertRefused(t -> t.replace("\"pipeline\" : 1", "\"pipeline\" : 0"), "A pipeline is 1 to 1000 requests deep");
        assertRefused(t -> t.substring(0, t.length() / 2), "in bundle.json at offset ");
        assertRefused(t -> "[]", "its format is not");
        assertRefused(t -> "", "its format is not");
    }

    private void assertRefused(UnaryOperator<String> change, String sentence) throws IOException {
        var file = rewritten("bundle.json", change);
        assertThatThrownBy(() -> Bundle.read(file))
                .isInstanceOf(UnreadableBundleException.class)
                .hasMessageContaining(sentence);
    }

    private Path rewritten(String entry, UnaryOperator<String> change) throws IOException {
        var file = folder.resolve("changed.zip");
        Bundle.write(Measurement.of(recording), "x", file);
        var archive = BundleArchive.read(file);
        archive.put(entry, change.apply(archive.text(entry)));
        try (var out = Files.newOutputStream(file)) {
            archive.write(out);
        }
        return file;
    }

    private Measurement reopened(Measurement measurement) throws IOException {
        var file = folder.resolve("bundle.zip");
        Bundle.write(measurement, "wasmscope latency", file);
        return Bundle.read(file);
    }
}
