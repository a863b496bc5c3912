package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import java.lang.reflect.Constructor;
import java.nio.ByteBuffer;
import java.util.function.Function;

/// Loads a module's classes when they are first called: most of a large module never is.
final class StoredClasses extends ClassLoader {
    private final StoredCode code;

    StoredClasses(StoredCode code) {
        super(Machine.class.getClassLoader());
        this.code = code;
    }

    /// Its own first: to ask the class path for each of them in vain opens every jar there is.
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!code.classes().containsKey(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
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
    Function<Instance, Machine> machines() {
        try {
            var constructor =
                    loadClass(code.mainClass()).asSubclass(Machine.class).getConstructor(Instance.class);
            return instance -> machine(constructor, instance);
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new LinkageError("No machine in stored code", e);
        }
    }

    private static Machine machine(Constructor<? extends Machine> constructor, Instance instance) {
        try {
            return constructor.newInstance(instance);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Stored code makes no machine", e);
        }
    }
}
