package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.binary.ModuleFacts.DataSegment;
import dev.wasmscope.engine.binary.ModuleFacts.ElementSegment;
import dev.wasmscope.engine.binary.ModuleFacts.ExportFact;
import dev.wasmscope.engine.binary.ModuleFacts.FunctionFact;
import dev.wasmscope.engine.binary.ModuleFacts.GlobalFact;
import dev.wasmscope.engine.binary.ModuleFacts.ImportFact;
import dev.wasmscope.engine.binary.ModuleFacts.MemoryFact;
import dev.wasmscope.engine.binary.ModuleFacts.Section;
import dev.wasmscope.engine.binary.ModuleFacts.TableFact;
import dev.wasmscope.engine.binary.ModuleFacts.TagFact;
import dev.wasmscope.engine.binary.ModuleFacts.TypeFact;
import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.FunctionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// What has been read of a module so far, section by section, and the facts made from it at the end, when the names
/// are known.
final class ModuleContents {
    private final Set<String> features = new TreeSet<>();
    private final List<Section> sections = new ArrayList<>();
    private List<TypeFact> types = List.of();
    private final List<ImportFact> imports = new ArrayList<>();
    private final List<ExportFact> exports = new ArrayList<>();
    private final List<FunctionFact> functions = new ArrayList<>();
    private final List<TableFact> tables = new ArrayList<>();
    private final List<MemoryFact> memories = new ArrayList<>();
    private final List<GlobalFact> globals = new ArrayList<>();
    private final List<TagFact> tags = new ArrayList<>();
    private List<ElementSegment> elements = List.of();
    private List<DataSegment> data = List.of();
    private Optional<Integer> start = Optional.empty();
    private Optional<Integer> dataCount = Optional.empty();
    private int importedFunctions;
    private int bodies;
    private final Naming naming = new Naming();
    private final CustomSections custom = new CustomSections(naming.own());

    /// @param header offset of the section's id byte
    void custom(int header, ByteReader in) throws MalformedModuleException {
        var name = in.name("the name of a custom section");
        sections.add(
                new Section(0, name, header, in.end() - header, in.position(), in.remaining(), OptionalInt.empty()));
        custom.read(name, in, types.stream().anyMatch(t -> t.text().contains("(struct")));
    }

    void section(SectionKind kind, int header, ByteReader in) throws MalformedModuleException {
        var contents = in.position();
        var entries = switch (kind) {
            case TYPE -> {
                types = new TypeReader(in, features).section();
                yield types.size();
            }
            case IMPORT -> imports(in);
            case FUNCTION -> functions(in);
            case TABLE -> tables(in);
            case MEMORY -> memories(in);
            case TAG -> tags(in);
            case GLOBAL -> globals(in);
            case EXPORT -> exports(in);
            case START -> start(in);
            case ELEMENT -> {
                elements = new SegmentReader(in, features).elements();
                yield elements.size();
            }
            case DATA_COUNT -> dataCount(in);
            case CODE -> code(in);
            case DATA -> {
                data = new SegmentReader(in, features).data();
                yield data.size();
            }
        };
        if (!in.atEnd()) {
            throw new MalformedModuleException(
                    "%s goes on for %s after its last entry"
                            .formatted(Sentences.capital(kind.title()), Sentences.bytes(in.remaining())),
                    in.position());
        }
        sections.add(new Section(
                kind.id(),
                kind.keyword(),
                header,
                in.end() - header,
                contents,
                in.end() - contents,
                kind == SectionKind.START ? OptionalInt.empty() : OptionalInt.of(entries)));
    }

    private int imports(ByteReader in) throws MalformedModuleException {
        var count = in.count("imports");
        for (var i = 0; i < count; i++) {
            var module = in.name("the module of an import");
            var name = in.name("the name of an import");
            var start = in.position();
            var kind = in.u8("the kind of an import");
            var imported = switch (kind) {
                case 0 -> importedFunction(in);
                case 1 -> importedTable(in);
                case 2 -> importedMemory(in);
                case 3 -> importedGlobal(in);
                case 4 -> importedTag(in);
                default ->
                    throw new MalformedModuleException(
                            "Unknown kind 0x%02x of import %s.%s".formatted(kind, module, name), start);
            };
            imports.add(new ImportFact(module, name, imported.kind, imported.index, imported.type));
            naming.fallback(imported.kind, imported.index, module + "." + name);
        }
        importedFunctions = functions.size();
        return count;
    }

    private record Imported(ExternKind kind, int index, String type) {}

