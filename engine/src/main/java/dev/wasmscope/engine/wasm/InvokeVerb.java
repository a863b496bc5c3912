package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.binary.ModuleFiles;
import dev.wasmscope.engine.binary.UnreadableModuleException;
import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.marshal.HostStubs;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.ExportInfo;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.HostStub;
import dev.wasmscope.engine.spi.Limits;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.NetworkGrants;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.StringForm;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.Values;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.engine.spi.WasiTrace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `invoke`: calls one export of a module and tells how the call ended.
public final class InvokeVerb implements Verb {
    /// The sign of mathematics, which no shell user types.
    private static final String MINUS = "\u2212";

    @Override
    public String name() {
        return "invoke";
    }

    @Override
    public String summary() {
        return "Call an exported function: invoke FILE EXPORT ARG...";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        var plain = arguments.stream().map(InvokeVerb::hideMinus).toList();
        return VerbLine.run(this, new Line(terminal), plain, terminal);
    }

    /// Picocli would take -1 for an option.
    private static String hideMinus(String word) {
        return word.matches("-(\\d|\\.\\d|inf|nan).*") ? MINUS + word.substring(1) : word;
    }

    private static String showMinus(String word) {
        return word.startsWith(MINUS) ? "-" + word.substring(1) : word;
    }

    @Command
    private static final class Line implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(index = "0", paramLabel = "FILE", description = "A module, or sample:NAME.")
        String file = "";

        @Parameters(index = "1", paramLabel = "EXPORT", description = "Such as _start for a WASI command.")
        String export = "";

        @Parameters(
                index = "2..*",
                paramLabel = "ARG",
                description = "Values in decimal or hexadecimal (0x), nan, inf; for _start the program's arguments.")
        List<String> words = List.of();

        @Option(names = "--runtime", paramLabel = "R", description = "compiler (default) or interpreter.")
        String runtime = "compiler";

        @Option(names = "--timeout", paramLabel = "D", description = "Deadline: 500ms, 5s (default), 2m.")
        String timeout = "5s";

        @Option(
                names = "--placement",
                paramLabel = "P",
                description = "in-process (default), or child: a process of its own.")
        String placement = "in-process";

        @Option(
                names = "--dir",
                paramLabel = "HOST::GUEST[:ro]",
                description = "Grant a directory; with :ro nothing in it can be changed.")
        List<String> directories = List.of();

        @Option(
                names = "--allow-connect",
                paramLabel = "HOST:PORT",
                description = "Let the guest connect there, and resolve that name.")
        List<String> connect = List.of();

        @Option(
                names = "--allow-listen",
                paramLabel = "HOST:PORT",
                description = "Let the guest listen there; port 0 is any free one.")
        List<String> listen = List.of();

        @Option(names = "--env", paramLabel = "K=V", description = "Set an environment variable of the guest.")
        List<String> variables = List.of();

        @Option(names = "--link", paramLabel = "NAME=FILE", description = "Satisfy imports of NAME by another module.")
        List<String> links = List.of();

        @Option(
                names = "--stub",
                description =
                        "Let unmet functions trap when they are called; unmet memories, tables, globals are empty.")
        boolean stub;

        @Option(
                names = "--host",
                paramLabel = "MODULE.NAME=WHAT",
                description =
                        "Define an import: trap, zero, log, echo, constant:V, text:T or expression:F over $0, $1.")
        List<String> stubs = List.of();

        @Option(
                names = "--strings",
                paramLabel = "FORM",
                description = "How --host tells and gives strings: pointer-length (default), zero-ended, length-first"
                        + " or assemblyscript.")
        String strings = StringForm.POINTER_LENGTH.id();

        @Option(names = "--memory", paramLabel = "PAGES", description = "Limit in pages of 64 KiB.")
        int pages = Limits.DEFAULT.memoryPages();

        @Option(names = "--stdin", paramLabel = "TEXT", description = "The guest's input; - reads it from here.")
        @Nullable
        String stdin;

        @Option(names = "--trace-wasi", description = "List the WASI calls of the guest on standard error.")
        boolean traceWasi;

        @Option(names = "--json", description = "Write JSON.")
        boolean json;

        Line(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException {
            Limits limits;
            ModuleSource module;
            WasiGrants grants;
            try {
                placement();
                var _ = stubs();
                limits = new Limits(Durations.parse(timeout), pages, Limits.DEFAULT.callDepth());
                module = ModuleFiles.read(file);
                grants = grants(module);
            } catch (IllegalArgumentException | UnreadableModuleException e) {
                terminal.err().println(e.getMessage());
                return VerbLine.USAGE;
            }
            try (var sessions = new Sessions()) {
                return call(sessions, module, limits, grants);
            }
        }

        private int call(Sessions sessions, ModuleSource module, Limits limits, WasiGrants grants) {
            try {
                var session = sessions.open(request(module, limits, Optional.of(grants), linked(sessions, limits)))
                        .join();
                var arguments = export.equals("_start") ? new Arguments(List.of(), "") : arguments(session);
                if (!arguments.reason.isEmpty()) {
                    return show(new CallOutcome.Rejected(arguments.reason), Optional.of(session));
                }
                return show(
                        session.call(new CallRequest(export, arguments.values, Optional.empty()))
                                .join(),
                        Optional.of(session));
            } catch (CompletionException e) {
                if (e.getCause() instanceof SessionException failed
                        && failed.outcome().isPresent()) {
                    return show(failed.outcome().get(), Optional.empty());
                }
                throw e.getCause() instanceof SessionException failed ? failed : e;
            }
        }

        private SessionRequest request(
                ModuleSource module, Limits limits, Optional<WasiGrants> grants, Map<String, Session> linked) {
            return new SessionRequest(module, runtime, placement(), MemoryKind.TRACKED, limits, grants, linked, stub)
                    .withStubs(stubs())
                    .withTrace(traceWasi);
        }

        private List<HostStub> stubs() {
            var form = Stream.of(StringForm.values())
                    .filter(known -> known.id().equals(strings))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("--strings takes %s, not %s."
                            .formatted(
                                    Stream.of(StringForm.values())
                                            .map(StringForm::id)
                                            .collect(Collectors.joining(", ")),
                                    strings)));
            return stubs.stream().map(text -> HostStubs.parse(text, form)).toList();
        }

