package dev.wasmscope.engine.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What a WASI guest may see. Nothing unless granted.
///
/// @param arguments `argv`, with the program's name first
/// @param stdin all of standard input
/// @param network whom it may talk to
@SuppressWarnings("ArrayRecordComponent") // a copy that is handed over, never compared
public record WasiGrants(
        List<String> arguments,
        Map<String, String> environment,
        byte[] stdin,
        List<Directory> directories,
        NetworkGrants network) {
    public static final WasiGrants NONE = new WasiGrants(List.of(), Map.of(), new byte[0], List.of());

    public WasiGrants {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        directories = List.copyOf(directories);
    }

    /// Without network.
    public WasiGrants(
            List<String> arguments, Map<String, String> environment, byte[] stdin, List<Directory> directories) {
        this(arguments, environment, stdin, directories, NetworkGrants.NONE);
    }

    public WasiGrants withNetwork(NetworkGrants other) {
        return new WasiGrants(arguments, environment, stdin, directories, other);
    }

    /// A preopened directory.
    ///
    /// @param guest the path the guest sees
    public record Directory(Path host, String guest, boolean readOnly) {}
}
