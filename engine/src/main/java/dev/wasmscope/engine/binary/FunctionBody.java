package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.binary.ModuleFacts.FunctionFact;
import dev.wasmscope.engine.spi.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One body: declarations of locals, then code.
final class FunctionBody {
    /// What engines accept (the JavaScript API's limit); a body can claim four thousand million in six bytes.
    private static final int MOST_LOCALS = 50_000;

    /// `count` locals of one type, declared by `length` bytes at `offset`.
    record LocalGroup(int offset, int length, int count, ValueType type) {}

    private final FunctionFact function;
    private final ByteReader in;
    private final List<LocalGroup> locals;

    private FunctionBody(FunctionFact function, ByteReader in, List<LocalGroup> locals) {
        this.function = function;
        this.in = in;
        this.locals = locals;
    }

    /// @param function one that is not imported
    static FunctionBody open(byte[] module, FunctionFact function) throws MalformedModuleException {
        var start = (int) function.codeOffset();
        var in = new ByteReader(module, start, start + function.bodySize(), "the body of function " + function.index());
        var types = new TypeReader(in, new HashSet<>());
        var groups = in.count("groups of locals");
        var locals = new ArrayList<LocalGroup>();
        var total = (long) function.type().parameters().size();
        for (var i = 0; i < groups; i++) {
            var at = in.position();
            var count = in.u32("the number of locals");
            var type = types.value();
            total += count;
            if (total > MOST_LOCALS) {
                throw new MalformedModuleException(
                        "Function %d declares %d locals; engines accept %d"
                                .formatted(function.index(), total, MOST_LOCALS),
                        at);
            }
            locals.add(new LocalGroup(at, in.position() - at, (int) count, type));
        }
        return new FunctionBody(function, in, locals);
    }

    List<LocalGroup> locals() {
        return locals;
    }

    /// @param features gets the proposals that the code belongs to
    InstructionReader code(Set<String> features) {
        return new InstructionReader(in, features);
    }

    void checkEnd() throws MalformedModuleException {
        if (!in.atEnd()) {
            throw new MalformedModuleException(
                    "The body of function %d goes on for %s after its last end"
                            .formatted(function.index(), Sentences.bytes(in.remaining())),
                    in.position());
        }
    }
}
