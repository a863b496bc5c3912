package dev.wasmscope.engine.latency;

import java.util.Locale;

/// What can be turned while a run goes on; takes effect between two blocks.
///
/// @param payload bytes of the value in each request, 0 to 1 MiB
/// @param paused nothing is sent
/// @param busy one spinning thread a core competes with client and server
public record Settings(LoadMode mode, int payload, boolean paused, boolean busy) {
    public static final int MAX_PAYLOAD = 1 << 20;

    public Settings {
        if (payload < 0 || payload > MAX_PAYLOAD) {
            throw new IllegalArgumentException("A payload has 0 to " + MAX_PAYLOAD + " bytes, not " + payload);
        }
    }

    public Settings withMode(LoadMode changed) {
        return new Settings(changed, payload, paused, busy);
    }

    public Settings withPayload(int changed) {
        return new Settings(mode, changed, paused, busy);
    }

    public Settings withPaused(boolean changed) {
        return new Settings(mode, payload, changed, busy);
    }

    public Settings withBusy(boolean changed) {
        return new Settings(mode, payload, paused, changed);
    }

    /// As charts and tables print it: `closed loop · payload 16 B · busy machine`.
    public String caption() {
        return mode.caption()
                + String.format(Locale.ROOT, " · payload %,d B", payload)
                + (busy ? " · busy machine" : "");
    }
}
