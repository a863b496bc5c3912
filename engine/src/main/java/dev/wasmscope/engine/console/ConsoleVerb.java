package dev.wasmscope.engine.console;

import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisException;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.redis.ReplyText;
import dev.wasmscope.engine.redis.Span;
import dev.wasmscope.engine.resp.CommandLine;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.spi.HandshakeStep;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.transport.shm.SharedMemoryTransport;
import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `console`: commands to a Redis, from the command line or one a line, and what it answers.
public final class ConsoleVerb implements Verb {
    @Override
    public String name() {
        return "console";
    }

    @Override
    public String summary() {
        return "Send commands to Redis in Wasm, native Redis or any other one, and print the replies.";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        return VerbLine.run(this, new Line(terminal), arguments, terminal);
    }

    @Command(sortOptions = false)
    private static final class Line implements Callable<Integer> {
        private final Terminal terminal;

        @Option(
                names = "--target",
                paramLabel = "T",
                description = "wasm (default) or native, started for this; HOST:PORT, or the path of a socket.")
        String target = "wasm";

        @Option(
                names = "--transport",
                paramLabel = "T",
                description = "tcp, unix, shm, or in-process, the default for wasm.")
        @Nullable
        String transport;

        @Option(
                names = "--wait",
                paramLabel = "W",
                description = "How this side waits at shared memory, and a server that is started for it: adaptive"
                        + " (default), spin, park.")
        @Nullable
        String wait;

        @Option(names = "--user", paramLabel = "U", description = "Of an ACL. Default: the default user.")
        @Nullable
        String user;

        @Option(names = "--password", paramLabel = "P", description = "Where the server asks for one.")
        @Nullable
        String password;

        @Option(
                names = "-e",
                paramLabel = "CMD",
                description = "A command, in quotation marks; may be repeated. Default: what is typed, line by line.")
        List<String> commands = List.of();

        Line(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            VerbLine.check(() -> {
                if (transport != null) {
                    VerbLine.requireKnown("transport", transport, ConsoleServer.TRANSPORTS);
                }
                if (wait != null && !SharedMemoryTransport.ID.equals(transport)) {
                    throw new IllegalArgumentException(
                            "--wait is for shared memory only; give --transport shm, or leave it out");
                }
                var _ = strategy();
                var _ = login();
            });
            try (var server = ConsoleServer.start(
                            target, Optional.ofNullable(transport), strategy(), Directories.ofUser());
                    var client = RedisClient.connect(server.transport(), login(), this::print)) {
                client.rings()
                        .flatMap(rings -> rings.handshake().stream()
                                .filter(HandshakeStep.Refused.class::isInstance)
                                .map(HandshakeStep.Refused.class::cast)
                                .findFirst())
                        .ifPresent(refused -> terminal.err().println("console: over the socket. " + refused.reason()));
                return commands.isEmpty() ? typed(client) : given(client);
            }
        }

        private WaitStrategy strategy() {
            return wait == null ? WaitStrategy.ADAPTIVE : WaitStrategy.of(wait);
        }

        private RedisLogin login() {
            return new RedisLogin(
                    Optional.ofNullable(user), Optional.ofNullable(password), 0, RedisLogin.NONE.timeout());
        }

        private int given(RedisClient client) throws IOException, InterruptedException {
            var good = true;
            for (var command : commands) {
                good &= send(client, command);
            }
            return good ? VerbLine.DONE : VerbLine.FAILED;
        }

        private int typed(RedisClient client) throws IOException, InterruptedException {
            var in = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                send(client, line);
                terminal.out().flush();
            }
            return VerbLine.DONE;
        }

        /// @return whether the reply was no error
        private boolean send(RedisClient client, String line) throws IOException, InterruptedException {
            return switch (CommandLine.split(line)) {
                case CommandLine.Words(var words) when words.isEmpty() -> true;
                case CommandLine.Words(var words) -> {
                    var reply = reply(client, words);
                    print(reply);
                    yield !(reply instanceof RespValue.SimpleError);
                }
                case CommandLine.Unbalanced(var reason, var _) -> {
                    terminal.err().println(reason);
                    yield false;
                }
            };
        }

        private static RespValue reply(RedisClient client, List<byte[]> words)
                throws IOException, InterruptedException {
            try {
                return client.send(words).get().value();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RedisException lost ? lost : new IOException(e.getCause());
            }
        }

        private void print(RespValue value) {
            terminal.out().print(ReplyText.of(value).stream().map(Span::text).collect(Collectors.joining()));
        }
    }
}
