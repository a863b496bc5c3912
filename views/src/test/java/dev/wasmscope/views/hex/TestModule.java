package dev.wasmscope.views.hex;

import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.samples.UnknownSampleException;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.wasm.Sessions;
import dev.wasmscope.views.spi.OpenModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// A sample that is open, with a real session when it is started.
final class TestModule implements OpenModule {
    private final ModuleSource source;
    private final ReadOnlyObjectWrapper<@Nullable Session> session = new ReadOnlyObjectWrapper<>();

    private TestModule(ModuleSource source) {
        this.source = source;
    }

    TestModule(String sample) {
        try {
            source = SampleCatalogue.load().open(sample);
        } catch (UnknownSampleException e) {
            throw new AssertionError(e);
        }
    }

    static TestModule started(Sessions sessions, String sample) {
        var module = new TestModule(sample);
        module.start(sessions);
        return module;
    }

    /// @param text assembled by wabt's `wat2wasm`
    static TestModule ofText(Path folder, String text) throws IOException, InterruptedException {
        var wat = Files.writeString(folder.resolve("test.wat"), text);
        var wasm = folder.resolve("test.wasm");
        var assembler = new ProcessBuilder("wat2wasm", "--enable-multi-memory", wat.toString(), "-o", wasm.toString())
                .inheritIO()
                .start();
        if (assembler.waitFor() != 0) {
            throw new AssertionError("wat2wasm refuses " + text);
        }
        return new TestModule(new ModuleSource("test.wasm", Optional.of(wasm), Files.readAllBytes(wasm)));
    }

    Session start(Sessions sessions) {
        return start(sessions, "compiler");
    }

    Session start(Sessions sessions, String runtime) {
        var open = sessions.open(SessionRequest.of(source).withRuntime(runtime)).join();
        session.set(open);
        return open;
    }

    /// A call that is stopped by the test, not by its deadline, however busy the machine is.
    static CallRequest endless(String export) {
        return new CallRequest(export, List.of(), Optional.of(Duration.ofMinutes(5)));
    }

    void end() {
        session.set(null);
    }

    Session session() {
        var open = session.get();
        if (open == null) {
            throw new AssertionError(source.name() + " has no session");
        }
        return open;
    }

    @Override
    public ModuleSource source() {
        return source;
    }

    @Override
    public ReadOnlyObjectProperty<@Nullable Session> sessionProperty() {
        return session.getReadOnlyProperty();
    }
}
