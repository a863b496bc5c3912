package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.transport.shm.WaitStrategy;
import java.util.Locale;

/// What can be turned while a run goes on; takes effect between two blocks.
///
/// @param payload bytes of the value in each request, 0 to 1 MiB
/// @param paused nothing is sent
/// @param busy one spinning thread a core competes with client and server
/// @param strategy how this side waits at a ring of shared memory
public record Settings(LoadMode mode, int payload, boolean paused, boolean busy, WaitStrategy strategy) {
    public static final int MAX_PAYLOAD = 1 << 20;
    /// As charts and tables print it.
    public static final String BUSY = "busy machine";

    public Settings {
        if (payload < 0 || payload > MAX_PAYLOAD) {
            throw new IllegalArgumentException("A payload has 0 to " + MAX_PAYLOAD + " bytes, not " + payload);
        }
    }

    public Settings(LoadMode mode, int payload, boolean paused, boolean busy) {
        this(mode, payload, paused, busy, WaitStrategy.ADAPTIVE);
    }

    public Settings withMode(LoadMode changed) {
        return new Settings(changed, payload, paused, busy, strategy);
    }

    public Settings withPayload(int changed) {
        return new Settings(mode, changed, paused, busy, strategy);
    }

    public Settings withPaused(boolean changed) {
        return new Settings(mode, payload, changed, busy, strategy);
    }

    public Settings withBusy(boolean changed) {
        return new Settings(mode, payload, paused, changed, strategy);
    }

    public Settings withStrategy(WaitStrategy changed) {
        return new Settings(mode, payload, paused, busy, changed);
    }

    /// As charts and tables print it: `closed loop · payload 16 B · busy machine`.
    public String caption() {
        return mode.caption() + " · " + payloadCaption() + (busy ? " · " + BUSY : "");
    }

    /// `payload 16 B`.
    public String payloadCaption() {
        return String.format(Locale.ROOT, "payload %,d B", payload);
    }
}
