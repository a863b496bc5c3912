package dev.wasmscope.plugins.gateway;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// What happens on SIGHUP, as long as it is open: servers read anew then what they were given, where
/// programs end.
///
/// Through reflection, since the compiler warns of `sun.misc`, which has stood for decades, without a way
/// to say that it is meant.
final class Hangup implements AutoCloseable {
    private final Class<?> handlers;
    private final Object signal;
    private final @Nullable Object before;

    private Hangup(Class<?> handlers, Object signal, Object handler) throws ReflectiveOperationException {
        this.handlers = handlers;
        this.signal = signal;
        this.before = handle(handler);
    }

    /// @param action on a thread of its own
    /// @return null where there is no such signal: on Windows, say, or where the user asked Java not to use it
    static @Nullable Hangup on(Runnable action) {
        try {
            var handlers = Class.forName("sun.misc.SignalHandler");
            var signal = Class.forName("sun.misc.Signal")
                    .getConstructor(String.class)
                    .newInstance("HUP");
            var handler = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(),
                    new Class<?>[] {handlers},
                    (self, method, arguments) -> asked(self, method, arguments, action));
            return new Hangup(handlers, signal, handler);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    @SuppressWarnings("ReferenceEquality") // a handler is itself only
    private static @Nullable Object asked(Object self, Method method, Object[] arguments, Runnable action) {
        return switch (method.getName()) {
            case "handle" -> {
                action.run();
                yield null;
            }
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "reload on SIGHUP";
        };
    }

    private @Nullable Object handle(@Nullable Object handler) throws ReflectiveOperationException {
        return signal.getClass()
                .getMethod("handle", signal.getClass(), handlers)
                .invoke(null, signal, handler);
    }

    @Override
    public void close() {
        try {
            handle(before);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("SIGHUP cannot be given back.", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("SIGHUP cannot be given back.", e);
        }
    }
}
