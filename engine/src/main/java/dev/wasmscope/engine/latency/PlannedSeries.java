package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.spi.RedisTarget;
import dev.wasmscope.engine.spi.Transport;

/// One line of the chart: a target reached over a transport.
///
/// @param target as the command line takes it: `native`
/// @param transport as [Transport#id()]
/// @param address as [Transport#address()]
public record PlannedSeries(String target, String transport, String address) {
    public static PlannedSeries of(RedisTarget target, Transport transport) {
        return new PlannedSeries(target.id(), transport.id(), transport.address());
    }

    /// For legends: `native · tcp`.
    public String title() {
        return target + " · " + transport;
    }
}
