package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.spi.ValueType;
import java.util.List;

/// One operand that is written into an instruction.
sealed interface Immediate {
    /// An index of an index space, a label, or a plain count.
    record Index(Space space, int value) implements Immediate {}

    enum Space {
        FUNCTION,
        TYPE,
        TABLE,
        MEMORY,
        GLOBAL,
        LOCAL,
        TAG,
        DATA,
        ELEMENT,
        LABEL,
        FIELD,
        COUNT,
        FENCE
    }

    record Int(int value) implements Immediate {}

    record Long64(long value) implements Immediate {}

    record Float32(int bits) implements Immediate {}

    record Float64(long bits) implements Immediate {}

    /// Bits 0-63 and 64-127.
    record Vector(long low, long high) implements Immediate {}

    record Shuffle(long low, long high) implements Immediate {}

    record Lane(int value) implements Immediate {}

    /// @param align as a power of two
    /// @param natural the alignment that the text format leaves out
    /// @param explicitMemory whether the encoding names the memory
    record MemoryArgument(int align, int natural, boolean explicitMemory, int memory, long offset)
            implements Immediate {}

    sealed interface BlockType extends Immediate {}

    record EmptyBlock() implements BlockType {}

    record ValueBlock(ValueType type) implements BlockType {}

    record TypedBlock(int type) implements BlockType {}

    /// Targets with the default last.
    record Labels(List<Integer> targets) implements Immediate {}

    record Types(List<ValueType> types) implements Immediate {}

    record Heap(String type) implements Immediate {}

    record Reference(ValueType type) implements Immediate {}

    /// `br_on_cast`: label, from, to.
    record Cast(int label, ValueType from, ValueType to) implements Immediate {}

    record Catches(List<Catch> clauses) implements Immediate {}

    /// @param kind 0 catch, 1 catch_ref, 2 catch_all, 3 catch_all_ref
    /// @param tag -1 for the last two
    record Catch(int kind, int tag, int label) {}
}
