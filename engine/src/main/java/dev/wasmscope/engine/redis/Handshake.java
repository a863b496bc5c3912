package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.resp.RespEncoder;
import dev.wasmscope.engine.resp.RespReader;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.spi.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The first commands of a connection: HELLO 3 with the password, or RESP2 and AUTH where a server does not know it;
/// then SELECT.
record Handshake(Connection connection, RespReader reader, String address, RedisLogin login) {
    ServerFacts run() throws IOException {
        var facts = hello();
        if (login.database() != 0) {
            refuse(ask("SELECT", Integer.toString(login.database())), "does not give database " + login.database());
        }
        return facts;
    }

    private ServerFacts hello() throws IOException {
        var reply = login.password().isPresent()
                ? ask(
                        "HELLO",
                        "3",
                        "AUTH",
                        login.user().orElse("default"),
                        login.password().get())
                : ask("HELLO", "3");
        if (reply instanceof RespValue.SimpleError(var text) && knowsNoHello(text)) {
            return protocolTwo();
        }
        refuse(reply, "did not let us in");
        var said = pairs(reply);
        return new ServerFacts(
                said.getOrDefault("server", "redis"),
                RedisVersion.in(said.getOrDefault("version", "")),
                said.getOrDefault("proto", "3").equals("2") ? 2 : 3);
    }

    private static boolean knowsNoHello(String error) {
        var lower = error.toLowerCase(Locale.ROOT);
        return lower.startsWith("err unknown command")
                || lower.startsWith("noproto")
                || lower.startsWith("err unknown ");
    }

    private ServerFacts protocolTwo() throws IOException {
        if (login.password().isPresent()) {
            refuse(
                    login.user().isPresent()
                            ? ask("AUTH", login.user().get(), login.password().get())
                            : ask("AUTH", login.password().get()),
                    "did not let us in");
        } else {
            refuse(ask("PING"), "did not let us in");
        }
        return new ServerFacts("redis", versionFromInfo(), 2);
    }

    private Optional<RedisVersion> versionFromInfo() throws IOException {
        if (!(ask("INFO", "server") instanceof RespValue.Bulk info)) {
            return Optional.empty();
        }
        return info.utf8()
                .lines()
                .filter(line -> line.startsWith("redis_version:"))
                .findFirst()
                .flatMap(RedisVersion::in);
    }

    private RespValue ask(String... command) throws IOException {
        connection.write(ByteBuffer.wrap(RespEncoder.command(command)));
        return reader.read(login.timeout());
    }

    private void refuse(RespValue reply, String what) throws RedisException {
        if (!(reply instanceof RespValue.SimpleError(var text))) {
            return;
        }
        var code = text.split(" ", 2)[0];
        throw new RedisException(
                switch (code) {
                    case "NOAUTH" ->
                        "The server at %s asks for a password: give a user and a password.".formatted(address);
                    case "WRONGPASS", "ERR" ->
                        login.password().isPresent()
                                ? "The server at %s %s as %s: %s"
                                        .formatted(address, what, login.user().orElse("the default user"), text)
                                : "The server at %s %s: %s".formatted(address, what, text);
                    default -> "The server at %s %s: %s".formatted(address, what, text);
                });
    }

    /// A map of RESP3, or an array of RESP2 that is read as one.
    static Map<String, String> pairs(RespValue value) {
        var pairs = new TreeMap<String, String>();
        switch (value) {
            case RespValue.MapReply(var entries) ->
                entries.forEach(entry -> pairs.put(text(entry.key()), text(entry.value())));
            case RespValue.Array(var items) -> {
                for (var i = 0; i + 1 < items.size(); i += 2) {
                    pairs.put(text(items.get(i)), text(items.get(i + 1)));
                }
            }
            default -> {}
        }
        return pairs;
    }

    static String text(RespValue value) {
        return switch (value) {
            case RespValue.Bulk bulk -> bulk.utf8();
            case RespValue.SimpleString(var text) -> text;
            case RespValue.Int(var number) -> Long.toString(number);
            case RespValue.Verbatim(var _, var bytes) -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
            default -> "";
        };
    }

    static List<RespValue> items(RespValue value) {
        return switch (value) {
            case RespValue.Array(var items) -> items;
            case RespValue.SetReply(var items) -> items;
            case RespValue.Push(var items) -> items;
            default -> List.of();
        };
    }
}
