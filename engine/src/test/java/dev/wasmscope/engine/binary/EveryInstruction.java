package dev.wasmscope.engine.binary;

import java.util.Set;
import java.util.function.Predicate;

/// A module with each instruction of the table once, its immediates made up. It does not validate.
final class EveryInstruction {
    static final Set<String> UNKNOWN_TO_WABT = Set.of("gc", "wide-arithmetic");

    private EveryInstruction() {}

    static boolean newerThanWabt(Opcode opcode) {
        // wabt 1.0.32 spells the two dot products as the proposal first did.
        return opcode.mnemonic().equals("throw_ref")
                || opcode.mnemonic().equals("try_table")
                || opcode.mnemonic().contains("relaxed_dot");
    }

    static byte[] module(Predicate<Opcode> wanted) {
        var code = new WasmBytes().hex("00");
        for (var opcode : Opcode.all()) {
            if (wanted.test(opcode) && !opcode.divides() && !opcode.closes() && !opcode.opens()) {
                write(code, opcode);
            }
        }
        code.hex("0b");
        var body = code.bytes();
        return WasmBytes.module()
                .section(1, "01 60 01 7f 00")
                .section(3, "01 00")
                .section(4, "01 70 00 01")
                .section(5, "01 00 01")
                .section(13, "01 00 00")
                .section(6, "01 7f 01 41 00 0b")
                .section(9, "01 01 00 00")
                .section(12, "01")
                .section(10, new WasmBytes().leb(1).leb(body.length).raw(body).bytes())
                .section(11, "01 01 00")
                .bytes();
    }

    private static void write(WasmBytes code, Opcode opcode) {
        if (opcode.prefix() == 0) {
            code.hex("%02x".formatted(opcode.code()));
        } else {
            code.hex("%02x".formatted(opcode.prefix())).leb(opcode.code());
        }
        for (var operand : opcode.operands()) {
            code.hex(
                    switch (operand) {
                        case BLOCK -> "40";
                        case CATCHES -> "02 00 00 00 02 00";
                        case LABELS -> "02 00 00 00";
                        case MEMARG -> "%02x 90 01".formatted(opcode.natural());
                        case I32 -> "80 80 80 80 78";
                        case I64 -> "ff 80 80 80 80 80 80 80 80 7f";
                        case F32 -> "01 00 00 80";
                        case F64 -> "00 00 00 00 00 00 f4 ff";
                        case V128 -> "00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f";
                        case SHUFFLE -> "0f 0e 0d 0c 0b 0a 09 08 1f 1e 1d 1c 1b 1a 19 18";
                        case HEAP, REF, REFNULL -> "70";
                        case CAST -> "02 00 6e 6d";
                        case TYPES -> "01 7e";
                        default -> "00";
                    });
        }
    }
}
