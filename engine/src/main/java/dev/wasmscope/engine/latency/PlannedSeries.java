package dev.wasmscope.engine.latency;

import dev.wasmscope.engine.spi.RedisTarget;
import dev.wasmscope.engine.spi.Transport;
import java.util.OptionalLong;

/// One line of the chart: a target reached over a transport.
///
/// @param target as the command line takes it: `native`
/// @param transport as [Transport#id()]
/// @param address as [Transport#address()]
/// @param process of the server, whose processor time is charged; empty where it is not known
public record PlannedSeries(String target, String transport, String address, OptionalLong process) {
    public PlannedSeries(String target, String transport, String address) {
        this(target, transport, address, OptionalLong.empty());
    }

    public static PlannedSeries of(RedisTarget target, Transport transport, OptionalLong process) {
        return new PlannedSeries(target.id(), transport.id(), transport.address(), process);
    }

    /// For legends: `native · tcp`.
    public String title() {
        return target + " · " + transport;
    }
}
