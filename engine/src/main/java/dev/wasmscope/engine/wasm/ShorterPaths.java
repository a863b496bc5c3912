package dev.wasmscope.engine.wasm;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.Set;

/// Makes the class that all compiled functions of a module share call [GuestSupport] and [GuestMemory]
/// instead of Chicory.
///
/// In Chicory's way a function with a stack frame reads and writes the stack pointer three times, each
/// behind three look-ups of how many globals are imported; asks with a volatile read whether its thread was
/// interrupted; and compares an address three times before the array does.
final class ShorterPaths {
    /// How the class's name ends.
    static final String SHARED = "_Shaded";

    private static final ClassDesc SUPPORT = ClassDesc.of(GuestSupport.class.getName());
    private static final ClassDesc MEMORY = ClassDesc.of(GuestMemory.class.getName());
    private static final Set<String> GLOBALS = Set.of("readGlobal", "writeGlobal");
    private static final Set<String> ACCESSES = Set.of(
            "memoryReadByte",
            "memoryReadShort",
            "memoryReadInt",
            "memoryReadLong",
            "memoryWriteByte",
            "memoryWriteShort",
            "memoryWriteInt",
            "memoryWriteLong");

    private ShorterPaths() {}

    /// @param importedGlobals whether the module has any
    /// @throws IllegalArgumentException for another class than the shared one as this version of Chicory makes it
    static byte[] shorten(byte[] shared, boolean importedGlobals) {
        var missing = new HashSet<>(ACCESSES);
        missing.add("checkInterruption");
        if (!importedGlobals) {
            missing.addAll(GLOBALS);
        }
        var classFile = ClassFile.of();
        var model = classFile.parse(shared);
        ClassTransform transform = (builder, element) -> {
            if (element instanceof MethodModel method
                    && missing.remove(method.methodName().stringValue())) {
                builder.withMethodBody(
                        method.methodName(),
                        method.methodType(),
                        method.flags().flagsMask(),
                        code -> callSupport(code, method.methodName().stringValue(), method.methodTypeSymbol()));
            } else {
                builder.with(element);
            }
        };
        var shorter = classFile.transformClass(model, transform);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("Chicory's shared class has no method " + missing);
        }
        return shorter;
    }

    private static void callSupport(CodeBuilder code, String name, MethodTypeDesc type) {
        int slot = 0;
        for (var parameter : type.parameterList()) {
            var kind = TypeKind.from(parameter);
            code.loadLocal(kind, slot);
            slot += kind.slotSize();
        }
        code.invokestatic(ACCESSES.contains(name) ? MEMORY : SUPPORT, name, type)
                .return_(TypeKind.from(type.returnType()));
    }
}
