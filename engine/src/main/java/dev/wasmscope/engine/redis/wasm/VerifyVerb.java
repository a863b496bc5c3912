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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `verify JOURNAL`: whether a replay leads to the same replies and the same memory, on several instances.
public final class VerifyVerb implements Verb {
    private static final List<String> USUAL = List.of("compiler", "compiler", "interpreter", V8Twin.ID);
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
        private @Nullable String leftOut;

        @Parameters(paramLabel = "JOURNAL", description = "A file that serve --journal wrote.")
        Path journal = Path.of("");

        @Option(
                names = "--runtime",
                split = ",",
                paramLabel = "R,...",
                description =
                        "One instance on each: compiler, interpreter, v8. Default: compiler,compiler,interpreter, and v8 where there is node. The interpreter takes some 70 times as long.")
        @Nullable
        List<String> chosen;

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
            var ids = chosen == null ? USUAL : chosen;
            try (var verification = new Verification(journal, RedisModule.load(), local(ids))) {
                for (var id : ids) {
                    if (id.equals(V8Twin.ID) && !addV8(verification)) {
                        return VerbLine.FAILED;
                    }
                }
                return print(verification.run(this::progress), verification.runtimes());
            } catch (WasmRedisException e) {
                terminal.err().println(e.getMessage());
                return VerbLine.USAGE;
            }
        }

        private static List<WasmRuntime> local(List<String> ids) {
            var builtIn = Runtimes.builtIn();
            var known = new ArrayList<>(builtIn.stream().map(WasmRuntime::id).toList());
            known.add(V8Twin.ID);
            VerbLine.check(() -> ids.forEach(id -> VerbLine.requireKnown("runtime", id, known)));
            return ids.stream()
                    .flatMap(id -> builtIn.stream().filter(r -> r.id().equals(id)))
                    .toList();
        }

        /// @return false when it was asked for and is not to be had
        private boolean addV8(Verification verification) {
            try {
                verification.addV8(RedisModule.olderExceptions());
                return true;
            } catch (WasmRedisException e) {
                leftOut = "V8 is left out: %s.".formatted(e.getMessage());
                terminal.err().println(leftOut);
                return chosen == null;
            }
        }

        private void progress(long events) {
            if (System.nanoTime() - said > SAID_EVERY_NANOS) {
                said = System.nanoTime();
                terminal.err().printf("%,d events replayed%n", events);
            }
        }

        private int print(Verification.Result result, List<String> runtimes) {
            var equal = result.difference().isEmpty();
            if (json) {
                VerbLine.print(toJson(result, runtimes), terminal);
            } else if (equal) {
                terminal.out()
                        .printf(
                                "Equal: %,d events%s led to the same replies and the same memory, byte for byte, on%n  %s%nSHA-256 of the memory: %s%n",
                                result.events(),
                                result.from() == 0
                                        ? ""
                                        : ", from the oldest image kept, after %,d others,".formatted(result.from()),
                                String.join("%n  ".formatted(), runtimes),
                                result.hash());
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

        private ObjectNode toJson(Verification.Result result, List<String> runtimes) {
            var out = JsonNodeFactory.instance.objectNode();
            out.put("equal", result.difference().isEmpty());
            out.put("events", result.events());
            out.put("hash", result.hash());
            runtimes.forEach(out.putArray("runtimes")::add);
            out.put("leftOut", leftOut);
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
