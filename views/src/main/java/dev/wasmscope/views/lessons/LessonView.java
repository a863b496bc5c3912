package dev.wasmscope.views.lessons;

import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A lesson beside the tools: its steps, the text of one of them, and what it did. Space or F8 does the next step.
final class LessonView extends BorderPane {
    private final LessonViewModel model;
    private final List<Lesson> lessons;
    private final Runnable openFile;
    private final VBox page = new VBox();
    private final ScrollPane scroll = new ScrollPane(page);
    private final ProgressBar progress = new ProgressBar(0);
    private final Label position = Parts.label("", "dim");
    private final Button back = Parts.iconButton(Icons.back(), "Previous step (Shift+F8)", this::previous);
    private final Button next = Parts.button(Icons.forward(), "Next", this::next);

    LessonView(LessonViewModel model, List<Lesson> lessons, Runnable openFile) {
        this.model = model;
        this.lessons = List.copyOf(lessons);
        this.openFile = openFile;
        getStyleClass().add("lesson-view");
        setId("lesson");
        getStylesheets()
                .add(Objects.requireNonNull(LessonView.class.getResource("lessons.css"))
                        .toExternalForm());
        page.getStyleClass().add("lesson-page");
        scroll.setFitToWidth(true);
        setCenter(scroll);
        setFocusTraversable(true);
        model.readingProperty().subscribe((_, _) -> fill());
        model.stepProperty().subscribe((_, _) -> fill());
        model.busyProperty().subscribe((_, _) -> fill());
        model.reportsProperty().subscribe(this::fill);
        model.problemProperty().subscribe((_, _) -> fill());
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        setOnMouseClicked(_ -> requestFocus());
        fill();
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.SPACE && !(event.getTarget() instanceof Button)) {
            next();
            event.consume();
        } else if (event.getCode() == KeyCode.BACK_SPACE) {
            previous();
            event.consume();
        }
    }

    private void next() {
        model.next();
    }

    private void previous() {
        model.previous();
    }

    private void fill() {
        setTop(null);
        setBottom(null);
        page.getChildren().clear();
        switch (model.readingProperty().get()) {
            case null -> chooser();
            case Lesson.Faulty(var problems) -> problems(problems);
            case Lesson.Understood(var lesson) -> lesson(lesson);
        }
    }

    // ---- no lesson yet

    private void chooser() {
        page.getChildren().add(Parts.section("Lessons"));
        for (var lesson : lessons) {
            var title = new Label(lesson.title(), Icons.lesson());
            title.getStyleClass().add("strong");
            var summary = wrapped(lesson.summary(), "muted");
            var start = Parts.button(Icons.run(), "Start", () -> {
                model.choose(new Lesson.Understood(lesson));
                model.next();
                requestFocus();
            });
            start.getStyleClass().add("accent");
            start.setId("lesson-start");
            var card = new VBox(
                    title,
                    summary,
                    new HBox(
                            10,
                            start,
                            Parts.label(
                                    "%d steps, one key each"
                                            .formatted(lesson.steps().size()),
                                    "dim")));
            ((HBox) card.getChildren().getLast()).setAlignment(Pos.CENTER_LEFT);
            card.getStyleClass().add("panel-card");
            page.getChildren().add(card);
        }
        page.getChildren().add(Parts.link("Open a lesson of your own…", openFile));
    }

    private void problems(List<Lesson.Problem> problems) {
        page.getChildren()
                .addAll(
                        new Label("This lesson cannot be read", Icons.failure()),
                        wrapped("Correct the file and open it again.", "muted"));
        problems.forEach(problem -> page.getChildren().add(wrapped(problem.toString(), "error-text", "mono")));
        page.getChildren().add(Parts.link("Back to the lessons", model::leave));
    }

    // ---- a lesson

    private void lesson(Lesson lesson) {
        var step = model.stepProperty().get();
        var count = lesson.steps().size();
        setTop(head(step, count));
        setBottom(controls(step));
        var title = wrapped(lesson.title(), "lesson-title");
        page.getChildren().add(title);
        if (step < 0) {
            page.getChildren().add(wrapped(lesson.summary(), "muted"));
        } else {
            var shown = lesson.steps().get(step);
            page.getChildren().add(wrapped(shown.title(), "lesson-step"));
            page.getChildren().addAll(LessonText.of(shown.text()));
            page.getChildren().addAll(outcome());
        }
        page.getChildren().add(Parts.section("Steps"));
        page.getChildren().add(stepList(lesson, step));
        scroll.setVvalue(0);
    }

    private Node head(int step, int count) {
        progress.setProgress((step + 1.0) / count);
        progress.getStyleClass().add("lesson-progress");
        progress.setPrefWidth(90);
        position.setText("Step %d of %d".formatted(step + 1, count));
        var again = Parts.iconButton(Icons.restart(), "Begin again, with a fresh module", model::restart);
        again.setId("lesson-restart");
        var leave = Parts.iconButton(Icons.close(), "Back to the list of lessons", model::leave);
        leave.setId("lesson-leave");
        return Parts.toolRow(progress, position, Parts.spacer(), again, leave);
    }

    private Node controls(int step) {
        back.setId("lesson-back");
        back.setDisable(step < 0);
        next.setId("lesson-next");
        next.setText(step < 0 ? "Begin" : model.atEnd() ? "Done" : "Next");
        next.setDisable(model.busyProperty().get() || model.atEnd());
        next.getStyleClass().removeAll("accent");
        next.getStyleClass().add("accent");
        var key = Parts.label("F8", "key-name");
        return Parts.footRow(back, Parts.spacer(), key, next);
    }

    private List<Node> outcome() {
        var nodes = new ArrayList<Node>();
        if (model.busyProperty().get()) {
            nodes.add(wrapped("Working…", "dim"));
        }
        for (var report : model.reportsProperty()) {
            var label = wrapped(report, "mono", "lesson-report");
            label.setGraphic(Icons.done());
            nodes.add(label);
        }
        var problem = model.problemProperty().get();
        if (!problem.isEmpty()) {
            var label = wrapped(problem, "error-text");
            label.setId("lesson-problem");
            label.setGraphic(Icons.failure());
            nodes.add(label);
        }
        return nodes;
    }

    private Node stepList(Lesson lesson, int current) {
        var list = new VBox();
        list.getStyleClass().add("lesson-steps");
        for (var i = 0; i < lesson.steps().size(); i++) {
            var at = i;
            var row = Parts.link(lesson.steps().get(i).title(), () -> model.goTo(at));
            row.setGraphic(i < current ? Icons.done() : i == current ? Icons.into() : Icons.notYet());
            row.getStyleClass().add(i == current ? "current" : i < current ? "past" : "coming");
            row.setMaxWidth(Double.MAX_VALUE);
            list.getChildren().add(row);
        }
        return list;
    }

    private static Label wrapped(@Nullable String text, String... styleClasses) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.getStyleClass().addAll(styleClasses);
        return label;
    }
}