    private Imported importedFunction(ByteReader in) throws MalformedModuleException {
        var at = in.position();
        var typeIndex = in.index("a type index");
        var type = functionType(typeIndex, at);
        functions.add(new FunctionFact(functions.size(), "", typeIndex, type, true, -1, -1, 0));
        return new Imported(ExternKind.FUNCTION, functions.size() - 1, type.toString());
    }

    private Imported importedTable(ByteReader in) throws MalformedModuleException {
        tables.add(table(in, true));
        return new Imported(ExternKind.TABLE, tables.size() - 1, text(tables.getLast()));
    }

    private Imported importedMemory(ByteReader in) throws MalformedModuleException {
        memories.add(memory(in, true));
        return new Imported(ExternKind.MEMORY, memories.size() - 1, text(memories.getLast()));
    }

    private Imported importedGlobal(ByteReader in) throws MalformedModuleException {
        var type = new TypeReader(in, features).value();
        var mutable = new TypeReader(in, features).mutable("a global");
        if (mutable) {
            features.add("mutable-globals");
        }
        globals.add(new GlobalFact(globals.size(), "", type, mutable, true, ""));
        return new Imported(ExternKind.GLOBAL, globals.size() - 1, text(globals.getLast()));
    }

    private Imported importedTag(ByteReader in) throws MalformedModuleException {
        tags.add(tag(in, true));
        return new Imported(
                ExternKind.TAG, tags.size() - 1, tags.getLast().type().toString());
    }

    private int functions(ByteReader in) throws MalformedModuleException {
        var count = in.count("functions");
        for (var i = 0; i < count; i++) {
            var at = in.position();
            var typeIndex = in.index("a type index");
            functions.add(
                    new FunctionFact(functions.size(), "", typeIndex, functionType(typeIndex, at), false, -1, -1, 0));
        }
        return count;
    }

    private FunctionType functionType(int index, int at) throws MalformedModuleException {
        if (index >= types.size()) {
            throw new MalformedModuleException(
                    "Type %d is used, but the module has %s".formatted(index, Sentences.counted(types.size(), "type")),
                    at);
        }
        return types.get(index)
                .function()
                .orElseThrow(() -> new MalformedModuleException(
                        "Type %d is used as the type of a function, but it is %s"
                                .formatted(index, types.get(index).text()),
                        at));
    }

    private int tables(ByteReader in) throws MalformedModuleException {
        var count = in.count("tables");
        for (var i = 0; i < count; i++) {
            var initialised = in.peek() == 0x40;
            if (initialised) {
                in.skip(2, "a table");
                features.add("gc");
            }
            tables.add(table(in, false));
            if (initialised) {
                ConstantExpression.skip(in, features);
            }
        }
        if (tables.size() > 1) {
            features.add("reference-types");
        }
        return count;
    }

    private TableFact table(ByteReader in, boolean imported) throws MalformedModuleException {
        var type = new TypeReader(in, features);
        return new TableFact(tables.size(), "", type.reference(), type.limits(), imported);
    }

    private int memories(ByteReader in) throws MalformedModuleException {
        var count = in.count("memories");
        for (var i = 0; i < count; i++) {
            memories.add(memory(in, false));
        }
        if (memories.size() > 1) {
            features.add("multimemory");
        }
        return count;
    }

    private MemoryFact memory(ByteReader in, boolean imported) throws MalformedModuleException {
        return new MemoryFact(memories.size(), "", new TypeReader(in, features).limits(), imported);
    }

    private int tags(ByteReader in) throws MalformedModuleException {
        var count = in.count("tags");
        for (var i = 0; i < count; i++) {
            tags.add(tag(in, false));
        }
        return count;
    }

    private TagFact tag(ByteReader in, boolean imported) throws MalformedModuleException {
        features.add("exception-handling");
        var start = in.position();
        var attribute = in.u8("the attribute of a tag");
        if (attribute != 0) {
            throw new MalformedModuleException("Unknown attribute 0x%02x of a tag".formatted(attribute), start);
        }
        var at = in.position();
        var typeIndex = in.index("a type index");
        return new TagFact(tags.size(), "", typeIndex, functionType(typeIndex, at), imported);
    }

    private int globals(ByteReader in) throws MalformedModuleException {
        var count = in.count("globals");
        for (var i = 0; i < count; i++) {
            var types = new TypeReader(in, features);
            var type = types.value();
            var mutable = types.mutable("a global");
            var init = ConstantExpression.read(in, features).text();
            globals.add(new GlobalFact(globals.size(), "", type, mutable, false, init));
        }
        return count;
    }

