package dev.wasmscope.engine.serve;

import com.fasterxml.jackson.core.JsonFactory;
import dev.wasmscope.engine.cli.VerbLine;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.wasm.WasmRedisException;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.engine.transport.shm.SharedMemoryTransport;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// `serve`: a Redis for other programs, until SIGTERM or Ctrl-C.
public final class ServeVerb implements Verb {
    /// Words of a line that hardly wants Redis in Wasm.
    private static final List<String> ELSEWHERE =
            List.of("echo", "native", "--target=echo", "--target=native", "--help", "-h");

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String summary() {
        return "Serve Redis in Wasm, an echo server or native Redis over TCP and a Unix socket.";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        var runtime = new ReadyRuntime();
        if (Collections.disjoint(arguments, ELSEWHERE)) {
            runtime.begin();
        }
        var line = new Line(terminal, runtime);
        ServeOptions.addTo(line.spec);
        return VerbLine.run(this, line.spec, arguments, terminal);
    }

    private static final class Line implements Callable<Integer> {
        private final Terminal terminal;
        private final ReadyRuntime runtime;
        private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
        private volatile boolean over;

        Line(Terminal terminal, ReadyRuntime runtime) {
            this.terminal = terminal;
            this.runtime = runtime;
        }

        @Override
        public Integer call() throws Exception {
            var options = new ServeOptions(spec.commandLine().getParseResult());
            VerbLine.check(options::check);
            try (var serving = start(options)) {
                var hook = new Thread(() -> stopped(serving), "serve-stopped");
                Runtime.getRuntime().addShutdownHook(hook);
                serving.remark().ifPresent(terminal.err()::println);
                announce(serving.transports(), options);
                try {
                    serving.ended().toCompletableFuture().join();
                } finally {
                    // From here on the exit code is this method's.
                    over = true;
                }
                return VerbLine.DONE;
            } catch (CompletionException e) {
                var cause = e.getCause() == null ? e : e.getCause();
                terminal.err().println("serve: " + cause.getMessage());
                return VerbLine.FAILED;
            } catch (WasmRedisException e) {
                terminal.err().println(e.getMessage());
                return VerbLine.FAILED;
            }
        }

        private Serving start(ServeOptions options) throws IOException {
            if (options.target.equals("native")) {
                return new NativeServing(Directories.ofUser(), options.addresses(), options.sharedMemory());
            }
            // Before anything is compiled: an address that is taken is said at once.
            var endpoints = options.addresses().listen();
            if (options.target.equals("echo")) {
                return new EchoServing(endpoints, options.sharedMemory());
            }
            terminal.err().println("serve: starting Redis in Wasm");
            try {
                return new WasmServing(options.server(), endpoints, runtime.await());
            } catch (IOException e) {
                for (var endpoint : endpoints) {
                    endpoint.close();
                }
                throw e;
            }
        }

        private void announce(List<Transport> transports, ServeOptions options) throws IOException {
            if (options.json) {
                terminal.out().println(json(transports, options));
            } else {
                terminal.out()
                        .println(options.title() + " listens on "
                                + transports.stream()
                                        .filter(transport -> !(transport instanceof SharedMemoryTransport))
                                        .map(Transport::address)
                                        .collect(Collectors.joining(" and "))
                                + (transports.stream().anyMatch(SharedMemoryTransport.class::isInstance)
                                        ? ", and offers shared memory there"
                                        : ""));
            }
            terminal.out().flush();
        }

        /// Written piece by piece: a tree of nodes would load several hundred classes into every start.
        private static String json(List<Transport> transports, ServeOptions options) throws IOException {
            var text = new StringWriter();
            try (var json = new JsonFactory().createGenerator(text)) {
                json.writeStartObject();
                json.writeStringField("target", options.target);
                json.writeNumberField("pid", ProcessHandle.current().pid());
                for (var transport : transports) {
                    json.writeStringField(transport.id(), transport.address());
                }
                if (options.inspect != null) {
                    json.writeStringField("inspect", options.inspect.toString());
                }
                json.writeEndObject();
            }
            return text.toString();
        }

        /// A signal is how a server is meant to end, so that its exit code is 0 and not the signal's.
        private void stopped(Serving serving) {
            if (over) {
                return;
            }
            serving.close();
            terminal.err().println("serve: ended");
            terminal.err().flush();
            Runtime.getRuntime().halt(VerbLine.DONE);
        }
    }
}
