package dev.wasmscope.engine.binary;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/// The JSON of `inspect` and `disasm`, which scripts rely on: fields may be added, none renamed.
final class ModuleJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ModuleJson() {}

    /// @param features of sections and bodies
    static ObjectNode facts(ModuleFacts facts, Collection<String> features) {
        var root = NODES.objectNode().put("size", facts.size());
        facts.moduleName().ifPresent(name -> root.put("name", name));
        var sections = root.putArray("sections");
        for (var s : facts.sections()) {
            sections.addObject()
                    .put("id", s.id())
                    .put("name", s.name())
                    .put("offset", s.offset())
                    .put("size", s.size());
        }
        var imports = root.putArray("imports");
        for (var i : facts.imports()) {
            imports.addObject()
                    .put("module", i.module())
                    .put("name", i.name())
                    .put("kind", i.kind().keyword())
                    .put("type", i.type());
        }
        var exports = root.putArray("exports");
        for (var e : facts.exports()) {
            exports.addObject()
                    .put("name", e.name())
                    .put("kind", e.kind().keyword())
                    .put("type", e.type())
                    .put("index", e.index());
        }
        root.set("functions", functions(facts));
        var memories = root.putArray("memories");
        for (var m : facts.memories()) {
            var node = memories.addObject().put("index", m.index()).put("name", m.name());
            node.put("minimum", m.limits().minimum());
            m.limits().maximum().ifPresent(maximum -> node.put("maximum", maximum));
            node.put("shared", m.limits().shared()).put("memory64", m.limits().wide());
            node.put("imported", m.imported());
        }
        var custom = root.putArray("customSections");
        facts.sections().stream().filter(ModuleFacts.Section::custom).forEach(s -> custom.add(s.name()));
        var used = root.putArray("features");
        features.forEach(used::add);
        var producers = root.putArray("producers");
        for (var p : facts.producers()) {
            producers.addObject().put("field", p.field()).put("name", p.name()).put("version", p.version());
        }
        var profiles = root.putArray("profiles");
        for (var match : HostProfile.of(facts)) {
            var node = profiles.addObject()
                    .put("id", match.profile().id())
                    .put("title", match.profile().title());
            var missing = node.putArray("missing");
            match.missing().forEach(missing::add);
        }
        var notes = root.putArray("notes");
        facts.notes().forEach(notes::add);
        return root;
    }

    private static ArrayNode functions(ModuleFacts facts) {
        var functions = NODES.arrayNode();
        for (var f : facts.functions()) {
            var node = functions
                    .addObject()
                    .put("index", f.index())
                    .put("name", f.name())
                    .put("type", f.type().toString())
                    .put("imported", f.imported());
            if (!f.imported()) {
                node.put("offset", f.codeOffset()).put("size", f.bodySize());
            }
        }
        return functions;
    }

    static ObjectNode disassembly(Disassembly function) {
        var root = NODES.objectNode()
                .put("index", function.function())
                .put("name", function.name())
                .put("header", function.header());
        var locals = root.putArray("locals");
        for (var l : function.locals()) {
            locals.addObject()
                    .put("index", l.index())
                    .put("name", l.name())
                    .put("type", l.type())
                    .put("parameter", l.parameter());
        }
        var lines = root.putArray("instructions");
        for (var l : function.lines()) {
            var node = lines.addObject()
                    .put("offset", l.offset())
                    .put("length", l.length())
                    .put("depth", l.depth())
                    .put("mnemonic", l.mnemonic())
                    .put("operands", l.operands());
            l.target().ifPresent(target -> node.put("target", target));
            if (!l.note().isEmpty()) {
                node.put("note", l.note());
            }
        }
        return root;
    }
}
