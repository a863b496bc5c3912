package dev.wasmscope.engine.wasm.child;

import dev.wasmscope.engine.platform.Completions;
import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.ChangedRange;
import dev.wasmscope.engine.spi.Changes;
import dev.wasmscope.engine.spi.GlobalValue;
import dev.wasmscope.engine.spi.MemoryCopy;
import dev.wasmscope.engine.spi.OutputCopy;
import dev.wasmscope.engine.spi.OutputStreamName;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.SessionException;
import dev.wasmscope.engine.spi.SessionInfo;
import dev.wasmscope.engine.spi.SessionStatus;
import dev.wasmscope.engine.spi.UndoOutcome;
import dev.wasmscope.engine.spi.WasiTrace;
import dev.wasmscope.engine.wasi.OutputRing;
import dev.wasmscope.engine.wasi.WasiTraceRing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A session whose instance lives in a child. Status and output are what the child reported last.
final class ChildSession implements Session {
    /// Captured output kept of each stream, as much as the child keeps.
    private static final int OUTPUT_BYTES = 1 << 20;

    private static final SessionStatus UNTOUCHED = new SessionStatus(
            new SessionStatus.Phase.Idle(), 0, false, 0, List.of(), new SessionStatus.OutputSizes(0, 0));

    private final String id;
    private final String module;
    private final int number;
    private final ChildProcess process;
    private final Completions completions;
    private final OutputRing stdout = new OutputRing(OUTPUT_BYTES);
    private final OutputRing stderr = new OutputRing(OUTPUT_BYTES);
    private final WasiTraceRing calls = new WasiTraceRing();
    private volatile @Nullable SessionInfo info;
    private volatile Told told = new Told(UNTOUCHED, System.nanoTime());
    private volatile @Nullable End end;

    private record Told(SessionStatus status, long at) {}

    /// @param reason empty when it was closed on request
    private record End(SessionException why, Optional<String> reason) {}

    /// @param id unique in this process
    /// @param number unique in the child
    ChildSession(String id, String module, int number, ChildProcess process) {
        this.id = id;
        this.module = module;
        this.number = number;
        this.process = process;
        this.completions = new Completions(id + " " + module + " answer");
    }

    int number() {
        return number;
    }

    String module() {
        return module;
    }

    ChildProcess process() {
        return process;
    }

    Completions completions() {
        return completions;
    }

    /// Why it answers nothing any more.
    Optional<SessionException> ended() {
        return Optional.ofNullable(end).map(End::why);
    }

    Session opened(SessionInfo there) {
        info = new SessionInfo(
                id,
                there.module(),
                there.runtime(),
                Placement.CHILD,
                there.memoryKind(),
                there.limits(),
                there.exports());
        return this;
    }

    void take(SessionStatus status) {
        told = new Told(status, System.nanoTime());
    }

    void take(OutputStreamName stream, OutputCopy copy) {
        var ring = ring(stream);
        ring.skipTo(copy.from());
        ring.write(copy.bytes(), 0, copy.bytes().length);
    }

    void take(WasiTrace trace) {
        trace.calls().forEach(calls::add);
    }

    /// The process is gone.
    void fail(String sentence) {
        if (end == null) {
            end = new End(new SessionException(sentence), Optional.of(sentence));
        }
    }

    @Override
    public SessionInfo info() {
        var known = info;
        if (known == null) {
            throw new IllegalStateException("The session is not open yet.");
        }
        return known;
    }

    @Override
    public SessionStatus status() {
        var last = told;
        var status = last.status;
        return new SessionStatus(
                phase(last),
                status.epoch(),
                status.tainted(),
                status.undoSteps(),
                status.memoryPages(),
                new SessionStatus.OutputSizes(stdout.written(), stderr.written()));
    }

    private SessionStatus.Phase phase(Told last) {
        var over = end;
        if (over != null) {
            return new SessionStatus.Phase.Closed(over.reason);
        }
        return last.status.phase() instanceof SessionStatus.Phase.Running(var export, var since)
                ? new SessionStatus.Phase.Running(export, since.plus(Duration.ofNanos(System.nanoTime() - last.at)))
                : last.status.phase();
    }

    @Override
    public CompletableFuture<CallOutcome> call(CallRequest request) {
        return process.ask(this, new ToChild.Call(request), FromChild.Called.class, FromChild.Called::outcome);
    }

    @Override
    public void stop() {
        process.tell(this, new ToChild.Stop());
    }

    @Override
    public CompletableFuture<MemoryCopy> read(int memory, long address, int length) {
        return process.ask(
                this, new ToChild.Read(memory, address, length), FromChild.Copied.class, FromChild.Copied::copy);
    }

    @Override
    public CompletableFuture<List<ChangedRange>> write(int memory, long address, byte[] bytes) {
        return process.ask(
                this, new ToChild.Write(memory, address, bytes), FromChild.Written.class, FromChild.Written::ranges);
    }

    @Override
    public CompletableFuture<Changes> lastChanges(int memory, int most) {
        return process.ask(
                this, new ToChild.LastChanges(memory, most), FromChild.Changed.class, FromChild.Changed::changes);
    }

    @Override
    public CompletableFuture<UndoOutcome> undo() {
        return process.ask(this, new ToChild.Undo(), FromChild.Undone.class, FromChild.Undone::outcome);
    }

    @Override
    public CompletableFuture<List<GlobalValue>> globals() {
        return process.ask(this, new ToChild.Globals(), FromChild.Globals.class, FromChild.Globals::values);
    }

    @Override
    public OutputCopy output(OutputStreamName stream, long from) {
        return ring(stream).from(from);
    }

    private OutputRing ring(OutputStreamName stream) {
        return stream == OutputStreamName.STDOUT ? stdout : stderr;
    }

    @Override
    public void traceWasi(boolean on) {
        process.tell(this, new ToChild.TraceWasi(on));
    }

    @Override
    public WasiTrace wasiCalls(long from) {
        return calls.from(from);
    }

    @Override
    public void close() {
        if (end == null) {
            end = new End(new SessionException("The session of %s was closed.".formatted(module)), Optional.empty());
            process.tell(this, new ToChild.Close());
            process.forget(this);
        }
    }
}
