package dev.wasmscope.views.console;

import dev.wasmscope.engine.redis.wasm.InspectedRedis;
import dev.wasmscope.engine.redis.wasm.WasmServer;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.Workbench;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.ModuleServices;
import dev.wasmscope.views.workspace.SessionState;
import dev.wasmscope.views.workspace.Workspace;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The console's Redis in Wasm as an open module, so that every tool can look into it.
public final class RedisDocument implements RedisSight {
    private final Workspace workspace;
    private final Workbench workbench;
    private final ModuleServices services;
    /// Whose bytes were shown already: afterwards the user says where to look.
    private @Nullable InspectedRedis lit;

    public RedisDocument(Workspace workspace, Workbench workbench, ModuleServices engine, WasmServer server) {
        this.workspace = workspace;
        this.workbench = workbench;
        this.services = new RedisServices(engine, server);
    }

    @Override
    public void attached(InspectedRedis redis) {
        var document = document(redis);
        if (!redis.equals(document.sessionProperty().get())
                && !(document.sessionStateProperty().get() instanceof SessionState.Opening)
                && document.facts().isPresent()) {
            document.restart();
        }
    }

    private ModuleDocument document(InspectedRedis redis) {
        return workspace.attach(redis.module(), services);
    }

    /// The first command that stores something shows where.
    @Override
    public void answered(InspectedRedis redis, List<byte[]> words) {
        if (redis.equals(lit) || words.size() < 3) {
            return;
        }
        workbench.background().await(StoredBytes.find(redis, words), result -> {
            if (result instanceof Result.Ok<Optional<StoredBytes.Place>>(var found)
                    && found.isPresent()
                    && !redis.equals(lit)) {
                show(redis, found.get());
            }
        });
    }

    private void show(InspectedRedis redis, StoredBytes.Place place) {
        lit = redis;
        workbench.go(new Location.Memory(document(redis), 0, place.address(), place.length()));
        // The next command is typed, not the next byte.
        workbench.show(ConsoleTool.ID);
    }
}
