package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.GuestFailedException;
import java.nio.ByteBuffer;

/// One input after the other: begun, and where its call fails, undone as if it had not come, with a note in the log.
final class Inputs {
    static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

    private final Containment containment;
    private final InputLog log;
    private long traps;

    Inputs(Containment containment, InputLog log) {
        this.containment = containment;
        this.log = log;
    }

    /// A call of the guest and the note of it in the log.
    interface Work {
        void run() throws GuestFailedException;
    }

    void begin() {
        containment.turnBegins();
        log.begin();
    }

    /// Where inputs are put down.
    EventBuffer events() {
        return log.events();
    }

    /// @return false when it failed, and everything is as if it had not begun
    boolean attempt(Work work) {
        begin();
        try {
            work.run();
            return true;
        } catch (GuestFailedException e) {
            undo(e);
            return false;
        }
    }

    /// Back to before a call that failed, and a note of it.
    void undo(GuestFailedException why) {
        goBack(why);
        trapped(0, NO_BYTES, why);
    }

    /// Back to before a call that failed.
    ///
    /// @throws WasmRedisException when that cannot be done
    void goBack(GuestFailedException why) {
        if (!containment.possible()) {
            throw ended(why);
        }
        containment.goBack();
    }

    /// @param bytes of the request that failed
    void trapped(int client, ByteBuffer bytes, GuestFailedException why) {
        log.events().trapped(client, bytes, sentence(why));
        if (!Containment.outOfMemory(why)) {
            traps++;
        }
    }

    /// How many failed.
    long traps() {
        return traps;
    }

    static WasmRedisException ended(GuestFailedException e) {
        return new WasmRedisException("Redis in Wasm has ended. " + sentence(e), e);
    }

    private static String sentence(GuestFailedException e) {
        return Containment.outOfMemory(e) ? "There was not enough memory." : String.valueOf(e.getMessage());
    }
}
