package dev.wasmscope.views.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LessonParserTest {
    private static final String HEAD = """
            ---
            title: T
            ---
            """;

    @Test
    void lessonsThatComeAlongAreReadable() {
        assertThat(LessonCatalogue.lessons()).isNotEmpty().allSatisfy(lesson -> {
            assertThat(lesson.title()).isNotBlank();
            assertThat(lesson.summary()).endsWith(".");
            assertThat(lesson.steps())
                    .hasSizeGreaterThan(3)
                    .allSatisfy(step -> assertThat(step.text()).isNotEmpty());
            assertThat(lesson.steps().getFirst().actions().getFirst()).isInstanceOf(Action.Open.class);
        });
    }

    @Test
    void stepsHaveTitleTextAndActions() {
        var lesson = lesson(HEAD + """
                ## One `a`

                Some **strong** and *soft* text
                over two lines with `0x20`.

                - first
                - second

                ```
                shown
                ```

                ```do
                open sample:strings

                memory 0x20 27
                call upper 0x20 -1
                undo
                ```

                ## Two
                """);
        assertThat(lesson.title()).isEqualTo("T");
        assertThat(lesson.steps()).extracting(Lesson.Step::title).containsExactly("One a", "Two");
        var one = lesson.steps().getFirst();
        assertThat(one.text())
                .containsExactly(
                        new Block.Paragraph(List.of(
                                new Block.Plain("Some "),
                                new Block.Strong("strong"),
                                new Block.Plain(" and "),
                                new Block.Emphasis("soft"),
                                new Block.Plain(" text"),
                                new Block.Plain(" "),
                                new Block.Plain("over two lines with "),
                                new Block.CodeSpan("0x20"),
                                new Block.Plain("."))),
                        new Block.Bullets(
                                false, List.of(List.of(new Block.Plain("first")), List.of(new Block.Plain("second")))),
                        new Block.Code("shown"));
        assertThat(one.actions())
                .containsExactly(
                        new Action.Open("sample:strings"),
                        new Action.Memory(0x20, 27),
                        new Action.Call("upper", List.of("0x20", "-1")),
                        new Action.Undo());
        assertThat(lesson.steps().get(1).actions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cal upper 1          | There is no action `cal`. Did you mean `call`?
            frobnicate           | There are: open, show, memory, call
            memory               | `memory` takes ADDRESS [LENGTH], not 0 words.
            memory 1 2 3         | not 3 words
            memory up            | "up" is not an address or length
            memory -1            | "-1" is not an address or length
            memory 0x1ffffffff   | is not an address or length
            memory 0xffffffff 2  | leave 32-bit memory
            call                 | no export
            call upper twelve    | "twelve" is not a number
            open strings         | `open` takes sample:NAME, not "strings".
            open sample:../etc   | takes sample:NAME
            show                 | `show` takes TOOL, not 0 words.
            undo twice           | `undo` stands alone, without "twice".
            """)
    void wrongActionsAreNamedWithTheirLine(String action, String message) {
        var problems = problems(HEAD + "## Step\n\n```do\nopen sample:fib\n" + action + "\n```\n");
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(8);
            assertThat(problem.message()).contains(message);
        });
    }

    @Test
    void actionOnAModuleNeedsOneToBeOpen() {
        assertThat(problems(HEAD + "## Step\n\n```do\ncall fib 1\n```\n"))
                .singleElement()
                .hasToString("Line 7: `call` needs a module: put `open sample:NAME` before it.");
    }

    @Test
    void everyMistakeIsReportedInTheOrderOfLines() {
        var problems = problems("""
                ---
                titel: x
                title: T
                ---
                Lost text.

                ## Step

                > quoted

                # Big

                ```do
                open sample:fib
                nothing
                ```
                """);
        assertThat(problems).extracting(Lesson.Problem::line).containsExactly(2, 5, 9, 11, 15);
    }

    @Test
    void missingFrontMatterTitleAndStepsAreSaid() {
        assertThat(problems("")).isNotEmpty();
        assertThat(problems("# Hello\n")).first().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(1);
            assertThat(problem.message()).contains("---").contains("# Hello");
        });
        assertThat(problems("---\ntitle: T\n")).first().asString().contains("has no end");
        assertThat(problems("---\nsummary: S.\n---\n## Step\n"))
                .singleElement()
                .asString()
                .contains("no title");
        assertThat(problems(HEAD)).singleElement().asString().contains("no step");
        assertThat(problems("---\ntitle:\n---\n## Step\n")).first().asString().contains("\"title:\" has no value");
    }

    @Test
    void binaryNonsenseAndEndlessTextAreProblemsAndNoExceptions() {
        assertThat(problems("\0asm\1\0\0\0")).isNotEmpty();
        assertThat(problems("x".repeat(2 << 20))).singleElement().asString().contains("at most");
    }

    @Test
    void windowsLineEndsChangeNothing() {
        var lesson = lesson(HEAD.replace("\n", "\r\n") + "## A\r\n\r\n```do\r\nopen sample:fib\r\n```\r\n");
        assertThat(lesson.steps().getFirst().actions()).containsExactly(new Action.Open("sample:fib"));
    }

    private static Lesson lesson(String text) {
        return switch (LessonParser.parse(text)) {
            case Lesson.Understood(var lesson) -> lesson;
            case Lesson.Faulty(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static List<Lesson.Problem> problems(String text) {
        return switch (LessonParser.parse(text)) {
            case Lesson.Understood(var lesson) -> throw new AssertionError("readable: " + lesson);
            case Lesson.Faulty(var problems) -> problems;
        };
    }
}
