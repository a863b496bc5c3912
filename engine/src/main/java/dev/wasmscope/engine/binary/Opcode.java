package dev.wasmscope.engine.binary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An instruction of the specification; the table is in `opcodes.txt`.
///
/// @param prefix 0, or 0xfb to 0xfe
/// @param natural the natural alignment of a memory access as a power of two
/// @param feature the proposal it came with, empty for Wasm 1.0
record Opcode(int prefix, int code, String mnemonic, List<Operand> operands, int natural, String feature) {

    /// How an immediate is encoded.
    enum Operand {
        BLOCK,
        CATCHES,
        LABEL,
        LABELS,
        FUNC,
        TYPE,
        TABLE,
        MEMORY,
        GLOBAL,
        LOCAL,
        TAG,
        DATA,
        ELEM,
        FIELD,
        COUNT,
        MEMARG,
        LANE,
        I32,
        I64,
        F32,
        F64,
        V128,
        SHUFFLE,
        HEAP,
        REF,
        REFNULL,
        CAST,
        TYPES,
        FENCE
    }

    private static final List<Opcode> ALL = table();
    private static final Opcode[] PLAIN = new Opcode[256];
    private static final Map<Long, Opcode> PREFIXED = new HashMap<>();

    static {
        for (var opcode : ALL) {
            if (opcode.prefix == 0) {
                PLAIN[opcode.code] = opcode;
            } else {
                PREFIXED.put(key(opcode.prefix, opcode.code), opcode);
            }
        }
    }

    static final int BLOCK = 0x02;
    static final int LOOP = 0x03;
    static final int IF = 0x04;
    static final int ELSE = 0x05;
    static final int TRY = 0x06;
    static final int CATCH = 0x07;
    static final int END = 0x0b;
    static final int CALL = 0x10;
    static final int DELEGATE = 0x18;
    static final int CATCH_ALL = 0x19;
    static final int TRY_TABLE = 0x1f;

    static List<Opcode> all() {
        return ALL;
    }

    static boolean isPrefix(int code) {
        return code >= 0xfb && code <= 0xfe;
    }

    static @Nullable Opcode of(int prefix, long code) {
        if (prefix == 0) {
            return PLAIN[(int) code];
        }
        return PREFIXED.get(key(prefix, code));
    }

    private static long key(int prefix, long code) {
        return (long) prefix << 32 | code;
    }

    boolean opens() {
        return prefix == 0 && (code == BLOCK || code == LOOP || code == IF || code == TRY || code == TRY_TABLE);
    }

    boolean closes() {
        return prefix == 0 && (code == END || code == DELEGATE);
    }

    /// Whether it ends one part of a block and begins the next.
    boolean divides() {
        return prefix == 0 && (code == ELSE || code == CATCH || code == CATCH_ALL);
    }

    private static List<Opcode> table() {
        try (var in = Opcode.class.getResourceAsStream("opcodes.txt")) {
            if (in == null) {
                throw new IllegalStateException("opcodes.txt is missing beside " + Opcode.class);
            }
            var opcodes = new ArrayList<Opcode>();
            for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    opcodes.add(parse(line));
                }
            }
            return List.copyOf(opcodes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `fd 54  v128.load8_lane [memarg:0 lane] @simd128`.
    private static Opcode parse(String line) {
        var numbers = line.substring(0, 7).strip().split(" ", -1);
        var prefix = numbers.length == 1 ? 0 : Integer.parseInt(numbers[0], 16);
        var code = Integer.parseInt(numbers[numbers.length - 1], 16);
        var rest = line.substring(7).strip();
        var at = rest.indexOf('@');
        var feature = at < 0 ? "" : rest.substring(at + 1);
        var head = at < 0 ? rest : rest.substring(0, at).strip();
        var bracket = head.indexOf('[');
        var mnemonic = bracket < 0 ? head : head.substring(0, bracket).strip();
        var operands = new ArrayList<Operand>();
        var natural = 0;
        if (bracket >= 0) {
            for (var word :
                    head.substring(bracket + 1, head.length() - 1).strip().split(" ", -1)) {
                var colon = word.indexOf(':');
                if (colon >= 0) {
                    natural = Integer.parseInt(word.substring(colon + 1));
                }
                operands.add(Operand.valueOf((colon < 0 ? word : word.substring(0, colon)).toUpperCase(Locale.ROOT)));
            }
        }
        return new Opcode(prefix, code, mnemonic, List.copyOf(operands), natural, feature);
    }
}
