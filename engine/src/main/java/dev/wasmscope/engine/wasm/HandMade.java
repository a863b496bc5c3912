package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import dev.wasmscope.engine.marshal.Allocator;
import dev.wasmscope.engine.marshal.Expression;
import dev.wasmscope.engine.marshal.GuestStrings;
import dev.wasmscope.engine.spi.ExportInfo;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.HostFunction;
import dev.wasmscope.engine.spi.HostModule;
import dev.wasmscope.engine.spi.HostStub;
import dev.wasmscope.engine.spi.HostStub.Answer;
import dev.wasmscope.engine.spi.StringForm;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.ValueType;
import dev.wasmscope.engine.spi.Values;
import dev.wasmscope.engine.spi.WasiCall;
import dev.wasmscope.engine.wasi.WasiText;
import dev.wasmscope.engine.wasi.WasiTracer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The functions of one import module that the user defines by hand, for one session. Every call is written down.
///
/// @param log where [Answer.Log] writes
record HandMade(String name, List<HostStub> stubs, WasiTracer tracer, OutputStream log, Guarded.Lift lift)
        implements HostModule {
    /// By module: named functions, and after everything else that offers functions those for all names.
    static List<HostModule> of(List<HostStub> stubs, boolean named, WasiTracer tracer, OutputStream log) {
        return stubs.stream()
                .filter(stub -> !stub.name().equals(HostStub.ALL) == named)
                .map(HostStub::module)
                .distinct()
                .<HostModule>map(module -> new HandMade(
                        module,
                        stubs.stream()
                                .filter(stub -> stub.module().equals(module)
                                        && !stub.name().equals(HostStub.ALL) == named)
                                .toList(),
                        tracer,
                        log,
                        HandMade::plain))
                .toList();
    }

    private static <T> T plain(Supplier<T> hostCode) {
        return hostCode.get();
    }

    HandMade lifted(Guarded.Lift other) {
        return new HandMade(name, stubs, tracer, log, other);
    }

    @Override
    public List<HostFunction> functions() {
        return List.of();
    }

    /// A function of the type that the module wants.
    ///
    /// @throws IllegalArgumentException with a sentence, where what it shall do does not go with the type
    Optional<ImportFunction> offer(String function, com.dylibso.chicory.wasm.types.FunctionType wanted) {
        return stubs.stream()
                .filter(stub -> stub.name().equals(function) || stub.name().equals(HostStub.ALL))
                .findFirst()
                .map(stub -> {
                    var type = Types.of(wanted);
                    check(stub, function, type);
                    return new ImportFunction(
                            name, function, wanted, (instance, raw) -> call(stub, function, type, instance, raw));
                });
    }

    private static void check(HostStub stub, String function, FunctionType type) {
        switch (stub.answer()) {
            case Answer.Constant(var values) -> constants(values, function, type);
            case Answer.Expression(var text) -> {
                try {
                    Expression.evaluate(
                            text,
                            type.parameters().stream().map(_ -> (Number) 1L).toArray(Number[]::new));
                } catch (IllegalArgumentException e) {
                    if (!String.valueOf(e.getMessage()).contains("divides by zero")) {
                        throw e;
                    }
                }
            }
            case Answer.Trap(), Answer.Zero(), Answer.Log(), Answer.Text(var _), Answer.Echo() -> {}
        }
    }

    private static List<Value> constants(List<String> values, String function, FunctionType type) {
        if (values.size() != type.results().size()) {
            throw new IllegalArgumentException("%s%s gives %d values, and %d constants were given."
                    .formatted(function, type, type.results().size(), values.size()));
        }
        var found = new ArrayList<Value>();
        for (int i = 0; i < values.size(); i++) {
            switch (Values.parse(type.results().get(i), values.get(i))) {
                case Values.Good(var value) -> found.add(value);
                case Values.Bad(var reason) ->
                    throw new IllegalArgumentException("Constant %d of %s: %s".formatted(i + 1, function, reason));
            }
        }
        return found;
    }

    private long[] call(HostStub stub, String function, FunctionType type, Instance instance, long[] raw) {
        var given = Types.fromRaw(type.parameters(), raw);
        var decoded = lift.around(() ->
                HandMadeArguments.of(new InstanceMemory(instance), given, stub.strings(), instance.memory() != null));
        var at = System.nanoTime();
        var title = name + "." + function;
        try {
            var results = answer(stub, function, type, instance, given, decoded);
            tracer.write(title, decoded.arguments(), at, new WasiCall.Outcome.Gave(text(results)), 0);
            return Types.toRaw(results);
        } catch (RuntimeException e) {
            tracer.write(title, decoded.arguments(), at, new WasiCall.Outcome.Ended(String.valueOf(e.getMessage())), 0);
            throw e;
        }
    }

    private static String text(List<Value> results) {
        return String.join(" ", results.stream().map(Value::toString).toList());
    }

    private List<Value> answer(
            HostStub stub,
            String function,
            FunctionType type,
            Instance instance,
            List<Value> given,
            HandMadeArguments decoded) {
        return switch (stub.answer()) {
            case Answer.Trap() ->
                throw new HostFailure("the import %s.%s was called, which is to trap".formatted(name, function));
            case Answer.Zero() -> zeros(type);
            case Answer.Log() -> {
                lift.around(() -> write(function, decoded));
                yield zeros(type);
            }
            case Answer.Constant(var values) -> constants(values, function, type);
            case Answer.Expression(var text) -> List.of(computed(text, function, type, given));
            case Answer.Text(var text) -> give(text, function, type, instance, given, stub.strings());
            case Answer.Echo() ->
                give(
                        decoded.firstText()
                                .orElseThrow(
                                        () -> new HostFailure("%s.%s is to give its string back, and no argument is one"
                                                .formatted(name, function))),
                        function,
                        type,
                        instance,
                        given,
                        stub.strings());
        };
    }

    private static List<Value> zeros(FunctionType type) {
        return type.results().stream()
                .map(result -> new Value(result, result.kind() == ValueType.Kind.REFERENCE ? -1 : 0, 0))
                .toList();
    }

    private boolean write(String function, HandMadeArguments decoded) {
        var line = "%s.%s %s%n".formatted(name, function, WasiText.arguments(decoded.arguments()));
        try {
            log.write(line.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Value computed(String text, String function, FunctionType type, List<Value> given) {
        if (type.results().size() != 1) {
            throw new HostFailure("%s.%s%s has no single result to compute".formatted(name, function, type));
        }
        Number value;
        try {
            value = Expression.evaluate(
                    text, given.stream().map(HandMade::number).toArray(Number[]::new));
        } catch (IllegalArgumentException e) {
            throw new HostFailure(String.valueOf(e.getMessage()), e);
        }
        return switch (type.results().getFirst().kind()) {
            case I32 -> Value.i32((int) value.longValue());
            case I64 -> Value.i64(value.longValue());
            case F32 -> Value.f32(value.floatValue());
            case F64 -> Value.f64(value.doubleValue());
            case V128, REFERENCE ->
                throw new HostFailure("%s.%s%s has no number as its result".formatted(name, function, type));
        };
    }

    private static Number number(Value value) {
        return switch (value.type().kind()) {
            case F32 -> (Number) (double) value.asF32();
            case F64 -> (Number) value.asF64();
            case I32 -> (Number) (long) value.asI32();
            case I64, V128, REFERENCE -> (Number) value.low();
        };
    }

    /// Into the buffer that the guest passes, where the form has one; else into memory that the guest allocates.
    private List<Value> give(
            String text, String function, FunctionType type, Instance instance, List<Value> given, StringForm form) {
        if (type.results().size() > 1) {
            throw new HostFailure("%s.%s%s has no single result for a string".formatted(name, function, type));
        }
        var laid = GuestStrings.lay(text, form);
        var memory = new InstanceMemory(instance);
        var buffer = form == StringForm.POINTER_LENGTH && given.size() >= 2
                ? given.subList(given.size() - 2, given.size())
                : List.<Value>of();
        if (!buffer.isEmpty() && type.results().equals(List.of(ValueType.I32))) {
            if (laid.bytes().length > buffer.getLast().low()) {
                throw new HostFailure("the string for %s.%s has %d bytes, and the guest's buffer %d"
                        .formatted(
                                name,
                                function,
                                laid.bytes().length,
                                buffer.getLast().low()));
            }
            memory.write(buffer.getFirst().low(), laid.bytes());
            return List.of(Value.i32(laid.bytes().length));
        }
        if (type.results().isEmpty()) {
            return List.of();
        }
        var address = allocated(instance, function, laid.bytes().length);
        memory.write(address, laid.bytes());
        return List.of(
                type.results().getFirst().equals(ValueType.I64)
                        ? Value.i64(address << 32 | laid.bytes().length)
                        : Value.i32((int) address));
    }

    /// The guest's own function, called within the deadline of the call under way.
    private long allocated(Instance instance, String function, int size) {
        var allocator = Allocator.of(exports(instance))
                .orElseThrow(() ->
                        new HostFailure("%s.%s is to give a string, and the module exports none of %s to allocate it by"
                                .formatted(name, function, Allocator.knownNames())));
        try {
            var results = instance.export(allocator.allocate()).apply(Types.toRaw(allocator.allocateArguments(size)));
            return Integer.toUnsignedLong((int) results[0]);
        } catch (ChicoryException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new HostFailure("%s failed: %s".formatted(allocator.allocate(), e.getMessage()), e);
        }
    }

    private static List<ExportInfo> exports(Instance instance) {
        return ChicoryInstance.exportsOf(instance).stream()
                .filter(export -> export.kind() == ExternKind.FUNCTION)
                .toList();
    }
}
