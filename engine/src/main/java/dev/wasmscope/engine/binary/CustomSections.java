package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.binary.ModuleFacts.ProducerField;
import java.util.ArrayList;
import java.util.List;

/// Reads the custom sections whose contents are shown. A broken one is noted and leaves the module as it is, as the
/// specification demands.
final class CustomSections {
    final Names names;
    final List<ProducerField> producers = new ArrayList<>();
    final List<String> targetFeatures = new ArrayList<>();
    final List<String> notes = new ArrayList<>();

    CustomSections(Names names) {
        this.names = names;
    }

    /// @param structures whether the module has types with fields
    void read(String name, ByteReader in, boolean structures) {
        try {
            switch (name) {
                case "name" -> NameSection.read(in, names, structures);
                case "producers" -> readProducers(in);
                case "target_features" -> readTargetFeatures(in);
                default -> {}
            }
        } catch (MalformedModuleException e) {
            notes.add("The custom section \"%s\" is broken and was left out from there on: %s"
                    .formatted(name, e.getMessage()));
        }
    }

    private void readProducers(ByteReader in) throws MalformedModuleException {
        var fields = in.count("fields");
        for (var i = 0; i < fields; i++) {
            var field = in.name("a field");
            var values = in.count("producers");
            for (var k = 0; k < values; k++) {
                producers.add(new ProducerField(field, in.name("a producer"), in.name("a version")));
            }
        }
    }

    /// `+` used, `-` forbidden, `=` required; only the used ones are shown.
    private void readTargetFeatures(ByteReader in) throws MalformedModuleException {
        var count = in.count("features");
        for (var i = 0; i < count; i++) {
            var prefix = in.u8("a prefix");
            var feature = in.name("a feature");
            if (prefix != '-') {
                targetFeatures.add(feature);
            }
        }
    }
}
