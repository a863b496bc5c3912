package dev.wasmscope.plugins.gateway;

import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Verb;
import dev.wasmscope.plugins.gateway.filter.Filter;
import dev.wasmscope.plugins.gateway.filter.FilterRefusedException;
import dev.wasmscope.plugins.gateway.proxy.Gateway;
import dev.wasmscope.plugins.gateway.proxy.ModuleSupply;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `gateway`: an HTTP gateway until SIGTERM or Ctrl-C.
final class GatewayVerb implements Verb {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final Engine engine;

    GatewayVerb(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public String summary() {
        return "Run an HTTP gateway (HTTP/1.1, HTTP/2) whose request filter is a Wasm module.";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            terminal.out().print(GatewayOptions.USAGE);
            return DONE;
        }
        try {
            return serve(GatewayOptions.of(arguments), terminal);
        } catch (GatewayOptions.UsageException e) {
            terminal.err().println(e.getMessage() + " gateway --help tells of all options.");
            return USAGE;
        } catch (FilterRefusedException e) {
            terminal.err().println(e.getMessage());
            return USAGE;
        } catch (IOException e) {
            terminal.err().println(e.getMessage());
            return FAILED;
        }
    }

    private int serve(GatewayOptions options, Terminal terminal) throws IOException, FilterRefusedException {
        var name = options.filter();
        ModuleSupply supply = () -> engine.read(name.orElseThrow());
        var module = name.isPresent() ? Optional.of(supply.read()) : Optional.<ModuleSource>empty();
        var log = terminal.err();
        var filter = module.isPresent()
                ? new Filter(engine, module.get(), options.spec(), (level, text) -> log(log, level, text))
                : null;
        var signal = new Signal();
        // Closes the filter, too, also when it cannot listen.
        try (var gateway = new Gateway(options.config(), filter, supply);
                var _ = watch(options, module.flatMap(ModuleSource::path), filter, supply, log);
                var _ = filter == null ? null : Hangup.on(() -> reload(filter, supply, log))) {
            Runtime.getRuntime().addShutdownHook(new Thread(signal::came, "gateway-stopped"));
            announce(options, gateway, terminal.out());
            signal.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        } finally {
            signal.over();
        }
        return DONE;
    }

    private static @Nullable FileWatch watch(
            GatewayOptions options,
            Optional<Path> file,
            @Nullable Filter filter,
            ModuleSupply supply,
            PrintStream log) {
        if (filter == null || file.isEmpty() || !options.watch()) {
            return null;
        }
        return new FileWatch(file.get(), () -> reload(filter, supply, log));
    }

    private static void reload(Filter filter, ModuleSupply supply, PrintStream log) {
        try {
            var module = supply.read();
            log.println("gateway: %s is version %d".formatted(module.name(), filter.swap(module)));
        } catch (FilterRefusedException | IOException e) {
            log.println("gateway: " + e.getMessage() + " The version before it stays.");
        }
    }

    private static void announce(GatewayOptions options, Gateway gateway, PrintStream out) {
        var host = options.config().listen().getHostString();
        var admin = options.config().admin().map(address -> address.getHostString() + ":" + gateway.adminPort());
        if (options.json()) {
            out.println("{\"listen\": \"%s:%d\"%s, \"pid\": %d}"
                    .formatted(
                            host,
                            gateway.port(),
                            admin.map(address -> ", \"admin\": \"" + address + "\"")
                                    .orElse(""),
                            ProcessHandle.current().pid()));
        } else {
            out.println("gateway listens on http://%s:%d/ for %s%s%s"
                    .formatted(
                            host,
                            gateway.port(),
                            options.config().upstream(),
                            options.filter().map(file -> " through " + file).orElse(""),
                            admin.map(address -> ", and tells of itself on http://" + address + "/status")
                                    .orElse("")));
        }
        out.flush();
    }

    private static void log(PrintStream to, int level, String text) {
        var word = switch (level) {
            case 0 -> "debug";
            case 2 -> "warning";
            case 3 -> "error";
            default -> "info";
        };
        to.println("filter: %s: %s".formatted(word, text.replaceAll("\\p{Cntrl}", " ")));
    }
}
