package dev.wasmscope.engine.wasm.child;

import dev.wasmscope.engine.marshal.HostStubs;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.HostStub;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.NetworkGrants;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.engine.spi.SessionRequest;
import dev.wasmscope.engine.spi.StringForm;
import dev.wasmscope.engine.spi.WasiGrants;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// What the parent says, as bytes.
final class ToChildCodec {
    private ToChildCodec() {}

    static FrameWriter write(ToChild message) {
        var out = new FrameWriter();
        out.int64(message.ask());
        out.int32(message.session());
        switch (message.order()) {
            case ToChild.Open(var request, var links) -> {
                out.int8(1);
                putRequest(out, request);
                putMap(out, links, FrameWriter::int32);
            }
            case ToChild.Call(var request) -> {
                out.int8(2);
                out.text(request.export());
                out.list(request.arguments(), Shapes::putValue);
                out.optional(request.deadline(), Shapes::putDuration);
            }
            case ToChild.Stop() -> out.int8(3);
            case ToChild.Read(var memory, var address, var length) -> {
                out.int8(4);
                out.int32(memory);
                out.int64(address);
                out.int32(length);
            }
            case ToChild.Write(var memory, var address, var bytes) -> {
                out.int8(5);
                out.int32(memory);
                out.int64(address);
                out.bytes(bytes);
            }
            case ToChild.LastChanges(var memory, var most) -> {
                out.int8(6);
                out.int32(memory);
                out.int32(most);
            }
            case ToChild.Undo() -> out.int8(7);
            case ToChild.Globals() -> out.int8(8);
            case ToChild.Close() -> out.int8(9);
            case ToChild.TraceWasi(var on) -> {
                out.int8(10);
                out.bool(on);
            }
        }
        return out;
    }

    /// @throws ProtocolException when it is no message to a child
    static ToChild read(FrameReader frame) {
        return frame.whole(in -> new ToChild(in.int64(), in.int32(), order(in)));
    }

    private static ToChild.Order order(FrameReader in) {
        int kind = in.int8();
        return switch (kind) {
            case 1 -> new ToChild.Open(request(in), map(in, FrameReader::int32));
            case 2 ->
                new ToChild.Call(new CallRequest(in.text(), in.list(Shapes::value), in.optional(Shapes::duration)));
            case 3 -> new ToChild.Stop();
            case 4 -> new ToChild.Read(in.int32(), in.int64(), in.int32());
            case 5 -> new ToChild.Write(in.int32(), in.int64(), in.bytes());
            case 6 -> new ToChild.LastChanges(in.int32(), in.int32());
            case 7 -> new ToChild.Undo();
            case 8 -> new ToChild.Globals();
            case 9 -> new ToChild.Close();
            case 10 -> new ToChild.TraceWasi(in.bool());
            default -> throw new ProtocolException("There is no order number %d.".formatted(kind));
        };
    }

    private static void putRequest(FrameWriter out, SessionRequest request) {
        out.text(request.module().name());
        out.optional(request.module().path(), ToChildCodec::putPath);
        out.bytes(request.module().bytes());
        out.text(request.runtime());
        out.constant(request.memoryKind());
        Shapes.putLimits(out, request.limits());
        out.optional(request.wasi(), ToChildCodec::putGrants);
        out.bool(request.stubUnmet());
        out.list(request.stubs(), (o, stub) -> {
            o.text(stub.module());
            o.text(stub.name());
            o.text(HostStubs.text(stub.answer()));
            o.constant(stub.strings());
        });
        out.bool(request.traceWasi());
    }

    private static SessionRequest request(FrameReader in) {
        return new SessionRequest(
                new ModuleSource(in.text(), in.optional(ToChildCodec::path), in.bytes()),
                in.text(),
                Placement.IN_PROCESS,
                in.constant(MemoryKind.class),
                Shapes.limits(in),
                in.optional(ToChildCodec::grants),
                Map.of(),
                in.bool(),
                in.list(ToChildCodec::stub),
                in.bool());
    }

    private static HostStub stub(FrameReader in) {
        return new HostStub(in.text(), in.text(), HostStubs.answer(in.text()), in.constant(StringForm.class));
    }

    private static void putGrants(FrameWriter out, WasiGrants grants) {
        out.list(grants.arguments(), FrameWriter::text);
        putMap(out, grants.environment(), FrameWriter::text);
        out.bytes(grants.stdin());
        out.list(grants.directories(), (o, directory) -> {
            putPath(o, directory.host());
            o.text(directory.guest());
            o.bool(directory.readOnly());
        });
        putPeers(out, grants.network().connect());
        putPeers(out, grants.network().listen());
    }

    private static void putPeers(FrameWriter out, List<NetworkGrants.Peer> peers) {
        out.list(peers, (o, peer) -> {
            o.text(peer.host());
            o.int32(peer.port());
        });
    }

    private static List<NetworkGrants.Peer> peers(FrameReader in) {
        return in.list(i -> new NetworkGrants.Peer(i.text(), i.int32()));
    }

    private static WasiGrants grants(FrameReader in) {
        return new WasiGrants(
                in.list(FrameReader::text),
                map(in, FrameReader::text),
                in.bytes(),
                in.list(i -> new WasiGrants.Directory(path(i), i.text(), i.bool())),
                new NetworkGrants(peers(in), peers(in)));
    }

    private static void putPath(FrameWriter out, Path path) {
        out.text(path.toString());
    }

    private static Path path(FrameReader in) {
        return Path.of(in.text());
    }

    private static <V> void putMap(FrameWriter out, Map<String, V> map, BiConsumer<FrameWriter, V> value) {
        out.list(map.entrySet(), (o, entry) -> {
            o.text(entry.getKey());
            value.accept(o, entry.getValue());
        });
    }

    private static <V> Map<String, V> map(FrameReader in, Function<FrameReader, V> value) {
        var map = new HashMap<String, V>();
        in.list(i -> Map.entry(i.text(), value.apply(i))).forEach(entry -> map.put(entry.getKey(), entry.getValue()));
        return map;
    }
}
