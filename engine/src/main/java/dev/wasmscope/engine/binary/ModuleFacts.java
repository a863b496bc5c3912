package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.spi.ExternKind;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.ValueType;
import java.util.List;
import java.util.Optional;

/// What a module says about itself. Bodies of functions and contents of segments stay in the file: only where
/// they lie is kept.
///
/// @param functions imported ones first, as the index space has them
/// @param features proposals beyond Wasm 1.0 that the module uses, as `target_features` spells them
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
        List<ElementSegment> elements,
        List<DataSegment> data,
        Optional<Integer> startFunction,
        Optional<String> moduleName,
        List<ProducerField> producers,
        List<String> targetFeatures,
        List<String> features) {

    /// @param id 0 to 13
    /// @param name of the kind, or of the custom section
    /// @param offset of the id byte in the file
    /// @param size of the whole section with its header
    /// @param contentOffset of the first byte after the header (for custom sections: after the name)
    public record Section(int id, String name, long offset, long size, long contentOffset, long contentSize) {
        public long end() {
            return offset + size;
        }

        public boolean custom() {
            return id == 0;
        }
    }

    /// @param text as the text format writes it, for types that are not functions
    public record TypeFact(int index, Optional<FunctionType> function, String text) {}

    /// @param index in the index space of its kind
    /// @param type the signature or the limits, for people: `(i32 i32) → i32`, `1..16 pages`, `mut i32`
    public record ImportFact(String module, String name, ExternKind kind, int index, String type) {}

    public record ExportFact(String name, ExternKind kind, int index, String type) {}

    /// @param name from the name section, else from an export or import, else `func[N]`
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
            int bodySize) {}

    public record TableFact(int index, String name, ValueType element, LimitsFact limits, boolean imported) {}

    public record MemoryFact(int index, String name, LimitsFact limits, boolean imported) {}

    public record GlobalFact(int index, String name, ValueType type, boolean mutable, boolean imported, String init) {}

    /// @param minimum pages or elements
    public record LimitsFact(long minimum, Optional<Long> maximum, boolean shared, boolean wide) {
        @Override
        public String toString() {
            return maximum.map(m -> minimum + ".." + m).orElse(minimum + "..")
                    + (shared ? " shared" : "")
                    + (wide ? " i64" : "");
        }
    }

    /// @param mode `active`, `passive` or `declared`
    /// @param offsetText the offset expression as text, empty where passive
    public record ElementSegment(int index, String mode, int table, String offsetText, int count, long fileOffset) {}

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
