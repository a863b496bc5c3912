package dev.wasmscope.engine.wasi;

import com.dylibso.chicory.log.SystemLogger;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.wasi.WasiOptions;
import com.dylibso.chicory.wasi.WasiPreview1;
import dev.wasmscope.engine.platform.LinuxFiles;
import dev.wasmscope.engine.spi.WasiGrants;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// WASI preview 1 for one session: what was granted, and output that is captured.
///
/// Directories are contained: no path leads out of one, through symbolic links neither, and nothing in one that was
/// granted read-only can be changed. Sockets reach only whom was granted.
public final class WasiModule implements ChicoryHost, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WasiModule.class.getName());

    private final WasiPreview1 preview1;
    private final @Nullable WasiFiles files;
    private final WasiSockets sockets;
    private final List<ImportFunction> imports;

    /// @param tracer sees every call, also those that are refused
    /// @throws IOException with a sentence, when a granted directory is none
    public WasiModule(WasiGrants grants, OutputRing stdout, OutputRing stderr, WasiTracer tracer) throws IOException {
        this(grants, stdout, stderr, tracer, grants.directories().isEmpty() ? Optional.empty() : LinuxFiles.here());
    }

    /// @param system files are served by, where there are any; else by Java's
    WasiModule(WasiGrants grants, OutputRing stdout, OutputRing stderr, WasiTracer tracer, Optional<LinuxFiles> system)
            throws IOException {
        var options = WasiOptions.builder()
                .withArguments(grants.arguments())
                .withStdin(new ByteArrayInputStream(grants.stdin()), false)
                .withStdout(stdout, false)
                .withStderr(stderr, false);
        grants.environment().forEach(options::withEnvironment);
        for (var directory : grants.directories()) {
            if (!Files.isDirectory(directory.host())) {
                throw new IOException(
                        "%s cannot be granted to the guest: it is not a directory.".formatted(directory.host()));
            }
            if (system.isEmpty()) {
                options.withDirectory(directory.guest(), directory.host().toRealPath());
            }
        }
        preview1 = WasiPreview1.builder()
                .withLogger(new SystemLogger())
                .withOptions(options.build())
                .build();
        files = system.isPresent() && !grants.directories().isEmpty()
                ? new WasiFiles(system.get(), grants.directories())
                : null;
        tracer.begin(grants);
        sockets = new WasiSockets(grants.network(), files == null ? _ -> false : files::owns);
        var guarded = Stream.of(preview1.toHostFunctions()).map(guard(grants)).toList();
        imports = sockets.beside(guarded).stream().map(tracer::around).toList();
    }

    private UnaryOperator<ImportFunction> guard(WasiGrants grants) throws IOException {
        return files == null ? new DirectoryGuard(grants.directories())::around : files::around;
    }

    @Override
    public String name() {
        return "wasi_snapshot_preview1";
    }

    @Override
    public List<ImportFunction> imports() {
        return imports;
    }

    @Override
    public boolean waits(String function, long[] arguments) {
        return function.equals("poll_oneoff") || WasiSockets.waits(function, arguments);
    }

    @Override
    public void close() {
        preview1.close();
        if (files != null) {
            files.close();
        }
        try {
            sockets.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "A socket of a guest could not be closed.", e);
        }
    }
}
