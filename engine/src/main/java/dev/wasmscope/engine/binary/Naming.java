package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.binary.Immediate.Space;
import dev.wasmscope.engine.binary.ModuleFacts.DataSegment;
import dev.wasmscope.engine.binary.ModuleFacts.ElementSegment;
import dev.wasmscope.engine.binary.ModuleFacts.FunctionFact;
import dev.wasmscope.engine.binary.ModuleFacts.GlobalFact;
import dev.wasmscope.engine.binary.ModuleFacts.MemoryFact;
import dev.wasmscope.engine.binary.ModuleFacts.TableFact;
import dev.wasmscope.engine.binary.ModuleFacts.TagFact;
import dev.wasmscope.engine.binary.ModuleFacts.TypeFact;
import dev.wasmscope.engine.spi.ExternKind;

/// Gives facts their names once the whole module was read: those of its name section, else what it is imported or
/// exported as.
final class Naming {
    private final Names own = new Names();
    private final Names fallback = new Names();

    /// The names of the name section.
    Names own() {
        return own;
    }

    void fallback(ExternKind kind, int index, String name) {
        fallback.put(space(kind), index, name);
    }

    TypeFact named(TypeFact t) {
        return new TypeFact(t.index(), own(Space.TYPE, t.index()), t.function(), t.text());
    }

    private String own(Space space, int index) {
        return own.of(space, index);
    }

    private String name(Space space, int index) {
        var own = own(space, index);
        return own.isEmpty() ? fallback.of(space, index) : own;
    }

    FunctionFact named(FunctionFact f) {
        var name = name(Space.FUNCTION, f.index());
        return new FunctionFact(
                f.index(),
                name.isEmpty() ? FunctionFact.nameless(f.index()) : name,
                f.typeIndex(),
                f.type(),
                f.imported(),
                f.bodyOffset(),
                f.codeOffset(),
                f.bodySize());
    }

    TableFact named(TableFact t) {
        return new TableFact(t.index(), name(Space.TABLE, t.index()), t.element(), t.limits(), t.imported());
    }

    MemoryFact named(MemoryFact m) {
        return new MemoryFact(m.index(), name(Space.MEMORY, m.index()), m.limits(), m.imported());
    }

    GlobalFact named(GlobalFact g) {
        return new GlobalFact(g.index(), name(Space.GLOBAL, g.index()), g.type(), g.mutable(), g.imported(), g.init());
    }

    TagFact named(TagFact t) {
        return new TagFact(t.index(), name(Space.TAG, t.index()), t.typeIndex(), t.type(), t.imported());
    }

    ElementSegment named(ElementSegment s) {
        return new ElementSegment(
                s.index(),
                own(Space.ELEMENT, s.index()),
                s.mode(),
                s.table(),
                s.type(),
                s.offsetText(),
                s.count(),
                s.fileOffset(),
                s.length());
    }

    DataSegment named(DataSegment s) {
        var own = own(Space.DATA, s.index());
        return own.isEmpty()
                ? s
                : new DataSegment(
                        s.index(), own, s.mode(), s.memory(), s.offsetText(), s.address(), s.fileOffset(), s.length());
    }

    private static Space space(ExternKind kind) {
        return switch (kind) {
            case FUNCTION -> Space.FUNCTION;
            case TABLE -> Space.TABLE;
            case MEMORY -> Space.MEMORY;
            case GLOBAL -> Space.GLOBAL;
            case TAG -> Space.TAG;
        };
    }
}
