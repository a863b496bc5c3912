package dev.wasmscope.views.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.views.control.TestWorkbench;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.OpenModules;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LessonViewModelTest {
    private final OpenModules open = new OpenModules();
    private final TestWorkbench workbench = TestWorkbench.of(open);
    private final LessonViewModel model = new LessonViewModel(new LessonPlayer(open.workspace, workbench));
    private final Lesson lesson = LessonCatalogue.lessons().getFirst();

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void wholeLessonRunsOnTheRealModule() {
        model.choose(new Lesson.Understood(lesson));
        for (var i = 0; i < lesson.steps().size(); i++) {
            next();
            assertThat(model.problemProperty().get()).as("step %d", i + 1).isEmpty();
            assertThat(model.stepProperty().get()).isEqualTo(i);
        }
        assertThat(model.atEnd()).isTrue();
        model.next();
        assertThat(model.stepProperty().get()).isEqualTo(lesson.steps().size() - 1);
        assertThat(workbench.shown).contains("memory");
        assertThat(workbench.locations).last().isInstanceOfSatisfying(Location.Memory.class, place -> {
            assertThat(place.address()).isEqualTo(0x20);
            assertThat(place.length()).isEqualTo(27);
        });
    }

    @Test
    void callsChangeTheMemoryThatTheUserSees() {
        model.choose(new Lesson.Understood(lesson));
        next();
        assertThat(text()).isEqualTo("memory is one array, really");
        next();
        next();
        assertThat(text()).isEqualTo("MEMORY is one array, really");
        assertThat(model.reportsProperty()).containsExactly("upper(0x20, 6) returned.");
    }

    @Test
    void stepBackShowsTheMemoryAsItWasThere() {
        model.choose(new Lesson.Understood(lesson));
        next();
        next();
        next();
        next();
        assertThat(text()).startsWith("yllaer");
        model.previous();
        open.ui.until("the step is done", () -> !model.busyProperty().get());
        assertThat(model.stepProperty().get()).isEqualTo(2);
        assertThat(text()).isEqualTo("MEMORY is one array, really");
        assertThat(model.reportsProperty()).containsExactly("upper(0x20, 6) returned.");
    }

    @Test
    void secondRunBeginsWithAFreshModule() {
        model.choose(new Lesson.Understood(lesson));
        next();
        next();
        next();
        model.restart();
        open.ui.until("the step is done", () -> !model.busyProperty().get());
        assertThat(model.stepProperty().get()).isZero();
        assertThat(text()).isEqualTo("memory is one array, really");
        assertThat(open.workspace.modules()).hasSize(1);
    }

    @Test
    void trapOfALessonIsToldAndIsNoProblem() {
        chooseText("call upper 0xfff0 32");
        next();
        assertThat(model.problemProperty().get()).isEmpty();
        assertThat(model.reportsProperty())
                .singleElement()
                .asString()
                .contains("trapped")
                .contains("out of bounds");
    }

    @Test
    void unknownExportNamesTheNearestAndTheStepStops() {
        chooseText("call uper 0x20 6\nmemory 0x20");
        next();
        assertThat(model.problemProperty().get()).contains("no function uper").contains("upper");
        assertThat(workbench.locations).isEmpty();
    }

    @Test
    void argumentsAreCheckedAgainstTheSignature() {
        chooseText("call upper 0x20");
        next();
        assertThat(model.problemProperty().get()).contains("takes 2 arguments, the lesson gives 1");
        chooseText("call upper 1.5 6");
        next();
        assertThat(model.problemProperty().get()).contains("Argument 1 of upper(1.5, 6)");
    }

    @Test
    void moduleThatWasClosedIsMissedInASentence() {
        model.choose(new Lesson.Understood(lesson));
        next();
        open.workspace.close(strings());
        next();
        assertThat(model.problemProperty().get()).contains("closed").contains("again");
    }

    @Test
    void unknownSampleIsAProblemOfTheStep() {
        model.choose(LessonParser.parse("---\ntitle: T\n---\n## A\n\n```do\nopen sample:none\n```\n"));
        next();
        assertThat(model.problemProperty().get()).contains("sample:none");
    }

    private void chooseText(String actions) {
        model.choose(
                LessonParser.parse("---\ntitle: T\n---\n## A\n\n```do\nopen sample:strings\n" + actions + "\n```\n"));
    }

    private void next() {
        model.next();
        open.ui.until("the step is done", () -> !model.busyProperty().get());
    }

    private ModuleDocument strings() {
        return open.workspace.modules().getFirst();
    }

    private String text() {
        var session = Objects.requireNonNull(strings().sessionProperty().get());
        return new String(session.read(0, 0x20, 27).join().bytes(), StandardCharsets.US_ASCII);
    }
}
