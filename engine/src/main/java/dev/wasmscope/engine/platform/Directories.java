package dev.wasmscope.engine.platform;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where things are kept, by the XDG base directory specification.
///
/// @param config settings the user may edit
/// @param state history and layouts
/// @param cache what can be made again
/// @param runtime sockets; private to the user
public record Directories(Path config, Path state, Path cache, Path runtime) {
    private static final String NAME = "wasmscope";

    /// The user's own.
    public static Directories ofUser() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static Directories of(Map<String, String> environment, Path home) {
        return new Directories(
                base(environment.get("XDG_CONFIG_HOME"), home.resolve(".config")),
                base(environment.get("XDG_STATE_HOME"), home.resolve(".local/state")),
                base(environment.get("XDG_CACHE_HOME"), home.resolve(".cache")),
                base(environment.get("XDG_RUNTIME_DIR"), Path.of(System.getProperty("java.io.tmpdir"))));
    }

    /// The specification says to ignore relative paths.
    private static Path base(@Nullable String set, Path usual) {
        var base = set == null || set.isEmpty() ? usual : Path.of(set);
        return (base.isAbsolute() ? base : usual).resolve(NAME);
    }
}