        private Placement placement() {
            return switch (placement) {
                case "in-process" -> Placement.IN_PROCESS;
                case "child" -> Placement.CHILD;
                default ->
                    throw new IllegalArgumentException(
                            "--placement takes in-process or child, not %s.".formatted(placement));
            };
        }

        private Map<String, Session> linked(Sessions sessions, Limits limits) {
            var found = new LinkedHashMap<String, Session>();
            for (var link : links) {
                var parts = link.split("=", 2);
                if (parts.length < 2) {
                    throw new SessionException("--link takes NAME=FILE, not " + link + ".");
                }
                try {
                    var request = request(
                            ModuleFiles.read(parts[1]), limits, Optional.of(WasiGrants.NONE), Map.copyOf(found));
                    found.put(parts[0], sessions.open(request).join());
                } catch (UnreadableModuleException e) {
                    throw new SessionException(String.valueOf(e.getMessage()), e);
                }
            }
            return found;
        }

        private WasiGrants grants(ModuleSource module) throws IOException {
            var argv = new ArrayList<String>();
            argv.add(module.name());
            if (export.equals("_start")) {
                words.forEach(word -> argv.add(showMinus(word)));
            }
            var environment = new LinkedHashMap<String, String>();
            for (var variable : variables) {
                var parts = variable.split("=", 2);
                if (parts.length < 2) {
                    throw new IllegalArgumentException("--env takes K=V, not " + variable + ".");
                }
                environment.put(parts[0], parts[1]);
            }
            return new WasiGrants(
                    argv,
                    environment,
                    input(),
                    directories.stream().map(Line::directory).toList(),
                    NetworkGrants.parse(connect, listen));
        }

        private byte[] input() throws IOException {
            if (stdin == null) {
                return new byte[0];
            }
            return stdin.equals("-") ? terminal.in().readAllBytes() : stdin.getBytes(StandardCharsets.UTF_8);
        }

        private static WasiGrants.Directory directory(String text) {
            var readOnly = text.endsWith(":ro");
            var parts = (readOnly ? text.substring(0, text.length() - 3) : text).split("::", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException("--dir takes HOST::GUEST or HOST::GUEST:ro, not " + text + ".");
            }
            return new WasiGrants.Directory(Path.of(parts[0]), parts[1], readOnly);
        }

        private record Arguments(List<Value> values, String reason) {}

        /// The words as the types the export wants; the session itself rejects a wrong number or name.
        private Arguments arguments(Session session) {
            var wanted = session.info().exports().stream()
                    .filter(e -> e.name().equals(export) && e.kind() == ExternKind.FUNCTION)
                    .findFirst()
                    .flatMap(ExportInfo::function)
                    .map(FunctionType::parameters)
                    .orElse(List.of());
            var values = new ArrayList<Value>();
            for (int i = 0; i < words.size(); i++) {
                if (i >= wanted.size()) {
                    values.add(Value.i32(0));
                    continue;
                }
                switch (Values.parse(wanted.get(i), showMinus(words.get(i)))) {
                    case Values.Good(var value) -> values.add(value);
                    case Values.Bad(var reason) -> {
                        return new Arguments(List.of(), "Argument %d: %s".formatted(i + 1, reason));
                    }
                }
            }
            return new Arguments(values, "");
        }

        private Optional<WasiTrace> trace(Optional<Session> session) {
            return traceWasi ? session.map(s -> s.wasiCalls(1)) : Optional.empty();
        }

        private int show(CallOutcome outcome, Optional<Session> session) {
            var captured = session.map(s -> s.output(OutputStreamName.STDOUT, 0).bytes())
                    .orElse(new byte[0]);
            var errors = session.map(s -> s.output(OutputStreamName.STDERR, 0).bytes())
                    .orElse(new byte[0]);
            if (json) {
                var node = OutcomeJson.of(outcome);
                node.put("stdout", new String(captured, StandardCharsets.UTF_8));
                node.put("stderr", new String(errors, StandardCharsets.UTF_8));
                (stubs.isEmpty() ? trace(session) : session.map(s -> s.wasiCalls(1)))
                        .ifPresent(trace -> OutcomeJson.add(node, trace));
                VerbLine.print(node, terminal);
            } else {
                terminal.out().write(captured, 0, captured.length);
                terminal.err().write(errors, 0, errors.length);
                trace(session).ifPresent(trace -> WasiTable.print(trace, terminal.err()));
                OutcomeText.print(outcome, terminal);
            }
            return switch (outcome) {
                case CallOutcome.Returned _ -> VerbLine.DONE;
                case CallOutcome.Exited exited -> exited.code() == 0 ? VerbLine.DONE : VerbLine.FAILED;
                case CallOutcome.Trapped _ -> VerbLine.TRAP;
                case CallOutcome.TimedOut _ -> VerbLine.DEADLINE;
                case CallOutcome.Rejected _ -> VerbLine.USAGE;
            };
        }
    }
}