    private int exports(ByteReader in) throws MalformedModuleException {
        var count = in.count("exports");
        for (var i = 0; i < count; i++) {
            var name = in.name("the name of an export");
            var start = in.position();
            var code = in.u8("the kind of an export");
            var kind = switch (code) {
                case 0 -> ExternKind.FUNCTION;
                case 1 -> ExternKind.TABLE;
                case 2 -> ExternKind.MEMORY;
                case 3 -> ExternKind.GLOBAL;
                case 4 -> ExternKind.TAG;
                default ->
                    throw new MalformedModuleException(
                            "Unknown kind 0x%02x of export \"%s\"".formatted(code, name), start);
            };
            var at = in.position();
            var index = in.index("the index of an export");
            exports.add(new ExportFact(name, kind, index, exported(name, kind, index, at)));
            // Every toolchain exports its table under the same long name, which says nothing at a call.
            if (kind != ExternKind.TABLE) {
                naming.fallback(kind, index, name);
            }
            if (kind == ExternKind.GLOBAL && globals.get(index).mutable()) {
                features.add("mutable-globals");
            }
        }
        return count;
    }

    private String exported(String name, ExternKind kind, int index, int at) throws MalformedModuleException {
        var size = switch (kind) {
            case FUNCTION -> functions.size();
            case TABLE -> tables.size();
            case MEMORY -> memories.size();
            case GLOBAL -> globals.size();
            case TAG -> tags.size();
        };
        if (index >= size) {
            throw new MalformedModuleException(
                    "Export \"%s\" is %s %d, but the module has %s"
                            .formatted(name, kind, index, size == 0 ? "none" : "only " + size),
                    at);
        }
        return switch (kind) {
            case FUNCTION -> functions.get(index).type().toString();
            case TABLE -> text(tables.get(index));
            case MEMORY -> text(memories.get(index));
            case GLOBAL -> text(globals.get(index));
            case TAG -> tags.get(index).type().toString();
        };
    }

    private static String text(TableFact table) {
        return table.limits() + " " + table.element().text();
    }

    private static String text(MemoryFact memory) {
        return memory.limits() + " pages";
    }

    private static String text(GlobalFact global) {
        return (global.mutable() ? "mut " : "") + global.type().text();
    }

    private int start(ByteReader in) throws MalformedModuleException {
        var at = in.position();
        var index = in.index("the start function");
        if (index >= functions.size()) {
            throw new MalformedModuleException(
                    "The start function is %d, but the module has %s"
                            .formatted(index, Sentences.counted(functions.size(), "function")),
                    at);
        }
        start = Optional.of(index);
        return 1;
    }

    private int dataCount(ByteReader in) throws MalformedModuleException {
        features.add("bulk-memory");
        dataCount = Optional.of(in.index("the number of data segments"));
        return dataCount.get();
    }

    /// Keeps where each body lies and goes on behind it.
    private int code(ByteReader in) throws MalformedModuleException {
        var start = in.position();
        bodies = in.count("function bodies");
        var declared = functions.size() - importedFunctions;
        if (bodies != declared) {
            throw new MalformedModuleException(
                    "The code section holds %s, but the function section declares %d"
                            .formatted(Sentences.counted(bodies, "body"), declared),
                    start);
        }
        for (var i = 0; i < bodies; i++) {
            var index = importedFunctions + i;
            var at = in.position();
            var size = in.index("the size of a function body");
            var first = in.position();
            in.skip(size, "the body of function " + index);
            var f = functions.get(index);
            functions.set(index, new FunctionFact(index, "", f.typeIndex(), f.type(), false, at, first, size));
        }
        return bodies;
    }

    ModuleFacts facts(long size) throws MalformedModuleException {
        var declared = functions.size() - importedFunctions;
        if (bodies != declared) {
            throw new MalformedModuleException(
                    "The function section declares %s, but the code section is missing"
                            .formatted(Sentences.counted(declared, "function")),
                    size);
        }
        if (dataCount.isPresent() && dataCount.get() != data.size()) {
            throw new MalformedModuleException(
                    "The data count section says %d, but there are %s"
                            .formatted(dataCount.get(), Sentences.counted(data.size(), "data segment")),
                    size);
        }
        return new ModuleFacts(
                size,
                List.copyOf(sections),
                types.stream().map(naming::named).toList(),
                List.copyOf(imports),
                List.copyOf(exports),
                functions.stream().map(naming::named).toList(),
                tables.stream().map(naming::named).toList(),
                memories.stream().map(naming::named).toList(),
                globals.stream().map(naming::named).toList(),
                tags.stream().map(naming::named).toList(),
                elements.stream().map(naming::named).toList(),
                data.stream().map(naming::named).toList(),
                start,
                dataCount,
                naming.own().module(),
                List.copyOf(custom.producers),
                List.copyOf(custom.targetFeatures),
                List.copyOf(features),
                List.copyOf(custom.notes));
    }
}
