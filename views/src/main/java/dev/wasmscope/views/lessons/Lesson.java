package dev.wasmscope.views.lessons;

import java.util.List;

/// A lesson as it was read from its file.
///
/// @param summary one sentence
/// @param steps at least one
record Lesson(String title, String summary, List<Step> steps) {
    Lesson {
        steps = List.copyOf(steps);
    }

    /// What is read, then done, at one press of a key.
    ///
    /// @param actions done in order when the step is entered
    record Step(String title, List<Block> text, List<Action> actions) {
        Step {
            text = List.copyOf(text);
            actions = List.copyOf(actions);
        }
    }

    /// Something wrong in a lesson's file.
    ///
    /// @param line from 1 on
    record Problem(int line, String message) {
        @Override
        public String toString() {
            return "Line %d: %s".formatted(line, message);
        }
    }

    /// What reading a file gives.
    sealed interface Reading {}

    record Understood(Lesson lesson) implements Reading {}

    /// @param problems at least one, in the order of their lines
    record Faulty(List<Problem> problems) implements Reading {
        Faulty {
            problems = List.copyOf(problems);
        }
    }
}
