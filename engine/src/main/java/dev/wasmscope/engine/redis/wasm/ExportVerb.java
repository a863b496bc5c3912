package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.platform.AtomicFiles;
import dev.wasmscope.engine.resp.RespEncoder;
import dev.wasmscope.engine.resp.RespLimits;
import dev.wasmscope.engine.resp.RespReader;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.transport.UnixTransport;
import dev.wasmscope.engine.wasm.Runtimes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `export SOURCE FILE`: the data of a Redis in Wasm as an .rdb file that native Redis loads.
public final class ExportVerb implements Verb {
    @Override
    public String name() {
        return "export";
    }

    @Override
    public String summary() {
        return "Write the data of a Redis in Wasm to an .rdb file, which native Redis loads.";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        return VerbLine.run(this, new Line(terminal), arguments, terminal);
    }

    @Command
    private static final class Line implements Callable<Integer> {
        private static final Duration PATIENCE = Duration.ofMinutes(2);
        private static final int PART = 1 << 20;

        private final Terminal terminal;

        @Parameters(
                index = "0",
                paramLabel = "SOURCE",
                description = "The socket of serve --inspect, or the journal of a server that does not run.")
        Path source = Path.of("");

        @Parameters(index = "1", paramLabel = "FILE", description = "Written anew: dump.rdb.")
        Path file = Path.of("");

        @Option(names = "--password", paramLabel = "P", description = "Where clients have to give one.")
        @Nullable
        String password;

        Line(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            if (!Files.exists(source)) {
                throw new NoSuchFileException(source.toString());
            }
            try {
                var rdb = isSocket() ? ofServer() : ofJournal();
                AtomicFiles.write(file.toAbsolutePath(), rdb);
                terminal.out().printf("%s: %,d bytes%n", file, rdb.length);
                return VerbLine.DONE;
            } catch (WasmRedisException e) {
                terminal.err().println(e.getMessage());
                return VerbLine.FAILED;
            }
        }

        private boolean isSocket() throws IOException {
            return Files.readAttributes(source, BasicFileAttributes.class).isOther();
        }

        private byte[] ofServer() throws IOException {
            try (var connection = new UnixTransport(source).connect(PATIENCE)) {
                var replies = new RespReader(connection, RespLimits.DEFAULT);
                var ask = password == null ? RespEncoder.command("DUMP") : RespEncoder.command("DUMP", password);
                connection.write(ByteBuffer.wrap(ask));
                var whole = ByteBuffer.allocate(Math.toIntExact(length(replies.read(PATIENCE))));
                while (whole.hasRemaining()) {
                    var size = Math.min(PART, whole.remaining());
                    connection.write(ByteBuffer.wrap(
                            RespEncoder.command("PART", String.valueOf(whole.position()), String.valueOf(size))));
                    whole.put(bytes(replies.read(PATIENCE), size));
                }
                return whole.array();
            }
        }

        private static long length(RespValue reply) {
            return switch (reply) {
                case RespValue.Int(long value) when value >= 0 && value < Integer.MAX_VALUE -> value;
                case RespValue.SimpleError(var text) -> throw new WasmRedisException(text);
                default -> throw new WasmRedisException("This is not the socket of serve --inspect.");
            };
        }

        private static byte[] bytes(RespValue reply, int size) {
            if (reply instanceof RespValue.Bulk(var bytes) && bytes.length == size) {
                return bytes;
            }
            throw new WasmRedisException("The server has another dump by now: export again.");
        }

        /// As a start of its server would begin.
        private byte[] ofJournal() throws Exception {
            // Whatever is there that is no journal must stay as it is.
            var header = JournalReader.header(source).start();
            var options = WasmRedisOptions.of(header.seed(), header.micros())
                    .withArguments(header.arguments())
                    .withLimits(header.limits())
                    .withJournal(source, Fsync.ALWAYS);
            var answer = new CompletableFuture<byte[]>();
            WasmRedis.thread("export", () -> {
                        try (var redis =
                                WasmRedis.open(options, Runtimes.builtIn().getFirst())) {
                            var rdb = Dumps.take(redis, Optional.ofNullable(password), (_, _, _) -> {});
                            redis.commit();
                            answer.complete(rdb);
                        } catch (RuntimeException | StackOverflowError e) {
                            answer.completeExceptionally(e);
                        }
                    })
                    .start();
            try {
                return answer.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception failure ? failure : e;
            }
        }
    }
}
