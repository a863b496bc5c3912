package dev.wasmscope.engine.redis.wasm;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Clients by the number Redis gave them. Open addressing, so that finding whom a reply is for allocates nothing.
final class ClientTable {
    private @Nullable WasmClient[] slots = new WasmClient[64];
    private int size;

    int size() {
        return size;
    }

    List<WasmClient> all() {
        return Arrays.stream(slots).filter(Objects::nonNull).toList();
    }

    @Nullable
    WasmClient get(int id) {
        var mask = slots.length - 1;
        for (var at = slot(id, mask); ; at = (at + 1) & mask) {
            var client = slots[at];
            if (client == null || client.id() == id) {
                return client;
            }
        }
    }

    void put(WasmClient client) {
        if (size * 2 >= slots.length) {
            grow();
        }
        insert(client);
        size++;
    }

    private void insert(WasmClient client) {
        var mask = slots.length - 1;
        var at = slot(client.id(), mask);
        while (slots[at] != null) {
            at = (at + 1) & mask;
        }
        slots[at] = client;
    }

    /// Moves those behind it forward, so that no search ends at the gap.
    void remove(int id) {
        var mask = slots.length - 1;
        var gap = slot(id, mask);
        for (var client = slots[gap]; client == null || client.id() != id; client = slots[gap]) {
            if (client == null) {
                return;
            }
            gap = (gap + 1) & mask;
        }
        size--;
        slots[gap] = null;
        for (var at = (gap + 1) & mask; ; at = (at + 1) & mask) {
            var client = slots[at];
            if (client == null) {
                return;
            }
            slots[at] = null;
            insert(client);
        }
    }

    private void grow() {
        var old = slots;
        slots = new WasmClient[old.length * 2];
        for (var client : old) {
            if (client != null) {
                insert(client);
            }
        }
    }

    private static int slot(int id, int mask) {
        return ((id * 0x9E3779B9) >>> 7) & mask;
    }
}
