package dev.wasmscope.views.console;

import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.redis.FoundRedis;
import dev.wasmscope.engine.redis.NativeServer;
import dev.wasmscope.engine.redis.RedisClient;
import dev.wasmscope.engine.redis.RedisDiscovery;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.redis.wasm.InspectedRedis;
import dev.wasmscope.engine.redis.wasm.WasmServer;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The servers that a console can talk to, which of them is chosen, and over what. Owns the native server. UI thread
/// only, but for [#way].
final class TargetModel implements AutoCloseable {
    private static final Duration MOMENT = Duration.ofMillis(200);

    private final Background background;
    private final NativeServer nativeServer;
    private final AddressForm form = new AddressForm();
    private final Optional<WasmServer> wasm;
    private final ObjectProperty<TargetChoice> chosen = new SimpleObjectProperty<>(new TargetChoice.Native());
    private final ObjectProperty<String> nativeTransport = new SimpleObjectProperty<>("tcp");
    private final ObjectProperty<String> wasmTransport = new SimpleObjectProperty<>("in-process");
    private final ObservableList<TargetChoice> all = FXCollections.observableArrayList(new TargetChoice.Native());

    /// @param wasm offered first, and chosen where this build has it
    TargetModel(Background background, Directories directories, Optional<WasmServer> wasm) {
        this.background = background;
        this.nativeServer = new NativeServer(directories);
        this.wasm = wasm;
        if (wasm.isPresent()) {
            all.addFirst(new TargetChoice.Wasm());
            if (wasm.get().available()) {
                chosen.set(new TargetChoice.Wasm());
            }
        }
    }

    ObservableList<TargetChoice> all() {
        return all;
    }

    ObjectProperty<TargetChoice> chosenProperty() {
        return chosen;
    }

    /// `tcp`, `unix` or `shm`: how native Redis is reached.
    ObjectProperty<String> nativeTransportProperty() {
        return nativeTransport;
    }

    /// `in-process` or `shm`: how Redis in Wasm is reached.
    ObjectProperty<String> wasmTransportProperty() {
        return wasmTransport;
    }

    AddressForm form() {
        return form;
    }

    /// Who the chosen server is told we are, and the database to begin with.
    RedisLogin login() {
        return chosen.get() instanceof TargetChoice.Address address ? address.login() : RedisLogin.NONE;
    }

    /// As `native:tcp`.
    String name() {
        var way = switch (chosen.get()) {
            case TargetChoice.Wasm() -> wasmTransport.get();
            case TargetChoice.Native() -> nativeTransport.get();
            case TargetChoice.Offered(var server) ->
                server.transports().getFirst().id();
            case TargetChoice.Address(var own, var _) -> own.id();
        };
        return chosen.get().id() + ":" + way;
    }

    /// Looks for servers on this machine and offers them.
    void find() {
        background.start(
                "Looking for Redis servers",
                _ -> new RedisDiscovery(
                                nativeServer.running().map(r -> r.transports()).orElse(List.of()))
                        .find(),
                result -> {
                    if (result instanceof Result.Ok<List<FoundRedis>>(var found)) {
                        offer(found);
                    }
                });
    }

    private void offer(List<FoundRedis> found) {
        var now = new ArrayList<TargetChoice>();
        wasm.ifPresent(_ -> now.add(new TargetChoice.Wasm()));
        now.add(new TargetChoice.Native());
        found.forEach(server -> now.add(new TargetChoice.Offered(server)));
        all.stream().filter(TargetChoice.Address.class::isInstance).forEach(now::add);
        if (!now.contains(chosen.get())) {
            now.add(chosen.get());
        }
        // Removing what is chosen would choose something else.
        all.removeIf(choice -> !now.contains(choice));
        now.stream().filter(choice -> !all.contains(choice)).forEach(all::add);
    }

    /// Chooses the address in the form.
    ///
    /// @return a sentence about a field that is wrong; empty when it is chosen
    Optional<String> useForm() {
        return switch (form.read()) {
            case AddressForm.Outcome.Invalid(var sentence) -> Optional.of(sentence);
            case AddressForm.Outcome.Valid(var address) -> {
                all.removeIf(choice -> choice instanceof TargetChoice.Address a
                        && a.id().equals(address.id())
                        && !a.equals(chosen.get()));
                all.add(address);
                chosen.set(address);
                form.shown.set(false);
                yield Optional.empty();
            }
        };
    }

    /// A way to the server that is chosen now, to be walked in the background.
    Way way() {
        var wanted = chosen.get() instanceof TargetChoice.Wasm ? wasmTransport : nativeTransport;
        return new Way(nativeServer, wasm, chosen.get(), wanted.get());
    }

    /// The way to one server, whatever is chosen meanwhile.
    record Way(NativeServer nativeServer, Optional<WasmServer> wasm, TargetChoice choice, String wanted) {
        String title() {
            return switch (choice) {
                case TargetChoice.Native() when nativeServer.running().isEmpty() -> "Starting native Redis";
                case TargetChoice.Wasm() when starts() -> "Starting Redis in Wasm";
                default -> "Connecting to " + choice.title();
            };
        }

        /// Whether a Redis in Wasm is started by walking it.
        boolean starts() {
            return choice instanceof TargetChoice.Wasm && inspected().isEmpty();
        }

        /// Whether that compiles it first. Reads files.
        boolean compiles() {
            return starts() && wasm.map(server -> !server.prepared()).orElse(false);
        }

        /// What can be looked into, where this leads to such a server and it runs.
        Optional<InspectedRedis> inspected() {
            return choice instanceof TargetChoice.Wasm ? wasm.flatMap(WasmServer::running) : Optional.empty();
        }

        /// Connects; starts the native server where it is wanted and does not run.
        RedisClient connect(RedisLogin login, Consumer<RespValue.Push> pushes)
                throws IOException, InterruptedException {
            try {
                return RedisClient.connect(transport(), login, pushes);
            } catch (IOException e) {
                // A native server that was told to shut down is gone a moment after its connections.
                Thread.sleep(MOMENT);
                if (!(choice instanceof TargetChoice.Native)
                        || nativeServer.running().isPresent()) {
                    throw e;
                }
                return RedisClient.connect(transport(), login, pushes);
            }
        }

        private Transport transport() throws IOException {
            return switch (choice) {
                case TargetChoice.Wasm() ->
                    wasm.orElseThrow()
                            .start()
                            .transport(wanted)
                            .orElseThrow(() -> new IOException(
                                    "Shared memory needs Linux on x86-64 or arm64; choose in-process here."));
                case TargetChoice.Native() -> {
                    var redis = nativeServer.start();
                    yield redis.transport(wanted)
                            .orElseThrow(() -> new IOException(
                                    redis.refusal().orElse("Native Redis is not reached over %s.".formatted(wanted))));
                }
                case TargetChoice.Offered(var server) -> server.transports().getFirst();
                case TargetChoice.Address(var own, var _) -> own;
            };
        }
    }

    /// Ends the native server and waits for that; not on the UI thread.
    @Override
    public void close() throws IOException {
        nativeServer.close();
    }
}
