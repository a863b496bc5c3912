package dev.wasmscope.views.lessons;

import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.Command;
import dev.wasmscope.views.spi.Notice;
import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.workspace.Workspace;
import java.nio.file.Path;
import javafx.scene.Node;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;

/// Lessons beside the tools they work with.
public final class LessonsTool implements Tool {
    public static final String ID = "lessons";

    private final Workbench workbench;
    private final LessonViewModel model;
    private @Nullable LessonView view;

    public LessonsTool(Workspace workspace, Workbench workbench) {
        this.workbench = workbench;
        this.model = new LessonViewModel(new LessonPlayer(workspace, workbench));
        var running = model.readingProperty().isNotNull();
        workbench.add(Command.of("lesson.next", "Next lesson step", "Tools", model::next)
                .withKey("F8")
                .when(running));
        workbench.add(Command.of("lesson.previous", "Previous lesson step", "Tools", model::previous)
                .withKey("Shift+F8")
                .when(running));
        workbench.add(Command.of("lesson.restart", "Begin the lesson again", "Tools", model::restart)
                .when(running));
        workbench.add(Command.of("lesson.open", "Open a lesson…", "Tools", this::chooseFile));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Lessons";
    }

    @Override
    public Node newIcon() {
        return Icons.lesson();
    }

    @Override
    public Node node() {
        if (view == null) {
            view = new LessonView(model, LessonCatalogue.lessons(), this::chooseFile);
        }
        return view;
    }

    @Override
    public Place place() {
        return Place.RIGHT;
    }

    private void chooseFile() {
        var chooser = new FileChooser();
        chooser.setTitle("Open a lesson");
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("Lessons", "*.md"));
        var scene = node().getScene();
        var file = chooser.showOpenDialog(scene == null ? null : scene.getWindow());
        if (file != null) {
            read(file.toPath());
        }
    }

    private void read(Path file) {
        workbench.background().start("Reading " + file.getFileName(), _ -> LessonFiles.read(file), result -> {
            switch (result) {
                case Result.Ok<Lesson.Reading>(var reading) -> {
                    model.choose(reading);
                    workbench.show(ID);
                }
                case Result.Failed<Lesson.Reading>(var cause) ->
                    workbench.notify(Notice.error(String.valueOf(cause.getMessage())));
                case Result.Cancelled<Lesson.Reading> _ -> {}
            }
        });
    }
}
