package dev.wasmscope.views.hex;

import dev.wasmscope.views.hex.Inspector.Reading;
import java.nio.ByteOrder;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/// The bytes at the cursor read as every type, in a byte order of choice.
final class InspectorModel {
    private final HexModel hex;
    private final ObjectProperty<ByteOrder> order = new SimpleObjectProperty<>(ByteOrder.LITTLE_ENDIAN);
    private final ReadOnlyObjectWrapper<List<Reading>> readings = new ReadOnlyObjectWrapper<>(List.of());

    InspectorModel(HexModel hex) {
        this.hex = hex;
        hex.atCursorProperty().subscribe(_ -> read());
        order.subscribe(_ -> read());
    }

    private void read() {
        readings.set(Inspector.read(hex.atCursorProperty().get(), order.get()));
    }

    ObjectProperty<ByteOrder> orderProperty() {
        return order;
    }

    ReadOnlyObjectProperty<List<Reading>> readings() {
        return readings.getReadOnlyProperty();
    }

    /// @param type as [Inspector] names it
    Reading reading(String type) {
        return readings.get().stream()
                .filter(r -> r.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no reading named " + type + "."));
    }
}
