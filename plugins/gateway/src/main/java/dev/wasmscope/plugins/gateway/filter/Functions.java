package dev.wasmscope.plugins.gateway.filter;

import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.GuestMemory;
import dev.wasmscope.engine.spi.HostFunction;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Host functions by what they take and give; texts and bytes cross as [GuestStrings] says.
final class Functions {
    private static final ValueType I32 = ValueType.I32;

    private final GuestStrings strings;
    private final List<HostFunction> list = new ArrayList<>();

    Functions(GuestStrings strings) {
        this.strings = strings;
    }

    List<HostFunction> list() {
        return list;
    }

    void text(String name, Supplier<String> get) {
        add(name, List.of(), List.of(I32), (memory, _) -> address(strings.give(memory, get.get())));
    }

    void texts(String name, Supplier<List<String>> get) {
        add(name, List.of(), List.of(I32), (memory, _) -> address(strings.give(memory, get.get())));
    }

    void textBy(String name, Function<String, String> get) {
        add(
                name,
                List.of(I32),
                List.of(I32),
                (memory, arguments) -> address(strings.give(memory, get.apply(string(memory, arguments, 0)))));
    }

    void takeText(String name, Consumer<String> set) {
        add(name, List.of(I32), List.of(), (memory, arguments) -> {
            set.accept(string(memory, arguments, 0));
            return List.of();
        });
    }

    void takeTexts(String name, BiConsumer<String, String> set) {
        add(name, List.of(I32, I32), List.of(), (memory, arguments) -> {
            set.accept(string(memory, arguments, 0), string(memory, arguments, 1));
            return List.of();
        });
    }

    void bytes(String name, Supplier<byte[]> get) {
        add(name, List.of(), List.of(I32), (memory, _) -> address(strings.give(memory, get.get())));
    }

    void bytesBy(String name, Function<String, byte[]> get) {
        add(
                name,
                List.of(I32),
                List.of(I32),
                (memory, arguments) -> address(strings.give(memory, get.apply(string(memory, arguments, 0)))));
    }

    void takeBytes(String name, Consumer<byte[]> set) {
        add(name, List.of(I32), List.of(), (memory, arguments) -> {
            set.accept(strings.bytes(memory, arguments.getFirst().asI32()));
            return List.of();
        });
    }

    void takeBytesBy(String name, BiConsumer<String, byte[]> set) {
        add(name, List.of(I32, I32), List.of(), (memory, arguments) -> {
            set.accept(
                    string(memory, arguments, 0),
                    strings.bytes(memory, arguments.get(1).asI32()));
            return List.of();
        });
    }

    /// One that takes a text and maybe a number.
    void byText(String name, List<ValueType> more, List<ValueType> results, Keyed body) {
        var parameters = new ArrayList<ValueType>();
        parameters.add(I32);
        parameters.addAll(more);
        add(
                name,
                parameters,
                results,
                (memory, arguments) -> body.call(string(memory, arguments, 0), arguments.getLast()));
    }

    void add(String name, List<ValueType> parameters, List<ValueType> results, HostFunction.Body body) {
        list.add(new HostFunction(name, new FunctionType(parameters, results), body));
    }

    String string(GuestMemory memory, List<Value> arguments, int position) {
        return strings.string(memory, arguments.get(position).asI32());
    }

    private static List<Value> address(int address) {
        return List.of(Value.i32(address));
    }

    @FunctionalInterface
    interface Keyed {
        /// @param last the last argument; the text's address where there is no other
        List<Value> call(String text, Value last);
    }
}
