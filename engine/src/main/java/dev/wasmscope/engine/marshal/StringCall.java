package dev.wasmscope.engine.marshal;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.GuestMemory;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.engine.spi.StringForm;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.ValueType;
import dev.wasmscope.engine.spi.WasiValue.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/// A call with strings, step by step: lay them out, have the guest allocate, write, call, read the answer, free.
///
/// Each step but the reading is one of the session's own, so that the memory can be looked at and taken back between
/// them. Waits for the session: not for the UI thread. Used once.
public final class StringCall {
    private final Session session;
    private final StringForm form;
    private final List<Step> steps = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();

    /// An argument as the user gave it.
    public sealed interface Given {
        record Text(String text) implements Given {}

        record Plain(Value value) implements Given {}
    }

    /// @param what a sentence with the values
    /// @param at the bytes that it is about
    public record Step(String what, Optional<Span> at) {}

    /// @param outcome of the call, or of the step that failed
    /// @param text the string that the result leads to
    public record Result(CallOutcome outcome, List<Step> steps, Optional<String> text) {
        public Result {
            steps = List.copyOf(steps);
        }
    }

    private record Block(long address, int size) {}

    /// Ends the call early.
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient CallOutcome outcome;

        Stop(CallOutcome outcome) {
            super(outcome.toString());
            this.outcome = outcome;
        }
    }

    public StringCall(Session session, StringForm form) {
        this.session = session;
        this.form = form;
    }

    /// @param textResult whether the result is an address of a string
    /// @throws CompletionException when the session cannot answer
    public Result run(String export, List<Given> arguments, boolean textResult) {
        try {
            var values = new ArrayList<Value>();
            for (var argument : arguments) {
                switch (argument) {
                    case Given.Plain(var value) -> values.add(value);
                    case Given.Text(var text) -> values.addAll(passed(text));
                }
            }
            var outcome = call(export, values);
            if (!(outcome instanceof CallOutcome.Returned returned)) {
                steps.add(new Step("%s did not return.".formatted(line(export, values)), Optional.empty()));
                return new Result(outcome, steps, Optional.empty());
            }
            var given = returned.results().stream().map(Value::toString).collect(Collectors.joining(" "));
            steps.add(new Step(
                    given.isEmpty()
                            ? "Call %s.".formatted(line(export, values))
                            : "Call %s: it gives %s.".formatted(line(export, values), given),
                    Optional.empty()));
            var text = textResult ? read(returned) : Optional.<String>empty();
            free();
            return new Result(outcome, steps, text);
        } catch (Stop e) {
            return new Result(e.outcome, steps, Optional.empty());
        }
    }

    private List<Value> passed(String text) {
        var laid = GuestStrings.lay(text, form);
        var size = laid.bytes().length;
        var allocator = allocator();
        var arguments = allocator.allocateArguments(size);
        var outcome = call(allocator.allocate(), arguments);
        if (!(outcome instanceof CallOutcome.Returned returned)) {
            steps.add(
                    new Step("%s did not return.".formatted(line(allocator.allocate(), arguments)), Optional.empty()));
            throw new Stop(outcome);
        }
        var address = returned.results().getFirst().low();
        var at = Optional.of(new Span(address, size));
        steps.add(new Step(
                "Ask for %,d bytes: %s gives %s.".formatted(size, line(allocator.allocate(), arguments), hex(address)),
                at));
        if (address == 0) {
            throw new Stop(new CallOutcome.Rejected(
                    "%s gave 0: the guest has no %,d bytes left.".formatted(allocator.allocate(), size)));
        }
        try {
            session.write(0, address, laid.bytes()).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IndexOutOfBoundsException outside) {
                throw new Stop(new CallOutcome.Rejected("%s gave %s, which is no place in memory: %s"
                        .formatted(allocator.allocate(), hex(address), outside.getMessage())));
            }
            throw e;
        }
        steps.add(new Step(
                "Write \"%s\" at %s as %,d bytes, %s.".formatted(shortened(text), hex(address), size, form.title()),
                at));
        blocks.add(new Block(address, size));
        return form == StringForm.POINTER_LENGTH
                ? List.of(Value.i32((int) address), Value.i32(size))
                : List.of(Value.i32((int) address));
    }

    private Allocator allocator() {
        return Allocator.of(session.info().exports())
                .orElseThrow(() -> new Stop(
                        new CallOutcome.Rejected("The module exports no function to allocate a string by; known are %s."
                                .formatted(Allocator.knownNames()))));
    }

    private Optional<String> read(CallOutcome.Returned returned) {
        var results = returned.results();
        if (results.isEmpty()) {
            return missing("The call gives nothing that could lead to a string.");
        }
        var first = results.getFirst();
        var packed = form == StringForm.POINTER_LENGTH && results.size() == 1;
        if (packed && !first.type().equals(ValueType.I64)) {
            return missing("An address alone does not say how long its string is; choose the form in which it does.");
        }
        var address = packed ? first.low() >>> 32 : first.low() & 0xffff_ffffL;
        var length = packed
                ? first.low() & 0xffff_ffffL
                : results.size() > 1 ? results.get(1).low() : 0;
        var found = GuestStrings.find(new Looked(session), address, length, form);
        if (found.isEmpty()) {
            return missing("There is no string of that form at %s.".formatted(hex(address)));
        }
        steps.add(new Step(
                "Read \"%s\" at %s, %s."
                        .formatted(
                                shortened(found.get().text()),
                                hex(found.get().at().address()),
                                form.title()),
                Optional.of(found.get().at())));
        return Optional.of(found.get().text());
    }

    private Optional<String> missing(String why) {
        steps.add(new Step(why, Optional.empty()));
        return Optional.empty();
    }

    private void free() {
        if (blocks.isEmpty()) {
            return;
        }
        var allocator = allocator();
        for (var block : blocks) {
            if (allocator.free().isEmpty()) {
                steps.add(new Step(
                        "%s stays allocated: the module exports nothing to free it by.".formatted(hex(block.address)),
                        Optional.of(new Span(block.address, block.size))));
                continue;
            }
            var arguments = allocator.freeArguments(block.address, block.size);
            var outcome = call(allocator.free().get(), arguments);
            steps.add(new Step(
                    outcome instanceof CallOutcome.Returned
                            ? "Give it back: %s."
                                    .formatted(line(allocator.free().get(), arguments))
                            : "%s did not return."
                                    .formatted(line(allocator.free().get(), arguments)),
                    Optional.of(new Span(block.address, block.size))));
        }
    }

    private CallOutcome call(String export, List<Value> arguments) {
        var outcome = session.call(new CallRequest(export, arguments, Optional.empty()))
                .join();
        if (outcome instanceof CallOutcome.Rejected) {
            throw new Stop(outcome);
        }
        return outcome;
    }

    private static String line(String export, List<Value> arguments) {
        return export + arguments.stream().map(Value::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String shortened(String text) {
        var plain = text.replace("\n", "\\n");
        return plain.length() <= 40 ? plain : plain.substring(0, 40) + "…";
    }

    private static String hex(long address) {
        return String.format(Locale.ROOT, "0x%x", address);
    }

    /// The memory as copies.
    private record Looked(Session session) implements GuestMemory {
        @Override
        public int pages() {
            return session.status().memoryPages().stream().findFirst().orElse(0);
        }

        @Override
        public byte[] read(long address, int length) {
            if (address + length > pages() * 65_536L) {
                throw new IndexOutOfBoundsException("%d bytes at %d".formatted(length, address));
            }
            return session.read(0, address, length).join().bytes();
        }

        @Override
        public void write(long address, byte[] bytes) {
            session.write(0, address, bytes).join();
        }
    }
}
