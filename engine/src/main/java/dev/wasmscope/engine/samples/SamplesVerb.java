package dev.wasmscope.engine.samples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.spi.Verb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `samples`: which samples there are and how to call them; with a name, one of them, or its module as a file.
public final class SamplesVerb implements Verb {
    @Override
    public String name() {
        return "samples";
    }

    @Override
    public String summary() {
        return "List the sample modules and what to call in them.";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        return VerbLine.run(this, new Line(SampleCatalogue.load(), terminal), arguments, terminal);
    }

    @Command
    private static final class Line implements Callable<Integer> {
        private final SampleCatalogue catalogue;
        private final Terminal terminal;

        @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only this sample.")
        @Nullable
        String name;

        @Option(names = "--json", description = "Write JSON.")
        boolean json;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE",
                description = "Write the module of NAME to a file.")
        @Nullable
        Path output;

        Line(SampleCatalogue catalogue, Terminal terminal) {
            this.catalogue = catalogue;
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            if (name == null) {
                if (output != null) {
                    terminal.err().println("Name the sample to write: wasmscope samples NAME --output FILE");
                    return VerbLine.USAGE;
                }
                if (json) {
                    VerbLine.print(all(), terminal);
                } else {
                    table();
                }
                return VerbLine.DONE;
            }
            return one(name);
        }

        private int one(String wanted) throws Exception {
            try {
                var module = catalogue.open(wanted);
                if (output != null) {
                    Files.write(output, module.bytes());
                }
            } catch (UnknownSampleException e) {
                terminal.err().println(e.getMessage());
                return VerbLine.USAGE;
            }
            var sample = catalogue.find(wanted).orElseThrow();
            if (json) {
                VerbLine.print(object(sample), terminal);
            } else if (output == null) {
                describe(sample);
            }
            return VerbLine.DONE;
        }

        private void table() {
            int widest = catalogue.samples().stream()
                    .mapToInt(sample -> sample.name().length())
                    .max()
                    .orElse(0);
            for (var sample : catalogue.samples()) {
                terminal.out()
                        .printf(
                                "%s%s  %-4s  %s%n",
                                sample.name(),
                                " ".repeat(widest - sample.name().length()),
                                sample.language(),
                                sample.description());
            }
            for (var left : catalogue.missing()) {
                terminal.out().println(left.reason());
            }
            catalogue.samples().stream()
                    .findFirst()
                    .flatMap(Line::firstCall)
                    .ifPresent(call -> terminal.out().printf("%nTry: %s%n", call));
        }

        private void describe(Sample sample) {
            terminal.out().printf("%s (%s, sample-wasm/src/%s)%n", sample.title(), sample.language(), sample.source());
            terminal.out().println(sample.description());
            for (var call : sample.calls()) {
                terminal.out().printf("%n  %s%n      %s%n", commandLine(sample, call), call.shows());
            }
        }

        private static Optional<String> firstCall(Sample sample) {
            return sample.calls().stream().findFirst().map(call -> commandLine(sample, call));
        }

        private static String commandLine(Sample sample, Sample.SuggestedCall call) {
            var words = String.join(" ", call.arguments());
            return "wasmscope invoke sample:%s %s %s"
                    .formatted(sample.name(), call.export(), words)
                    .strip();
        }

        private ObjectNode all() {
            var mapper = new ObjectMapper();
            var root = mapper.createObjectNode();
            var samples = root.putArray("samples");
            catalogue.samples().forEach(sample -> samples.add(object(sample)));
            var missing = root.putArray("missing");
            for (var left : catalogue.missing()) {
                missing.addObject()
                        .put("name", left.name())
                        .put("language", left.language())
                        .set("install", mapper.valueToTree(left.install()));
            }
            return root;
        }

        private static ObjectNode object(Sample sample) {
            var mapper = new ObjectMapper();
            var node = mapper.createObjectNode()
                    .put("name", sample.name())
                    .put("title", sample.title())
                    .put("description", sample.description())
                    .put("language", sample.language())
                    .put("source", sample.source());
            node.set("calls", mapper.valueToTree(sample.calls()));
            node.set("links", mapper.valueToTree(sample.links()));
            return node;
        }
    }
}
