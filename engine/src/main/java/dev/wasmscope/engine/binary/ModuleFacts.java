package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a module says about itself. Bodies of functions and contents of segments stay in the file: only where
/// they lie is kept.
///
/// @param functions imported ones first, as the index space has them; so with tables, memories, globals and tags
/// @param features proposals beyond Wasm 1.0 that sections and types use, as `target_features` spells them; what
///     the bodies use besides is told by [ModuleReader#featuresInBodies(byte[], ModuleFacts)]
/// @param notes sentences about custom sections that could not be read; they never make a module malformed
public record ModuleFacts(
        long size,
        List<Section> sections,
        List<TypeFact> types,
        List<ImportFact> imports,
        List<ExportFact> exports,
        List<FunctionFact> functions,
        List<TableFact> tables,
        List<MemoryFact> memories,
        List<GlobalFact> globals,
        List<TagFact> tags,
        List<ElementSegment> elements,
        List<DataSegment> data,
        Optional<Integer> startFunction,
        Optional<Integer> dataCount,
        Optional<String> moduleName,
        List<ProducerField> producers,
        List<String> targetFeatures,
        List<String> features,
        List<String> notes) {

    /// How many functions are imported: the index of the first one with a body.
    public int importedFunctions() {
        return (int)
                imports.stream().filter(i -> i.kind() == ExternKind.FUNCTION).count();
    }

    /// @param id 0 to 13
    /// @param name of the kind, or of the custom section
    /// @param offset of the id byte in the file
    /// @param size of the whole section with its header
    /// @param contentOffset of the first byte after the header (for custom sections: after the name)
    /// @param entries how many types, functions, segments it holds; empty where it holds none
    public record Section(
            int id, String name, long offset, long size, long contentOffset, long contentSize, OptionalInt entries) {
        public long end() {
            return offset + size;
        }

        public boolean custom() {
            return id == 0;
        }
    }

    /// @param name from the name section, else empty
    /// @param text as the text format writes it: `(func (param i32) (result i32))`
    public record TypeFact(int index, String name, Optional<FunctionType> function, String text) {}

    /// @param index in the index space of its kind
    /// @param type the signature or the limits, for people: `(i32 i32) → i32`, `1..16 pages`, `mut i32`
    public record ImportFact(String module, String name, ExternKind kind, int index, String type) {}

    public record ExportFact(String name, ExternKind kind, int index, String type) {}

    /// @param name from the name section, else from an export, else `module.name` of an import, else `func[N]`
    /// @param bodyOffset of the body's size field in the file; -1 where imported
    /// @param codeOffset of the first byte of the body (its local declarations); -1 where imported
    /// @param bodySize bytes from codeOffset on; 0 where imported
    public record FunctionFact(
            int index,
            String name,
            int typeIndex,
            FunctionType type,
            boolean imported,
            long bodyOffset,
            long codeOffset,
            int bodySize) {
        /// Whether the module itself gives the function a name.
        public boolean named() {
            return !name.equals(nameless(index));
        }

        static String nameless(int index) {
            return "func[" + index + "]";
        }
    }

    /// @param name from the name section, else from an import, else empty
    public record TableFact(int index, String name, ValueType element, LimitsFact limits, boolean imported) {}

    /// @param name from the name section, else from an export or import, else empty; so with globals and tags
    public record MemoryFact(int index, String name, LimitsFact limits, boolean imported) {}

    /// @param init the constant expression as text; empty where imported
    public record GlobalFact(int index, String name, ValueType type, boolean mutable, boolean imported, String init) {}

    public record TagFact(int index, String name, int typeIndex, FunctionType type, boolean imported) {}

    /// @param minimum pages or elements, unsigned
    /// @param wide addressed by i64
    /// @param pageSizeLog2 where a memory's pages are not 64 KiB
    public record LimitsFact(
            long minimum, Optional<Long> maximum, boolean shared, boolean wide, OptionalInt pageSizeLog2) {
        /// `1..2 shared i64`.
        @Override
        public String toString() {
            return Long.toUnsignedString(minimum)
                    + ".."
                    + maximum.map(Long::toUnsignedString).orElse("")
                    + (shared ? " shared" : "")
                    + (wide ? " i64" : "")
                    + (pageSizeLog2.isPresent() ? " pagesize=2^" + pageSizeLog2.getAsInt() : "");
        }
    }

    /// @param name from the name section, else empty
    /// @param mode `active`, `passive` or `declared`
    /// @param offsetText the offset expression as text, empty where passive
    /// @param fileOffset of the first element; `length` bytes from there hold all of them
    public record ElementSegment(
            int index,
            String name,
            String mode,
            int table,
            ValueType type,
            String offsetText,
            int count,
            long fileOffset,
            long length) {}

    /// @param name from the name section, else empty
    /// @param mode `active` or `passive`
    /// @param address where a constant says so
    /// @param fileOffset of the first byte of the contents
    public record DataSegment(
            int index,
            String name,
            String mode,
            int memory,
            String offsetText,
            Optional<Long> address,
            long fileOffset,
            long length) {}

    /// One entry of the `producers` section: `processed-by`, `clang`, `19.1.7`.
    public record ProducerField(String field, String name, String version) {}
}
