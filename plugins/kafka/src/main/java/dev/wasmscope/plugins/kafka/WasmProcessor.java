package dev.wasmscope.plugins.kafka;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.Engine;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.HostedInstance;
import dev.wasmscope.engine.spi.HostingRequest;
import dev.wasmscope.engine.spi.InstantiationFailedException;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.WasmFrame;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A Wasm module as a processor: `run` is called for every task, which it takes by `poll_task`. After a
/// trap, an exit or a deadline the instance is replaced.
final class WasmProcessor implements TaskProcessor {
    private static final CallRequest RUN = CallRequest.of("run");

    private final Engine engine;
    private final HostingRequest request;
    private final Consumer<Session> onEnd;
    private final TaskHandover handover = new TaskHandover();
    private volatile @Nullable HostedInstance instance;

    /// @param request without the module `decaton`
    /// @param onEnd is given every instance's session before it is closed
    /// @throws ProcessorFailedException with a sentence
    WasmProcessor(Engine engine, HostingRequest request, Consumer<Session> onEnd) throws ProcessorFailedException {
        this.engine = engine;
        this.onEnd = onEnd;
        this.request = with(request, handover);
        try {
            var first = engine.host(this.request);
            instance = first;
            check(first, request.title());
        } catch (InstantiationFailedException e) {
            throw new ProcessorFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private static HostingRequest with(HostingRequest request, TaskHandover handover) {
        return new HostingRequest(
                request.module(),
                request.title(),
                request.runtime(),
                request.memoryKind(),
                request.limits(),
                request.wasi(),
                List.of(handover),
                request.stubUnmet());
    }

    private void check(HostedInstance made, String title) throws ProcessorFailedException {
        var run = made.exports().stream()
                .filter(e -> e.name().equals("run") && e.kind() == ExternKind.FUNCTION)
                .flatMap(e -> e.function().stream())
                .filter(type -> type.parameters().isEmpty() && type.results().isEmpty())
                .findFirst();
        var memory = made.exports().stream().anyMatch(e -> e.name().equals("memory") && e.kind() == ExternKind.MEMORY);
        if (run.isEmpty() || !memory) {
            close();
            throw new ProcessorFailedException(
                    "%s is no processor: it has to export a function run without parameters and results, and memory."
                            .formatted(title));
        }
    }

    @Override
    public TaskOutcome process(byte[] task) {
        try {
            var present = instance;
            if (present == null) {
                present = engine.host(request);
                instance = present;
            }
            handover.offer(task);
            return outcome(present.call(RUN));
        } catch (InstantiationFailedException e) {
            return new TaskOutcome.Failed("A new instance could not be made: " + e.getMessage());
        }
    }

    private TaskOutcome outcome(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Returned _ -> taken();
            case CallOutcome.Trapped trapped -> {
                close();
                yield new TaskOutcome.Failed("Trap: %s%s.".formatted(trapped.reason(), where(trapped.backtrace())));
            }
            case CallOutcome.TimedOut late -> {
                close();
                yield new TaskOutcome.Failed("The deadline of %d ms passed%s."
                        .formatted(late.deadline().toMillis(), where(late.backtrace())));
            }
            case CallOutcome.Exited exited -> {
                close();
                yield exited.code() == 0
                        ? taken()
                        : new TaskOutcome.Failed("The processor exited with code %d.".formatted(exited.code()));
            }
            case CallOutcome.Rejected rejected -> new TaskOutcome.Failed(rejected.reason());
        };
    }

    private TaskOutcome taken() {
        var refusal = handover.refusal();
        return refusal == null ? TaskOutcome.DONE : new TaskOutcome.Failed(refusal);
    }

    private static String where(List<WasmFrame> backtrace) {
        return backtrace.isEmpty() ? "" : " in " + backtrace.getFirst().name();
    }

    /// What runs now, when anything does. From any thread.
    Optional<HostedInstance> instance() {
        return Optional.ofNullable(instance);
    }

    /// A look at the instance. From any thread.
    Optional<Session> session() {
        return instance().map(HostedInstance::session);
    }

    @Override
    public void close() {
        var open = instance;
        instance = null;
        if (open != null) {
            onEnd.accept(open.session());
            open.close();
        }
    }
}
