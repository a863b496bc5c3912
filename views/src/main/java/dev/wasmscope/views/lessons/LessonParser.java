package dev.wasmscope.views.lessons;

import dev.wasmscope.views.lessons.Lesson.Problem;
import dev.wasmscope.views.lessons.Lesson.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/// Reads a lesson's file: front matter, then a `##` heading for each step, with text and `do` blocks below it.
/// `docs/lessons.md` describes the format. Everything that is wrong is reported, not only the first.
final class LessonParser {
    private static final Parser MARKDOWN =
            Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();
    private static final Set<String> KEYS = Set.of("title", "summary");
    private static final int LONGEST = 1 << 20;

    private final List<Problem> problems = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final ActionParser actions = new ActionParser(problems::add);
    private String title = "";
    private String summary = "";
    private int firstLine;

    private @Nullable String stepTitle;
    private List<Block> stepText = new ArrayList<>();
    private List<Action> stepActions = new ArrayList<>();

    private LessonParser() {}

    static Lesson.Reading parse(String text) {
        if (text.length() > LONGEST) {
            return new Lesson.Faulty(List.of(new Problem(
                    1, "The file has %,d characters; a lesson has at most %,d.".formatted(text.length(), LONGEST))));
        }
        return new LessonParser().read(text.replace("\r\n", "\n").replace('\r', '\n'));
    }

    private Lesson.Reading read(String text) {
        var lines = text.split("\n", -1);
        firstLine = frontMatter(lines);
        var body = String.join("\n", List.of(lines).subList(firstLine, lines.length));
        var document = MARKDOWN.parse(body);
        for (var node = document.getFirstChild(); node != null; node = node.getNext()) {
            block(node);
        }
        endStep();
        if (title.isEmpty() && problems.isEmpty()) {
            problem(1, "The lesson has no title: begin the file with ---, a line \"title: ...\" and ---.");
        }
        if (steps.isEmpty() && problems.isEmpty()) {
            problem(lines.length, "The lesson has no step: a step begins with a line \"## Its title\".");
        }
        problems.sort(Comparator.comparingInt(Problem::line));
        return problems.isEmpty()
                ? new Lesson.Understood(new Lesson(title, summary, steps))
                : new Lesson.Faulty(problems);
    }

    /// @return how many lines it takes
    private int frontMatter(String[] lines) {
        if (!lines[0].strip().equals("---")) {
            problem(
                    1,
                    "The file must begin with --- and the lesson's title, not with \"%s\".".formatted(brief(lines[0])));
            return 0;
        }
        for (var i = 1; i < lines.length; i++) {
            var line = lines[i].strip();
            if (line.equals("---")) {
                return i + 1;
            }
            if (!line.isEmpty()) {
                entry(line, i + 1);
            }
        }
        problem(1, "The front matter has no end: close it with a line ---.");
        return lines.length;
    }

    private void entry(String line, int number) {
        var colon = line.indexOf(':');
        var key = colon < 0 ? line : line.substring(0, colon).strip();
        var value = colon < 0 ? "" : line.substring(colon + 1).strip();
        if (!KEYS.contains(key)) {
            problem(number, "Front matter has title and summary, not \"%s\".".formatted(brief(key)));
        } else if (value.isEmpty()) {
            problem(number, "\"%s:\" has no value.".formatted(key));
        } else if (key.equals("title")) {
            title = value;
        } else {
            summary = value;
        }
    }

    private void block(Node node) {
        if (node instanceof Heading heading && heading.getLevel() == 2) {
            endStep();
            stepTitle = Inlines.plain(heading).strip();
            if (stepTitle.isEmpty()) {
                problem(line(node), "A step needs a title after ##.");
            }
            return;
        }
        if (stepTitle == null) {
            problem(line(node), "This stands before the first step: a step begins with a line \"## Its title\".");
            return;
        }
        switch (node) {
            case Heading heading
            when heading.getLevel() == 1 ->
                problem(
                        line(node),
                        "A single # is not used: the lesson's title is in its front matter, steps have ##.");
            case Heading heading -> stepText.add(new Block.Heading(Inlines.of(heading)));
            case Paragraph paragraph -> stepText.add(new Block.Paragraph(Inlines.of(paragraph)));
            case FencedCodeBlock fenced when fenced.getInfo().strip().equals("do") -> actions(fenced);
            case FencedCodeBlock fenced ->
                stepText.add(new Block.Code(fenced.getLiteral().stripTrailing()));
            case IndentedCodeBlock code ->
                stepText.add(new Block.Code(code.getLiteral().stripTrailing()));
            case BulletList list -> stepText.add(new Block.Bullets(false, items(list)));
            case OrderedList list -> stepText.add(new Block.Bullets(true, items(list)));
            case BlockQuote _ -> problem(line(node), "Lessons have no quotations; use a paragraph.");
            default -> problem(line(node), "Lessons have paragraphs, lists, code and `do` blocks, nothing else.");
        }
    }

    private void actions(FencedCodeBlock fenced) {
        var number = line(fenced) + 1;
        for (var text : fenced.getLiteral().split("\n", -1)) {
            actions.parse(text, number).ifPresent(stepActions::add);
            number++;
        }
    }

    private List<List<Block.Inline>> items(Node list) {
        var items = new ArrayList<List<Block.Inline>>();
        for (var item = list.getFirstChild(); item != null; item = item.getNext()) {
            if (item.getFirstChild() instanceof Paragraph only && only.getNext() == null) {
                items.add(Inlines.of(only));
            } else {
                problem(line(item), "An item of a list holds one paragraph.");
            }
        }
        return items;
    }

    private void endStep() {
        if (stepTitle != null) {
            steps.add(new Step(stepTitle, stepText, stepActions));
        }
        stepTitle = null;
        stepText = new ArrayList<>();
        stepActions = new ArrayList<>();
    }

    private int line(Node node) {
        var spans = node.getSourceSpans();
        return firstLine + (spans.isEmpty() ? 0 : spans.getFirst().getLineIndex()) + 1;
    }

    private void problem(int line, String message) {
        problems.add(new Problem(line, message));
    }

    private static String brief(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
