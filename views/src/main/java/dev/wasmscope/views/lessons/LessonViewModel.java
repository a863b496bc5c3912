package dev.wasmscope.views.lessons;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyListProperty;
import javafx.beans.property.ReadOnlyListWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import org.jspecify.annotations.Nullable;

/// A lesson under way: which step is shown, what its actions said, and one command for each key.
final class LessonViewModel {
    private final LessonPlayer player;
    private final ReadOnlyObjectWrapper<Lesson.@Nullable Reading> reading = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyIntegerWrapper step = new ReadOnlyIntegerWrapper(-1);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyListWrapper<String> reports = new ReadOnlyListWrapper<>(FXCollections.observableArrayList());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    /// Counts runs, so that an answer that comes late does not move a lesson that was started again.
    private int run;

    LessonViewModel(LessonPlayer player) {
        this.player = player;
    }

    /// Null until a lesson was chosen.
    ReadOnlyObjectProperty<Lesson.@Nullable Reading> readingProperty() {
        return reading.getReadOnlyProperty();
    }

    /// The step that is shown; -1 before the first.
    ReadOnlyIntegerProperty stepProperty() {
        return step.getReadOnlyProperty();
    }

    /// Actions of the step are under way.
    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// What the actions of the step said.
    ReadOnlyListProperty<String> reportsProperty() {
        return reports.getReadOnlyProperty();
    }

    /// Why the step could not be done; empty where it could.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    List<Lesson.Step> steps() {
        return reading.get() instanceof Lesson.Understood(var lesson) ? lesson.steps() : List.of();
    }

    boolean atEnd() {
        return step.get() == steps().size() - 1;
    }

    // ---- commands

    void choose(Lesson.Reading chosen) {
        stop();
        reading.set(chosen);
    }

    /// Back to the list of lessons.
    void leave() {
        stop();
        reading.set(null);
    }

    /// To the next step, and does it. Nothing while a step is being done or at the end.
    void next() {
        if (!busy.get() && step.get() + 1 < steps().size()) {
            enter(step.get() + 1);
        }
    }

    /// To the step before, with the tools as they were there: the lesson is done again from its beginning up to it.
    void previous() {
        if (step.get() > 0) {
            goTo(step.get() - 1);
        } else if (step.get() == 0) {
            stop();
        }
    }

    /// To any step, as [#previous()] does.
    ///
    /// @throws IndexOutOfBoundsException where there is no such step
    void goTo(int wanted) {
        var before = new ArrayList<Action>();
        for (var i = 0; i < wanted; i++) {
            before.addAll(steps().get(i).actions());
        }
        before.addAll(steps().get(wanted).actions());
        begin(wanted, before, before.size() - steps().get(wanted).actions().size());
    }

    /// Begins again with the first step, with fresh modules.
    void restart() {
        if (!steps().isEmpty()) {
            goTo(0);
        }
    }

    private void enter(int wanted) {
        begin(wanted, steps().get(wanted).actions(), 0);
    }

    private void stop() {
        run++;
        busy.set(false);
        step.set(-1);
        reports.clear();
        problem.set("");
    }

    /// @param silent how many of the actions belong to earlier steps and report nothing
    private void begin(int wanted, List<Action> actions, int silent) {
        run++;
        reports.clear();
        problem.set("");
        step.set(wanted);
        busy.set(true);
        perform(run, List.copyOf(actions), 0, silent);
    }

    private void perform(int mine, List<Action> actions, int position, int silent) {
        if (position == actions.size()) {
            busy.set(false);
            return;
        }
        player.run(actions.get(position), ended -> {
            if (mine != run) {
                return;
            }
            switch (ended) {
                case LessonPlayer.Done(var report) -> {
                    if (!report.isEmpty() && position >= silent) {
                        reports.add(report);
                    }
                    perform(mine, actions, position + 1, silent);
                }
                case LessonPlayer.Failed(var reason) -> {
                    problem.set(reason);
                    busy.set(false);
                }
            }
        });
    }
}
