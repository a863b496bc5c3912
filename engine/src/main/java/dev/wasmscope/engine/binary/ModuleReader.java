package dev.wasmscope.engine.binary;

import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads what a module says about itself, without decoding bodies or contents of segments, so that ten megabytes take
/// milliseconds. Input is not trusted: every length is checked against the bytes that are there before it is used.
public final class ModuleReader {
    private static final int MAGIC = 0x6d736100;

    private ModuleReader() {}

    /// @throws MalformedModuleException with the reason and the byte offset
    public static ModuleFacts read(byte[] module) throws MalformedModuleException {
        var in = new ByteReader(module, 0, module.length, "the file");
        header(in);
        var contents = new ModuleContents();
        SectionKind last = null;
        while (!in.atEnd()) {
            last = section(in, contents, last);
        }
        return contents.facts(module.length);
    }

    /// Decodes one function.
    ///
    /// @param module the bytes that `facts` were read from
    /// @param function its index; an imported one has a header and no lines
    /// @throws MalformedModuleException when the body cannot be decoded
    public static Disassembly disassemble(byte[] module, ModuleFacts facts, int function)
            throws MalformedModuleException {
        return new Disassembler(module, facts, facts.functions().get(function)).disassemble();
    }

    /// Proposals that the code uses, found by decoding every body: a second or so for 10 MB.
    ///
    /// @throws MalformedModuleException for the first body that cannot be decoded
    public static SortedSet<String> featuresInBodies(byte[] module, ModuleFacts facts) throws MalformedModuleException {
        var features = new TreeSet<String>();
        for (var function : facts.functions()) {
            if (!function.imported()) {
                var body = FunctionBody.open(module, function);
                var code = body.code(features);
                while (!code.ended()) {
                    code.next();
                }
                body.checkEnd();
            }
        }
        return features;
    }

    private static void header(ByteReader in) throws MalformedModuleException {
        if (in.atEnd()) {
            throw new MalformedModuleException("The file is empty", 0);
        }
        var bytes = in.bytes();
        for (var i = 0; i < Math.min(4, bytes.length); i++) {
            if (bytes[i] != (byte) (MAGIC >>> (8 * i))) {
                throw new MalformedModuleException(
                        "This is not a WebAssembly module: it must begin with 00 61 73 6d (\"\\0asm\"), not "
                                + Sentences.hex(bytes, 0, Math.min(4, bytes.length)) + looksLike(bytes),
                        i);
            }
        }
        in.fixed32("the magic number");
        var version = in.fixed32("the version");
        if (version >>> 16 == 1) {
            throw new MalformedModuleException(
                    "This is a component of the component model (version %d), not a core module. Take a core module "
                                    .formatted(version & 0xffff)
                            + "out of it first, for example with `wasm-tools component unbundle`",
                    4);
        }
        if (version != 1) {
            throw new MalformedModuleException(
                    "The module has version %d; only version 1 is known".formatted(Integer.toUnsignedLong(version)), 4);
        }
    }

    private static String looksLike(byte[] bytes) {
        if (bytes.length >= 4 && bytes[0] == 'P' && bytes[1] == 'K') {
            return " (a ZIP archive)";
        }
        if (bytes.length >= 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
            return " (a gzip file)";
        }
        if (bytes.length >= 4 && bytes[0] == 0x7f && bytes[1] == 'E' && bytes[2] == 'L' && bytes[3] == 'F') {
            return " (a native ELF program)";
        }
        return bytes[0] == '(' || bytes[0] == ';' ? " (the text format? Assemble it first)" : "";
    }

    private static @Nullable SectionKind section(ByteReader in, ModuleContents contents, @Nullable SectionKind last)
            throws MalformedModuleException {
        var header = in.position();
        var id = in.u8("a section id");
        var kind = SectionKind.of(id);
        if (kind == null && id != 0) {
            throw new MalformedModuleException("Unknown section id %d".formatted(id), header);
        }
        var title = kind == null ? "a custom section" : kind.title();
        var at = in.position();
        var size = in.u32("the size of " + title);
        if (size > in.remaining()) {
            throw new MalformedModuleException(
                    "%s claims %s, but the file has only %s left"
                            .formatted(
                                    Sentences.capital(title), Sentences.bytes(size), Sentences.bytes(in.remaining())),
                    at);
        }
        var section = in.slice((int) size, title);
        if (kind == null) {
            contents.custom(header, section);
            return last;
        }
        if (last != null && kind.compareTo(last) <= 0) {
            throw new MalformedModuleException(
                    kind == last
                            ? "There is a second %s section".formatted(kind.keyword())
                            : "%s stands after %s; it must come before it"
                                    .formatted(Sentences.capital(title), last.title()),
                    header);
        }
        contents.section(kind, header, section);
        return kind;
    }
}
