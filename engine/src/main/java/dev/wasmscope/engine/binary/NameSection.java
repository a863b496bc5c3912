package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.binary.Immediate.Space;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the `name` section. Names of locals are read when a function is looked at.
final class NameSection {
    private static final int MODULE = 0;
    private static final int LOCALS = 2;
    private static final int LABELS = 3;

    private NameSection() {}

    /// Puts what it can read; what it read before a failure stays.
    ///
    /// @param fields whether subsection 10 holds names of fields, as it should; older tools put tags there
    static void read(ByteReader in, Names names, boolean fields) throws MalformedModuleException {
        while (!in.atEnd()) {
            var id = in.u8("a subsection");
            var part = in.slice(in.index("the size of a subsection"), "a subsection of the name section");
            var space = id == 10 && !fields ? Space.TAG : space(id);
            if (id == MODULE) {
                names.putModule(part.name("the module's name"));
            } else if (space != null) {
                map(part, (index, name) -> names.put(space, index, name));
            }
        }
    }

    private static @Nullable Space space(int id) {
        return switch (id) {
            case 1 -> Space.FUNCTION;
            case 4 -> Space.TYPE;
            case 5 -> Space.TABLE;
            case 6 -> Space.MEMORY;
            case 7 -> Space.GLOBAL;
            case 8 -> Space.ELEMENT;
            case 9 -> Space.DATA;
            case 11 -> Space.TAG;
            default -> null;
        };
    }

    private static void map(ByteReader in, Entry entry) throws MalformedModuleException {
        var count = in.count("names");
        for (var i = 0; i < count; i++) {
            entry.named(in.index("an index"), in.name("a name"));
        }
    }

    private interface Entry {
        void named(int index, String name);
    }

    static Map<Integer, String> locals(ByteReader in, int function) {
        return inner(in, LOCALS, function);
    }

    /// By the number of the block in the function, in the order in which blocks open.
    static Map<Integer, String> labels(ByteReader in, int function) {
        return inner(in, LABELS, function);
    }

    /// A broken section has no names: that has been noted when the module was read.
    private static Map<Integer, String> inner(ByteReader in, int subsection, int function) {
        var found = new HashMap<Integer, String>();
        try {
            while (!in.atEnd()) {
                var id = in.u8("a subsection");
                var part = in.slice(in.index("the size of a subsection"), "a subsection of the name section");
                if (id == subsection) {
                    find(part, function, found);
                    return found;
                }
            }
        } catch (MalformedModuleException e) {
            return found;
        }
        return found;
    }

    private static void find(ByteReader in, int function, Map<Integer, String> found) throws MalformedModuleException {
        var functions = in.count("functions");
        for (var i = 0; i < functions; i++) {
            if (in.index("a function index") == function) {
                map(in, found::put);
                return;
            }
            var count = in.count("names");
            for (var k = 0; k < count; k++) {
                in.index("an index");
                in.skip(in.index("the length of a name"), "a name");
            }
        }
    }
}
