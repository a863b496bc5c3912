package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.util.function.Function;

/// Loads a module's classes when they are first called: most of a large module never is.
final class StoredClasses extends ClassLoader {
    private final StoredCode code;

    StoredClasses(StoredCode code) {
        super(Machine.class.getClassLoader());
        this.code = code;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        ByteBuffer bytes = code.classes().get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes.duplicate(), null);
    }

    /// @throws LinkageError when the classes are not what Chicory makes
    @SuppressWarnings("unchecked")
    Function<Instance, Machine> machines() {
        try {
            var constructor =
                    loadClass(code.mainClass()).asSubclass(Machine.class).getConstructor(Instance.class);
            return MethodHandleProxies.asInterfaceInstance(
                    Function.class, MethodHandles.publicLookup().unreflectConstructor(constructor));
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new LinkageError("No machine in stored code", e);
        }
    }
}
