package dev.wasmscope.plugins.gateway.filter;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/// The names of what a module takes from a host. For modules that a runtime has accepted already; of others
/// it says what it could read.
final class ModuleImports {
    private static final int HEADER = 8;
    private static final int IMPORTS = 2;

    private ModuleImports() {}

    static Set<String> functionsOf(byte[] module, String host) {
        var names = new HashSet<String>();
        var bytes = ByteBuffer.wrap(module);
        try {
            bytes.position(HEADER);
            while (bytes.hasRemaining()) {
                var id = bytes.get();
                var size = unsigned(bytes);
                if (id == IMPORTS) {
                    read(bytes, host, names);
                    break;
                }
                bytes.position(bytes.position() + size);
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return names;
        }
        return names;
    }

    private static void read(ByteBuffer bytes, String host, Set<String> names) {
        for (var left = unsigned(bytes); left > 0; left--) {
            var from = name(bytes);
            var name = name(bytes);
            if (from.equals(host)) {
                names.add(name);
            }
            switch (bytes.get()) {
                case 0 -> unsigned(bytes);
                case 1 -> {
                    bytes.get();
                    limits(bytes);
                }
                case 2 -> limits(bytes);
                case 3 -> bytes.getShort();
                default -> throw new IllegalArgumentException("An import of an unknown kind.");
            }
        }
    }

    private static void limits(ByteBuffer bytes) {
        var flags = bytes.get();
        unsigned(bytes);
        if ((flags & 1) != 0) {
            unsigned(bytes);
        }
    }

    private static String name(ByteBuffer bytes) {
        var length = unsigned(bytes);
        var text = StandardCharsets.UTF_8
                .decode(bytes.slice(bytes.position(), length))
                .toString();
        bytes.position(bytes.position() + length);
        return text;
    }

    private static int unsigned(ByteBuffer bytes) {
        var value = 0L;
        for (var shift = 0; shift < 35; shift += 7) {
            var b = bytes.get();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return (int) Math.min(value, Integer.MAX_VALUE);
            }
        }
        throw new IllegalArgumentException("A number is longer than five bytes.");
    }
}
