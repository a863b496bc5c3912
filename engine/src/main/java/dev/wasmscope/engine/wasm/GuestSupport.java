package dev.wasmscope.engine.wasm;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What compiled guests do most often besides looking into memory, called by their classes; see [ShorterPaths].
///
/// Public for these classes alone.
public final class GuestSupport {
    private static final VarHandle GLOBALS;
    private static final VarHandle RUNG;

    /// Whether any guest of this process was ever interrupted. Opaque reads keep no other loads from being moved or
    /// shared, which the volatile one in [Thread#isInterrupted] does at every call and loop of the guest.
    @SuppressWarnings("UnusedVariable") // through RUNG
    private static boolean rung;

    static {
        try {
            var own = MethodHandles.lookup();
            RUNG = own.findStaticVarHandle(GuestSupport.class, "rung", boolean.class);
            GLOBALS = MethodHandles.privateLookupIn(Instance.class, own)
                    .findVarHandle(Instance.class, "globals", GlobalInstance[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private GuestSupport() {}

    /// The only way in which guest code may be interrupted: it does not look for other interrupts.
    static void interrupt(Thread guest) {
        RUNG.setVolatile(true);
        guest.interrupt();
    }

    /// At every call and every round of a loop.
    public static void checkInterruption() {
        if ((boolean) RUNG.getOpaque() && Thread.currentThread().isInterrupted()) {
            throw new ChicoryInterruptedException("Thread interrupted");
        }
    }

    /// Of an instance without imported globals.
    public static long readGlobal(int index, Instance instance) {
        return ((GlobalInstance[]) GLOBALS.get(instance))[index].getValue();
    }

    /// Of an instance without imported globals.
    public static void writeGlobal(long value, int index, Instance instance) {
        ((GlobalInstance[]) GLOBALS.get(instance))[index].setValue(value);
    }
}
