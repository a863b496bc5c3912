package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/// What every session does, wherever it lives and whatever runs it. One [Sessions] serves a class, so that a child is
/// started once.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SessionContract
        implements CallContract,
                HistoryContract,
                LimitsContract,
                LinkContract,
                OpeningContract,
                OutputContract,
                WasiTraceContract {
    private final String runtime;
    private final Placement placement;
    private final Sessions sessions = new Sessions();
    private final List<Session> opened = new ArrayList<>();

    SessionContract(String runtime, Placement placement) {
        this.runtime = runtime;
        this.placement = placement;
    }

    @AfterEach
    void closeSession() {
        opened.forEach(Session::close);
        opened.clear();
    }

    @AfterAll
    void closeSessions() {
        sessions.close();
    }

    @Override
    public String runtime() {
        return runtime;
    }

    @Override
    public Placement placement() {
        return placement;
    }

    @Override
    public Session open(SessionRequest request) {
        var session = sessions.open(request).join();
        opened.add(session);
        return session;
    }
}
