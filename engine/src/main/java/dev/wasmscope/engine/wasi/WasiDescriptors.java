package dev.wasmscope.engine.wasi;

import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.engine.spi.WasiValue;
import java.util.HashMap;
import java.util.Map;

/// What descriptors stand for, as far as the traced calls tell.
final class WasiDescriptors {
    private static final int FIRST_PREOPEN = 3;

    private final Map<Integer, String> names = new HashMap<>();

    WasiDescriptors(WasiGrants grants) {
        names.put(0, "stdin");
        names.put(1, "stdout");
        names.put(2, "stderr");
        for (int i = 0; i < grants.directories().size(); i++) {
            names.put(FIRST_PREOPEN + i, grants.directories().get(i).guest());
        }
    }

    WasiValue.Descriptor of(int number) {
        return new WasiValue.Descriptor(number, names.getOrDefault(number, ""));
    }

    void opened(int number, int directory, String path) {
        var parent = names.getOrDefault(directory, "");
        names.put(number, parent.isEmpty() || parent.endsWith("/") ? parent + path : parent + "/" + path);
    }

    /// One without a name, such as an accepted connection.
    void opened(int number) {
        names.remove(number);
    }

    void named(int number, String name) {
        names.put(number, name);
    }

    void closed(int number) {
        names.remove(number);
    }

    void moved(int from, int to) {
        var name = names.remove(from);
        if (name == null) {
            names.remove(to);
        } else {
            names.put(to, name);
        }
    }
}
