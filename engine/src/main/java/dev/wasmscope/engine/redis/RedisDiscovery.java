package dev.wasmscope.engine.redis;

import dev.wasmscope.engine.resp.RespEncoder;
import dev.wasmscope.engine.resp.RespLimits;
import dev.wasmscope.engine.resp.RespReader;
import dev.wasmscope.engine.resp.RespValue;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.transport.TcpTransport;
import dev.wasmscope.engine.transport.UnixTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks for Redis servers that run on this machine.
///
/// Loopback ports come from `/proc/net/tcp`, sockets from `/proc/net/unix` and the usual paths. A port whose owner is
/// known to be something else is left in peace; the others are asked with PING. Servers of this or another Wasmscope
/// work in a directory of its own name, by which they are left out.
public final class RedisDiscovery {
    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final Pattern LISTENING =
            Pattern.compile("\\s*\\d+: ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F]+:0000 0A .*");
    private static final Set<String> LOOPBACK_OR_ANY = Set.of(
            "0100007F",
            "00000000",
            "00000000000000000000000001000000",
            "00000000000000000000000000000000",
            "0000000000000000FFFF00000100007F");
    private static final Pattern REDIS = Pattern.compile(".*(redis|valkey|keydb|dragonfly|garnet).*");
    private static final List<String> USUAL_SOCKETS = List.of(
            "/run/redis/redis-server.sock",
            "/run/redis/redis.sock",
            "/run/valkey/valkey.sock",
            "/run/redis.sock",
            "/tmp/redis.sock");

    private final Set<String> own;
    private final Path proc;

    /// @param own transports of servers that this program started
    public RedisDiscovery(Collection<Transport> own) {
        this(own, Path.of("/proc"));
    }

    RedisDiscovery(Collection<Transport> own, Path proc) {
        this.own = own.stream().map(Transport::address).collect(Collectors.toSet());
        this.proc = proc;
    }

    /// Takes some 10 ms a port that is asked; never fails, finds less.
    public List<FoundRedis> find() {
        var found = new ArrayList<FoundRedis>();
        var owners = owners();
        for (var entry : listening().entrySet()) {
            var owner = Optional.ofNullable(owners.get(entry.getValue()));
            var transport = TcpTransport.plain("127.0.0.1", entry.getKey());
            if (!own.contains(transport.address()) && worthAsking(entry.getKey(), owner)) {
                ask(transport).ifPresent(found::add);
            }
        }
        for (var path : sockets()) {
            var transport = new UnixTransport(Path.of(path));
            if (!own.contains(transport.address()) && !path.contains("wasmscope")) {
                ask(transport).ifPresent(found::add);
            }
        }
        return found;
    }

    private static boolean worthAsking(int port, Optional<Owner> owner) {
        if (owner.isEmpty()) {
            return true;
        }
        var usual = port >= 6379 && port <= 6389;
        return (usual || REDIS.matcher(owner.get().name()).matches())
                && !owner.get().directory().contains("wasmscope");
    }

    private record Owner(String name, String directory) {}

    /// Ports that listen on loopback, with the inode of their socket.
    private Map<Integer, String> listening() {
        var ports = new HashMap<Integer, String>();
        for (var table : List.of("net/tcp", "net/tcp6")) {
            for (var line : lines(proc.resolve(table))) {
                var match = LISTENING.matcher(line);
                if (match.matches() && LOOPBACK_OR_ANY.contains(match.group(1))) {
                    var columns = line.strip().split("\\s+", -1);
                    var inode = columns.length > 9 ? columns[9] : "";
                    ports.putIfAbsent(Integer.parseInt(match.group(2), 16), inode);
                }
            }
        }
        return ports;
    }

    /// Who holds which socket; only processes of this user can be looked into.
    private Map<String, Owner> owners() {
        var owners = new HashMap<String, Owner>();
        try (var processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (var process : processes) {
                try (var files = Files.newDirectoryStream(process.resolve("fd"))) {
                    for (var file : files) {
                        addSocket(owners, process, file);
                    }
                } catch (IOException e) {
                    // Another user's, or gone meanwhile.
                }
            }
        } catch (IOException e) {
            // No /proc: then nobody's owner is known.
        }
        return owners;
    }

    private static void addSocket(Map<String, Owner> owners, Path process, Path file) {
        try {
            var target = Files.readSymbolicLink(file).toString();
            if (target.startsWith("socket:[")) {
                var name = Files.readString(process.resolve("comm")).strip();
                var directory = Files.readSymbolicLink(process.resolve("cwd")).toString();
                owners.put(target.substring("socket:[".length(), target.length() - 1), new Owner(name, directory));
            }
        } catch (IOException e) {
            // Closed meanwhile.
        }
    }

    private Set<String> sockets() {
        var open = lines(proc.resolve("net/unix")).stream()
                .map(line -> line.strip().split("\\s+", 8))
                .filter(columns -> columns.length == 8)
                .map(columns -> columns[7])
                .filter(path -> path.startsWith("/") && REDIS.matcher(path).matches());
        return Stream.concat(open, USUAL_SOCKETS.stream())
                .filter(path -> Files.isWritable(Path.of(path)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<FoundRedis> ask(Transport transport) {
        try (var connection = transport.connect(PATIENCE)) {
            connection.write(ByteBuffer.wrap(RespEncoder.command("PING")));
            var reader = new RespReader(connection, RespLimits.DEFAULT);
            var pong = reader.read(PATIENCE);
            if (pong instanceof RespValue.SimpleError(var text) && text.startsWith("NOAUTH")) {
                return Optional.of(found(transport, "Redis", true));
            }
            if (!pong.equals(new RespValue.SimpleString("PONG"))) {
                return Optional.empty();
            }
            connection.write(ByteBuffer.wrap(RespEncoder.command("INFO", "server")));
            var info = Handshake.text(reader.read(PATIENCE));
            // A sentinel answers PING, too, but holds no data.
            if (info.contains("redis_mode:sentinel")) {
                return Optional.empty();
            }
            var version = info.lines()
                    .filter(line -> line.startsWith("redis_version:"))
                    .findFirst()
                    .flatMap(RedisVersion::in);
            return Optional.of(found(transport, version.map(v -> "Redis " + v).orElse("Redis"), false));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static FoundRedis found(Transport transport, String what, boolean needsPassword) {
        var title = "%s at %s%s".formatted(what, transport.address(), needsPassword ? " (asks for a password)" : "");
        return new FoundRedis(transport.address(), title, List.of(transport), needsPassword);
    }
}
