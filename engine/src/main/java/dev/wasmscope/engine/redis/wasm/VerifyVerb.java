package dev.wasmscope.engine.redis.wasm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.spi.WasmRuntime;
import dev.wasmscope.engine.wasm.Runtimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `verify JOURNAL`: whether a replay leads to the same replies and the same memory, on several instances.
public final class VerifyVerb implements Verb {
    private static final long SAID_EVERY_NANOS = 2_000_000_000;

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public String summary() {
        return "Replay a journal of Redis in Wasm on several instances and compare replies and memory.";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        return VerbLine.run(this, new Line(terminal), arguments, terminal);
    }

    @Command
    private static final class Line implements Callable<Integer> {
        private final Terminal terminal;
        private long said = System.nanoTime();

        @Parameters(paramLabel = "JOURNAL", description = "A file that serve --journal wrote.")
        Path journal = Path.of("");

        @Option(
                names = "--runtime",
                split = ",",
                paramLabel = "R,...",
                description = "One instance on each: ${DEFAULT-VALUE}. The interpreter takes some 70 times as long.")
        List<String> runtimes = List.of("compiler", "compiler", "interpreter");

        @Option(names = "--json", description = "Write JSON.")
        boolean json;

        Line(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            var answer = new CompletableFuture<Integer>();
            WasmRedis.thread("verify", () -> {
                        try {
                            answer.complete(verify());
                        } catch (IOException | RuntimeException | StackOverflowError e) {
                            answer.completeExceptionally(e);
                        }
                    })
                    .start();
            try {
                return answer.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Exception failure) {
                    throw failure;
                }
                throw e;
            }
        }

        private int verify() throws IOException {
            var known = Runtimes.builtIn();
            var chosen = new ArrayList<WasmRuntime>();
            for (var id : runtimes) {
                var found = known.stream().filter(r -> r.id().equals(id)).findFirst();
                if (found.isEmpty()) {
                    terminal.err()
                            .println("There is no runtime \"%s\". There are: %s."
                                    .formatted(
                                            id,
                                            known.stream().map(WasmRuntime::id).collect(Collectors.joining(", "))));
                    return VerbLine.USAGE;
                }
                chosen.add(found.get());
            }
            try (var verification = new Verification(journal, RedisModule.load(), chosen)) {
                return print(verification.run(this::progress));
            } catch (WasmRedisException e) {
                terminal.err().println(e.getMessage());
                return VerbLine.USAGE;
            }
        }

        private void progress(long events) {
            if (System.nanoTime() - said > SAID_EVERY_NANOS) {
                said = System.nanoTime();
                terminal.err().printf("%,d events replayed%n", events);
            }
        }

        private int print(Verification.Result result) {
            var equal = result.difference().isEmpty();
            if (json) {
                VerbLine.print(toJson(result), terminal);
            } else if (equal) {
                terminal.out()
                        .printf(
                                "Equal: %,d events led to the same replies and the same memory on %s.%nSHA-256 of the memory: %s%n",
                                result.events(), String.join(", ", runtimes), result.hash());
            } else {
                var first = result.difference().get();
                terminal.out().printf("Different at event %,d: %s%n", first.event(), first.what());
            }
            if (result.tornBytes() > 0) {
                terminal.err()
                        .printf("The last %,d bytes are an unfinished turn and were left out.%n", result.tornBytes());
            }
            return equal ? VerbLine.DONE : VerbLine.FAILED;
        }

        private static ObjectNode toJson(Verification.Result result) {
            var out = JsonNodeFactory.instance.objectNode();
            out.put("equal", result.difference().isEmpty());
            out.put("events", result.events());
            out.put("hash", result.hash());
            result.difference()
                    .ifPresentOrElse(
                            first -> out.putObject("firstDifference")
                                    .put("event", first.event())
                                    .put("what", first.what()),
                            () -> out.putNull("firstDifference"));
            return out;
        }
    }
}
