package dev.wasmscope.engine.wasi;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import dev.wasmscope.engine.spi.NetworkGrants;
import dev.wasmscope.engine.spi.NetworkGrants.Peer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Whom a guest may talk to. A name is looked up only when it was granted, and once: what it meant then is what may be
/// connected to, so that a name that changes its meaning leads nowhere new.
final class SocketRules {
    private final NetworkGrants grants;
    private final Map<String, List<InetAddress>> known = new HashMap<>();

    SocketRules(NetworkGrants grants) {
        this.grants = grants;
    }

    /// @throws WasiFailure EACCES when nothing at all was granted
    void checkAny() throws WasiFailure {
        if (grants.none()) {
            throw new WasiFailure(Errno.ACCES, "The guest was granted no network.");
        }
    }

    /// @throws WasiFailure EACCES unless it was granted
    void checkConnect(InetSocketAddress to) throws WasiFailure {
        check(grants.connect(), to);
    }

    /// @throws WasiFailure EACCES unless it was granted
    void checkListen(InetSocketAddress at) throws WasiFailure {
        check(grants.listen(), at);
    }

    private void check(List<Peer> granted, InetSocketAddress wanted) throws WasiFailure {
        for (var peer : granted) {
            if (peer.port() == wanted.getPort() && meanings(peer.host()).contains(wanted.getAddress())) {
                return;
            }
        }
        throw new WasiFailure(Errno.ACCES, "%s was not granted.".formatted(wanted));
    }

    /// What a granted name means.
    ///
    /// @throws WasiFailure EACCES for a name that was not granted; ENOENT for one that nobody knows
    List<InetAddress> resolve(String name) throws WasiFailure {
        for (var peer : grants.connect()) {
            if (peer.host().equalsIgnoreCase(name)) {
                var meanings = meanings(peer.host());
                if (meanings.isEmpty()) {
                    throw new WasiFailure(Errno.NOENT, "Nobody knows %s.".formatted(name));
                }
                return meanings;
            }
        }
        throw new WasiFailure(Errno.ACCES, "%s was not granted.".formatted(name));
    }

    private List<InetAddress> meanings(String host) {
        var key = host.toLowerCase(Locale.ROOT);
        var found = known.get(key);
        if (found == null) {
            found = lookUp(host);
            if (!found.isEmpty()) {
                known.put(key, found);
            }
        }
        return found;
    }

    private static List<InetAddress> lookUp(String host) {
        try {
            return List.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return ask(host);
        }
    }

    /// On a thread of its own: the system's resolver cannot be interrupted, and a deadline must not wait for it.
    private static List<InetAddress> ask(String host) {
        var answer = new FutureTask<>(() -> List.of(InetAddress.getAllByName(host)));
        Thread.ofVirtual().name("resolve " + host).start(answer);
        try {
            return answer.get();
        } catch (ExecutionException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChicoryInterruptedException("Interrupted while a name was looked up.");
        }
    }
}
