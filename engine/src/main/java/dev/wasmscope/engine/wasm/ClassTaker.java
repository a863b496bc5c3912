package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.compiler.Cache;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarInputStream;
import org.jspecify.annotations.Nullable;

/// Takes the classes that Chicory's compiler hands to its cache, which it does as a jar, and gives them [ShorterPaths].
final class ClassTaker implements Cache {
    private static final String CLASS = ".class";

    private final String mainClass;
    private final boolean interpreted;
    private final boolean importedGlobals;
    private final Map<String, ByteBuffer> classes = new LinkedHashMap<>();

    /// @param importedGlobals whether the module has any
    ClassTaker(String mainClass, boolean interpreted, boolean importedGlobals) {
        this.mainClass = mainClass;
        this.interpreted = interpreted;
        this.importedGlobals = importedGlobals;
    }

    @Override
    public byte @Nullable [] get(String key) {
        return null;
    }

    @Override
    public void putIfAbsent(String key, byte[] jar) throws IOException {
        try (var in = new JarInputStream(new ByteArrayInputStream(jar))) {
            for (var entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                var name = entry.getName();
                if (name.endsWith(CLASS)) {
                    var className =
                            name.substring(0, name.length() - CLASS.length()).replace('/', '.');
                    classes.put(className, ByteBuffer.wrap(shortened(className, in.readAllBytes())));
                }
            }
        }
    }

    private byte[] shortened(String className, byte[] bytes) {
        return className.endsWith(ShorterPaths.SHARED) ? ShorterPaths.shorten(bytes, importedGlobals) : bytes;
    }

    StoredCode code() {
        return new StoredCode(mainClass, interpreted, classes);
    }
}
