package dev.wasmscope.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmscope.engine.latency.Distribution;
import dev.wasmscope.engine.latency.Snapshots;
import dev.wasmscope.engine.platform.Environment;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class LatencyReportTest {
    @TempDir
    Path directory;

    private final LatencyReport report = new LatencyReport(
            Snapshots.plan(0),
            Snapshots.recorder(Snapshots.plan(0)).snapshot(),
            Environment.read(List.of("-XX:+UseSerialGC"), Map.of("redis", "7.0.15")));

    @Test
    void jsonHasTheFieldsThatScriptsRelyOn() throws Exception {
        var json = new ObjectMapper().readTree(report.json());
        assertThat(json.fieldNames()).toIterable().contains("environment", "mode", "series", "ratios");
        assertThat(json.get("mode").asText()).isEqualTo("closed-loop");
        var tcp = json.get("series").get(0);
        assertThat(tcp.fieldNames())
                .toIterable()
                .contains(
                        "target",
                        "transport",
                        "wait",
                        "rate",
                        "samples",
                        "min",
                        "p50",
                        "p90",
                        "p99",
                        "p999",
                        "p9999",
                        "max",
                        "mean",
                        "cpuPerThousand");
        assertThat(tcp.get("samples").asLong()).isEqualTo(2000);
        assertThat(tcp.get("p50").asDouble()).isCloseTo(25, within(0.1));
        assertThat(tcp.get("p9999").isNull()).describedAs("0.2 samples above").isTrue();
        var ratio = json.get("ratios").get("native").get("tcp/unix");
        assertThat(ratio.get("p50").asDouble()).isCloseTo(2, within(0.01));
        assertThat(json.get("ratios").get("echo").isEmpty()).isTrue();
        assertThat(json.get("series").get(2).get("p50").isNull())
                .describedAs("five samples")
                .isTrue();
        assertThat(environmentFields(json)).contains("cpu", "cores", "governor", "smt", "kernel", "java", "limits");
    }

    private static List<String> environmentFields(JsonNode json) {
        var names = new ArrayList<String>();
        json.get("environment").fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void histogramInTheJsonReadsBackToTheSameNumbers() throws Exception {
        var tcp = new ObjectMapper().readTree(report.json()).get("series").get(0);
        assertThat(Distribution.decode(tcp.get("histogram").asText()).row())
                .isEqualTo(report.snapshot().series().getFirst().latency().row());
    }

    @Test
    void tableShowsDashesForWeakPercentiles() {
        var lines = report.table().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst()).contains("samples", "p99.99");
        assertThat(lines.get(1)).startsWith("native · tcp").contains("2,000", "25.0", "–");
        assertThat(report.caption()).contains("PING, closed loop · payload 64 B", "4,005 samples", "redis 7.0.15");
    }

    @Test
    void filesAreWrittenAndTheSvgHoldsEverySeries() throws Exception {
        ReportFiles.write(report, directory.resolve("out"));
        try (var files = Files.list(directory.resolve("out"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "latency.json",
                            "latency.csv",
                            "latency.txt",
                            "latency.svg",
                            "latency.png",
                            "latency.pdf",
                            "percentiles.svg",
                            "percentiles.png",
                            "percentiles.pdf",
                            "histogram.svg",
                            "histogram.png",
                            "histogram.pdf",
                            "bars.svg",
                            "bars.png",
                            "bars.pdf",
                            "native-tcp.hgrm",
                            "native-unix.hgrm",
                            "echo-tcp.hgrm");
        }
        var svg = parse(Files.readAllBytes(directory.resolve("out/latency.svg")));
        assertThat(texts(svg))
                .contains("native · tcp", "native · unix", "echo · tcp", "p50", "p99", "warm-up", "payload 64 B")
                .contains("PING, closed loop · payload 64 B")
                .anySatisfy(t -> assertThat(t).contains("4,005 samples"));
        assertThat(svg.getElementsByTagName("path").getLength()).isGreaterThanOrEqualTo(8);
        assertThat(svg.getDocumentElement().getAttribute("style")
                        + Files.readString(directory.resolve("out/latency.svg")))
                .contains("Inter, sans-serif")
                .doesNotContain("Dialog");
    }

    @Test
    void picturesAreAsLargeAsAsked() throws Exception {
        var image = ReportFiles.image(report, ChartView.whole(ChartKind.TIME, report), ChartStyle.onDark());
        var png = ImageIO.read(new ByteArrayInputStream(image.png(0.5)));
        assertThat(png.getWidth()).isEqualTo(600);
        assertThat(png.getHeight()).isEqualTo(280);
        assertThat(png.getRGB(1, 1) & 0xffffff).isEqualTo(0x0d1117);
    }

    @Test
    void emptyRunDraws() throws Exception {
        var plan = Snapshots.plan(1000);
        var nothing = new dev.wasmscope.engine.latency.Snapshot(0, 0, plan.settings(), List.of(), List.of());
        var svg = new ChartImage(
                        new LatencyChart(nothing, TimeSpan.whole(nothing), "nothing", "", ChartStyle.onLight()),
                        400,
                        300)
                .svg();
        assertThat(texts(parse(svg))).contains("nothing");
    }

    private static List<String> texts(Document svg) {
        var nodes = svg.getElementsByTagName("text");
        var texts = new ArrayList<String>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    private static Document parse(byte[] svg) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        // The DOCTYPE names a file of the W3C; nothing may be fetched.
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg));
    }
}
