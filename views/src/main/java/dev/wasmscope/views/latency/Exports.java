package dev.wasmscope.views.latency;

import dev.wasmscope.engine.report.ChartStyle;
import dev.wasmscope.engine.report.ChartView;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.control.Copying;
import dev.wasmscope.views.control.SaveDialog;
import dev.wasmscope.views.spi.Notice;
import dev.wasmscope.views.spi.Palette;
import dev.wasmscope.views.spi.Workbench;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/// Takes what is shown out of the window: files, a picture, the command line. Says how it went.
final class Exports {
    private final LatencyViewModel model;
    private final ReadOnlyObjectProperty<Palette> palette;
    private final Consumer<Notice> notices;
    private final Background background;
    private final BooleanProperty slide = new SimpleBooleanProperty();
    /// Where the last file went.
    private Path folder = Path.of(System.getProperty("user.home"));

    Exports(LatencyViewModel model, Workbench workbench) {
        this.model = model;
        this.palette = workbench.paletteProperty();
        this.notices = workbench::notify;
        this.background = workbench.background();
    }

    /// Whether pictures get letters for a slide.
    BooleanProperty slideProperty() {
        return slide;
    }

    /// Asks where to save.
    void ask(Window owner, String format) {
        var kind = model.chart().kindProperty().get();
        var name = ExportMenu.CHARTS.contains(format) ? kind.file() : "latency";
        SaveDialog.show(
                owner,
                ExportMenu.CHARTS.contains(format) ? "Export the chart" : "Export the numbers",
                folder.resolve(name + "." + format),
                background,
                this::to);
    }

    /// Exports to a known file.
    void to(Path file) {
        folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), folder);
        model.shown()
                .export(
                        file,
                        view(),
                        style(),
                        result -> say(
                                result,
                                cause -> "%s could not be saved: %s. Choose another place."
                                        .formatted(file, withoutStop(reason(cause)))));
    }

    /// Asks for bundles and for figures of other tools.
    void askToOpen(Window owner) {
        var chooser = new FileChooser();
        chooser.setTitle("Open a bundle, .hgrm, memtier JSON, redis-benchmark CSV or redis-cli output");
        chooser.setInitialDirectory(folder.toFile().isDirectory() ? folder.toFile() : null);
        var files = chooser.showOpenMultipleDialog(owner);
        if (files != null && !files.isEmpty()) {
            open(files.stream().map(File::toPath).toList());
        }
    }

    void open(List<Path> files) {
        model.open(
                files,
                result -> say(
                        result,
                        cause -> "Could not open %s: %s."
                                .formatted(files.getFirst().getFileName(), withoutStop(reason(cause)))));
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    void copyPicture() {
        model.shown().picture(view(), style(), result -> {
            switch (result) {
                case Result.Ok(var png) -> {
                    var content = new ClipboardContent();
                    content.putImage(new Image(new ByteArrayInputStream(png)));
                    Clipboard.getSystemClipboard().setContent(content);
                    success("Copied the chart as a picture.");
                }
                case Result.Failed(var cause) ->
                    notices.accept(Notice.error("The chart could not be drawn: %s.".formatted(cause.getMessage())));
                case Result.Cancelled() -> {
                    // The user knows.
                }
            }
        });
    }

    void copyCommand() {
        var line = model.plan().commandLine();
        Copying.toClipboard(line);
        success("Copied: " + line);
    }

    private ChartView view() {
        var shown = model.shown()
                .snapshotProperty()
                .get()
                .orElseThrow(() -> new IllegalStateException("Nothing was measured yet"));
        return model.chart().view(shown);
    }

    private ChartStyle style() {
        var usual = ChartColors.of(palette.get());
        return slide.get() ? usual.withSize(ChartStyle.SLIDE) : usual;
    }

    private void say(Result<String> result, java.util.function.Function<Throwable, String> failure) {
        switch (result) {
            case Result.Ok(var sentence) -> success(sentence);
            case Result.Failed(var cause) -> notices.accept(Notice.error(failure.apply(cause)));
            case Result.Cancelled() -> {
                // The user knows.
            }
        }
    }

    private void success(String sentence) {
        notices.accept(new Notice(Notice.Level.SUCCESS, sentence, Optional.empty()));
    }

    private static String reason(Throwable cause) {
        return cause instanceof java.nio.file.AccessDeniedException
                ? "access is denied"
                : String.valueOf(cause.getMessage());
    }
}
