package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.CustomSection;
import com.dylibso.chicory.wasm.types.DataCountSection;
import com.dylibso.chicory.wasm.types.DataSection;
import com.dylibso.chicory.wasm.types.ElementSection;
import com.dylibso.chicory.wasm.types.ExportSection;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionSection;
import com.dylibso.chicory.wasm.types.GlobalSection;
import com.dylibso.chicory.wasm.types.ImportSection;
import com.dylibso.chicory.wasm.types.MemorySection;
import com.dylibso.chicory.wasm.types.Section;
import com.dylibso.chicory.wasm.types.SectionId;
import com.dylibso.chicory.wasm.types.StartSection;
import com.dylibso.chicory.wasm.types.TableSection;
import com.dylibso.chicory.wasm.types.TagSection;
import com.dylibso.chicory.wasm.types.TypeSection;
import java.io.ByteArrayInputStream;
import java.util.List;

/// A module without its code, for an instance whose code was compiled before: parsing and validating code takes longer
/// than everything else at the start.
final class Skeleton {
    private static final FunctionBody NO_CODE = new FunctionBody(List.of(), List.of());

    private Skeleton() {}

    /// @param module one that was parsed and validated before, byte for byte
    static WasmModule of(byte[] module) {
        var parts = WasmModule.builder().withValidation(false);
        parser().parse(new ByteArrayInputStream(module), section -> add(section, parts));
        return parts.build();
    }

    private static Parser parser() {
        var parser = Parser.builder();
        for (int id = SectionId.CUSTOM; id <= SectionId.TAG; id++) {
            if (id != SectionId.CODE) {
                parser.includeSectionId(id);
            }
        }
        return parser.build();
    }

    private static void add(Section section, WasmModule.Builder parts) {
        switch (section) {
            case TypeSection types -> parts.setTypeSection(types);
            case ImportSection imports -> parts.setImportSection(imports);
            case FunctionSection functions ->
                parts.setFunctionSection(functions).setCodeSection(noCode(functions.functionCount()));
            case TableSection tables -> parts.setTableSection(tables);
            case MemorySection memories -> parts.setMemorySection(memories);
            case GlobalSection globals -> parts.setGlobalSection(globals);
            case ExportSection exports -> parts.setExportSection(exports);
            case StartSection start -> parts.setStartSection(start);
            case ElementSection elements -> parts.setElementSection(elements);
            case DataSection data -> parts.setDataSection(data);
            case DataCountSection count -> parts.setDataCountSection(count);
            case TagSection tags -> parts.setTagSection(tags);
            case CustomSection custom -> parts.addCustomSection(custom.name(), custom);
            default -> throw new ChicoryException("A section of an unknown kind, " + section.sectionId());
        }
    }

    private static CodeSection noCode(int functions) {
        var code = CodeSection.builder();
        for (int i = 0; i < functions; i++) {
            code.addFunctionBody(NO_CODE);
        }
        return code.build();
    }
}
