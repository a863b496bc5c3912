package dev.wasmscope.engine.wasi;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Addresses as WasmEdge lays them out in a guest's memory.
final class SocketAddresses {
    private static final int V4 = 4;
    private static final int V6 = 16;
    /// A family of 16 bits, then the address.
    private static final int WITH_FAMILY = 128;
    private static final int FAMILY_V4 = 1;
    private static final int FAMILY_V6 = 2;
    private static final int SOCKET_STREAM = 2;
    private static final int PROTOCOL_TCP = 1;
    private static final int MOST_TEXT = 1024;

    private SocketAddresses() {}

    /// @param pointer to (address, size)
    static InetSocketAddress read(WasiMemory memory, long pointer, long port) throws IOException {
        if (port < 0 || port > 0xffff) {
            throw new WasiFailure(Errno.INVAL, "There is no port %d.".formatted(port));
        }
        var at = memory.u32(pointer);
        var size = memory.u32(pointer + Integer.BYTES);
        if (size == V4 || size == V6) {
            return new InetSocketAddress(InetAddress.getByAddress(memory.read(at, size)), (int) port);
        }
        if (size == WITH_FAMILY) {
            memory.within(at, WITH_FAMILY);
            var family = memory.u16(at);
            if (family == FAMILY_V4 || family == FAMILY_V6) {
                var bytes = memory.read(at + 2, family == FAMILY_V4 ? V4 : V6);
                return new InetSocketAddress(InetAddress.getByAddress(bytes), (int) port);
            }
        }
        throw new WasiFailure(Errno.INVAL, "An address has 4 or 16 bytes, not %d.".formatted(size));
    }

    /// @param pointer to (address, size) where it goes
    static void write(WasiMemory memory, InetSocketAddress address, long pointer, long type, long port)
            throws IOException {
        var bytes = address.getAddress().getAddress();
        var at = memory.u32(pointer);
        if (memory.u32(pointer + Integer.BYTES) < bytes.length) {
            throw new WasiFailure(Errno.INVAL, "The address has %d bytes.".formatted(bytes.length));
        }
        memory.within(type, Integer.BYTES);
        memory.within(port, Integer.BYTES);
        memory.write(at, bytes);
        memory.put32(type, bytes.length == V4 ? 4 : 6);
        memory.put32(port, address.getPort());
    }

    /// @throws WasiFailure for a text that is too long to be a name
    static String text(WasiMemory memory, long pointer, long length) throws WasiFailure {
        if (length > MOST_TEXT) {
            throw new WasiFailure(Errno.INVAL, "A name has no %d bytes.".formatted(length));
        }
        var text = new String(memory.read(pointer, length), StandardCharsets.UTF_8);
        var end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    static int port(String service) throws WasiFailure {
        return switch (service) {
            case "" -> 0;
            case "http" -> 80;
            case "https" -> 443;
            default -> {
                try {
                    yield Math.clamp(Integer.parseInt(service), 0, 0xffff);
                } catch (NumberFormatException e) {
                    throw new WasiFailure(Errno.NOENT, "Nobody knows the service %s.".formatted(service));
                }
            }
        };
    }

    /// Fills the list of results that the guest prepared, as long as there are both.
    ///
    /// @param first the guest's first entry of 28 bytes; each leads to the next
    /// @return how many were filled
    static int fill(WasiMemory memory, long first, long most, List<InetAddress> found, int port) throws WasiFailure {
        var entry = first;
        var filled = 0;
        for (var address : found) {
            if (filled >= most || entry == 0) {
                break;
            }
            fill(memory, entry, address, port);
            filled++;
            entry = memory.u32(entry + 24);
        }
        return filled;
    }

    private static void fill(WasiMemory memory, long entry, InetAddress address, int port) throws WasiFailure {
        memory.within(entry, 28);
        var v4 = address instanceof Inet4Address;
        var family = v4 ? FAMILY_V4 : FAMILY_V6;
        memory.write(entry + 2, new byte[] {(byte) family, SOCKET_STREAM});
        memory.put32(entry + 4, PROTOCOL_TCP);
        var length = v4 ? 14 : 26;
        memory.put32(entry + 8, length);
        var socketAddress = memory.u32(entry + 12);
        memory.write(socketAddress, new byte[] {(byte) family});
        memory.put32(socketAddress + 4, length);
        // After the port of two bytes an address of version 6 has the flow's four.
        var data = new byte[length];
        data[0] = (byte) (port >> 8);
        data[1] = (byte) port;
        var bytes = address.getAddress();
        System.arraycopy(bytes, 0, data, v4 ? 2 : 6, bytes.length);
        memory.write(memory.u32(socketAddress + 8), data);
        memory.put32(entry + 20, 0);
    }
}
