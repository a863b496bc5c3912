package dev.wasmscope.views.console;

import dev.wasmscope.engine.redis.FoundRedis;
import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.spi.Transport;

/// A server that the console can talk to.
sealed interface TargetChoice {
    String title();

    /// For the prompt.
    String id();

    /// Redis in Wasm, in this process, started when it is first used.
    record Wasm() implements TargetChoice {
        @Override
        public String title() {
            return "Redis in Wasm";
        }

        @Override
        public String id() {
            return "wasm";
        }
    }

    /// The Redis of our own, started when it is first used.
    record Native() implements TargetChoice {
        @Override
        public String title() {
            return "Native Redis";
        }

        @Override
        public String id() {
            return "native";
        }
    }

    /// One that runs on this machine anyway.
    record Offered(FoundRedis server) implements TargetChoice {
        @Override
        public String title() {
            return server.title();
        }

        @Override
        public String id() {
            return server.id();
        }
    }

    /// Any address, by the form.
    record Address(Transport transport, RedisLogin login) implements TargetChoice {
        @Override
        public String title() {
            return transport.address();
        }

        @Override
        public String id() {
            return transport.address();
        }
    }
}
