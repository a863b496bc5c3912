package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.binary.ModuleFacts.DataSegment;
import dev.wasmscope.engine.binary.ModuleFacts.ElementSegment;
import dev.wasmscope.engine.spi.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads element and data segments: their heads, and where their contents lie.
final class SegmentReader {
    private final ByteReader in;
    private final Set<String> features;

    SegmentReader(ByteReader in, Set<String> features) {
        this.in = in;
        this.features = features;
    }

    List<ElementSegment> elements() throws MalformedModuleException {
        var count = in.count("segments");
        var segments = new ArrayList<ElementSegment>();
        for (var i = 0; i < count; i++) {
            segments.add(element(i));
        }
        return segments;
    }

    private ElementSegment element(int index) throws MalformedModuleException {
        var start = in.position();
        var flags = in.index("the flags of an element segment");
        if (flags > 7) {
            throw new MalformedModuleException("Unknown flags 0x%02x of an element segment".formatted(flags), start);
        }
        var active = (flags & 1) == 0;
        var explicit = (flags & 2) != 0;
        var expressions = (flags & 4) != 0;
        if (!active) {
            features.add("bulk-memory");
        }
        var table = active && explicit ? in.index("a table index") : 0;
        var offset = active ? ConstantExpression.read(in, features).text() : "";
        var type = ValueType.FUNCREF;
        if (!active || explicit) {
            type = expressions ? new TypeReader(in, features).reference() : kind();
        }
        var count = in.count("elements");
        var first = in.position();
        for (var i = 0; i < count; i++) {
            if (expressions) {
                ConstantExpression.skip(in, features);
            } else {
                in.index("a function index");
            }
        }
        var mode = active ? "active" : explicit ? "declared" : "passive";
        return new ElementSegment(index, "", mode, table, type, offset, count, first, in.position() - first);
    }

    private ValueType kind() throws MalformedModuleException {
        var start = in.position();
        var kind = in.u8("the kind of elements");
        if (kind != 0) {
            throw new MalformedModuleException("Unknown kind 0x%02x of elements".formatted(kind), start);
        }
        return ValueType.FUNCREF;
    }

    List<DataSegment> data() throws MalformedModuleException {
        var count = in.count("segments");
        var segments = new ArrayList<DataSegment>();
        for (var i = 0; i < count; i++) {
            segments.add(data(i));
        }
        return segments;
    }

    private DataSegment data(int index) throws MalformedModuleException {
        var start = in.position();
        var flags = in.index("the flags of a data segment");
        if (flags > 2) {
            throw new MalformedModuleException("Unknown flags 0x%02x of a data segment".formatted(flags), start);
        }
        var passive = flags == 1;
        if (passive) {
            features.add("bulk-memory");
        }
        var memory = flags == 2 ? in.index("a memory index") : 0;
        var offset = passive ? ConstantExpression.NONE : ConstantExpression.read(in, features);
        var length = in.index("the length of a data segment");
        var first = in.position();
        in.skip(length, "the contents of data segment " + index);
        return new DataSegment(
                index, "", passive ? "passive" : "active", memory, offset.text(), offset.value(), first, length);
    }
}
