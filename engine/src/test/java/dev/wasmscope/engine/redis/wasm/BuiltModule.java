package dev.wasmscope.engine.redis.wasm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Whether the build made redis.wasm; a machine without the compilers says so in redis.json, and nowhere else may a
/// test do without.
final class BuiltModule {
    private BuiltModule() {}

    static boolean present() {
        if (RedisModule.present()) {
            return true;
        }
        if (!whyNot().contains("\"reason\"")) {
            throw new AssertionError("There is no redis.wasm, and redis.json does not say why: " + whyNot());
        }
        return false;
    }

    static String whyNot() {
        try (var in = BuiltModule.class.getResourceAsStream("/dev/wasmscope/redis/redis.json")) {
            return in == null ? "sample-wasm was not built" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
