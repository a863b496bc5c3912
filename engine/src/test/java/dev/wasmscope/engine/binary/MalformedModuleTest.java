package dev.wasmscope.engine.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MalformedModuleTest {
    /// One function of type () → () with the given body.
    private static WasmBytes withBody(String body) {
        var bytes = new WasmBytes().hex(body).bytes();
        return WasmBytes.module()
                .section(1, "01 60 00 00")
                .section(3, "01 00")
                .section(10, new WasmBytes().leb(1).leb(bytes.length).raw(bytes).bytes());
    }

    private static MalformedModuleException reading(byte[] module) {
        return assertThatExceptionOfType(MalformedModuleException.class)
                .isThrownBy(() -> ModuleReader.read(module))
                .actual();
    }

    private static MalformedModuleException disassembling(byte[] module) throws MalformedModuleException {
        var facts = ModuleReader.read(module);
        return assertThatExceptionOfType(MalformedModuleException.class)
                .isThrownBy(() -> ModuleReader.disassemble(module, facts, 0))
                .actual();
    }

    private static void check(MalformedModuleException failure, long offset, String sentence) {
        assertThat(failure)
                .hasMessageContaining(sentence)
                .hasMessageEndingWith("at byte offset 0x%x.".formatted(offset));
        assertThat(failure.offset()).isEqualTo(offset);
    }

    @Test
    void emptyFileIsNamedAsSuch() {
        check(reading(new byte[0]), 0, "The file is empty");
    }

    @Test
    void headerAloneIsAModule() throws MalformedModuleException {
        assertThat(ModuleReader.read(WasmBytes.module().bytes()).sections()).isEmpty();
    }

    @Test
    void otherFilesAreToldByTheirFirstBytes() {
        check(reading("PK\3\4....".getBytes(StandardCharsets.US_ASCII)), 0, "not 50 4b 03 04 (a ZIP archive)");
        check(reading("(module)".getBytes(StandardCharsets.US_ASCII)), 0, "the text format?");
        check(reading(new WasmBytes().hex("00 61 00 6d 01").bytes()), 2, "not 00 61 00 6d");
    }

    @Test
    void truncatedHeaderSaysWhatIsMissing() {
        check(
                reading(new WasmBytes().hex("00 61 73").bytes()),
                0,
                "The file ends inside the magic number (4 bytes needed, 3 bytes left)");
        check(reading(new WasmBytes().hex("00 61 73 6d 01 00").bytes()), 4, "The file ends inside the version");
    }

    @Test
    void componentIsNamedAsSuch() {
        check(
                reading(new WasmBytes().hex("00 61 73 6d 0d 00 01 00").bytes()),
                4,
                "This is a component of the component model");
    }

    @Test
    void wrongVersionIsSaid() {
        check(reading(new WasmBytes().hex("00 61 73 6d 02 00 00 00").bytes()), 4, "The module has version 2");
    }

    @Test
    void sectionThatClaimsAGigabyteSaysHowMuchThereIs() {
        check(
                reading(WasmBytes.module().hex("0a 80 80 80 80 04 00 00").bytes()),
                9,
                "The code section claims 1073741824 bytes, but the file has only 2 bytes left");
    }

    @Test
    void unknownSectionIsSaid() {
        check(reading(WasmBytes.module().section(77, "").bytes()), 8, "Unknown section id 77");
    }

    @Test
    void sectionsOutOfOrderAndTwiceAreSaid() {
        check(
                reading(WasmBytes.module().section(3, "00").section(1, "00").bytes()),
                11,
                "The type section stands after the function section");
        check(
                reading(WasmBytes.module().section(1, "00").section(1, "00").bytes()),
                11,
                "There is a second type section");
    }

    @Test
    void customSectionsMayStandAnywhereAndTwice() throws MalformedModuleException {
        var facts = ModuleReader.read(WasmBytes.module()
                .custom("a", "")
                .section(1, "00")
                .custom("a", "01")
                .bytes());
        assertThat(facts.sections()).extracting(ModuleFacts.Section::name).containsExactly("a", "type", "a");
    }

    @Test
    void lebOfTooManyBytesIsOverLong() {
        check(reading(WasmBytes.module().hex("01 80 80 80 80 80 00").bytes()), 9, "takes more than the 5 bytes");
    }

    @Test
    void lebWithBitsBeyondItsWidthIsOverWide() {
        check(reading(WasmBytes.module().hex("01 80 80 80 80 10").bytes()), 9, "does not fit into 32 bits");
    }

    @Test
    void signedLebIsCheckedLikeAnUnsignedOne() throws MalformedModuleException {
        check(
                disassembling(withBody("00 41 ff ff ff ff 4f 0b").bytes()),
                24,
                "An i32 constant does not fit into 32 bits");
        check(disassembling(withBody("00 41 80 80 80 80 80 00 0b").bytes()), 24, "more than the 5 bytes");
        check(disassembling(withBody("00 42 80 80 80 80 80 80 80 80 80 02 0b").bytes()), 24, "64 bits");
    }

    @Test
    void smallestAndGreatestConstantsAreRead() throws MalformedModuleException {
        var module = withBody("00 41 80 80 80 80 78 1a 42 80 80 80 80 80 80 80 80 80 7f 1a 41 ff ff ff ff 07 1a 0b")
                .bytes();
        var lines =
                ModuleReader.disassemble(module, ModuleReader.read(module), 0).lines();
        assertThat(lines)
                .extracting(Disassembly.Line::operands)
                .containsExactly("-2147483648", "", "-9223372036854775808", "", "2147483647", "", "");
    }

    @Test
    void countOverTheBytesThatRemainIsALie() {
        check(
                reading(WasmBytes.module().section(1, "ff ff ff ff 0f 60").bytes()),
                10,
                "The type section claims 4294967295 types, but has only 1 byte left");
    }

    @Test
    void nameThatIsNotUtf8IsSaid() {
        check(
                reading(WasmBytes.module()
                        .section(1, "01 60 00 00")
                        .section(2, "01 02 c3 28 00 00 00")
                        .bytes()),
                18,
                "The module of an import is not valid UTF-8");
    }

    @Test
    void nameLongerThanItsSectionIsSaid() {
        check(
                reading(WasmBytes.module().section(2, "01 ff ff ff 7f 61").bytes()),
                11,
                "The module of an import claims 268435455 bytes, but the import section has only 1 byte left");
    }

    @Test
    void bytesAfterTheLastEntryAreSaid() {
        check(reading(WasmBytes.module().section(1, "00 00 00").bytes()), 11, "The type section goes on for 2 bytes");
    }

    @Test
    void functionsWithoutBodiesAndBodiesWithoutFunctionsAreSaid() {
        var types = WasmBytes.module().section(1, "01 60 00 00");
        check(reading(types.section(3, "01 00").bytes()), 18, "declares 1 function, but the code section is missing");
        check(
                reading(WasmBytes.module().section(10, "01 02 00 0b").bytes()),
                10,
                "The code section holds 1 body, but the function section declares 0");
    }

    @Test
    void indicesOutsideOfTheModuleAreSaid() {
        check(
                reading(WasmBytes.module()
                        .section(1, "01 60 00 00")
                        .section(3, "01 05")
                        .bytes()),
                17,
                "Type 5 is used, but the module has 1 type");
        check(
                reading(WasmBytes.module().section(7, "01 01 66 00 09").bytes()),
                14,
                "Export \"f\" is function 9, but the module has none");
    }

    @Test
    void brokenNameSectionLeavesTheModuleReadable() throws MalformedModuleException {
        var facts = ModuleReader.read(
                withBody("00 0b").custom("name", "00 02 01 6d 01 ff 7f").bytes());
        assertThat(facts.moduleName()).contains("m");
        assertThat(facts.notes())
                .singleElement()
                .asString()
                .contains("The custom section \"name\" is broken")
                .contains("at byte offset 0x");
        assertThat(facts.functions().getFirst().name()).isEqualTo("func[0]");
    }

    @Test
    void bodyThatEndsEarlyOrLateOrHoldsNonsenseIsSaidWhenItIsLookedAt() throws MalformedModuleException {
        check(disassembling(withBody("00 41").bytes()), 24, "The body of function 0 ends inside an i32 constant");
        check(disassembling(withBody("00 01").bytes()), 24, "The body of function 0 ends inside an instruction");
        check(disassembling(withBody("00 0b 0b").bytes()), 24, "goes on for 1 byte after its last end");
        check(disassembling(withBody("00 ff 0b").bytes()), 23, "Unknown instruction 0xff");
        check(disassembling(withBody("00 fc 7f 0b").bytes()), 23, "Unknown instruction 0xfc 0x7f");
    }

    @Test
    void bodyThatClaimsFourThousandMillionLocalsIsRefused() throws MalformedModuleException {
        check(
                disassembling(withBody("01 ff ff ff ff 0f 7f 0b").bytes()),
                23,
                "Function 0 declares 4294967295 locals; engines accept 50000");
    }

    @Test
    void brTableThatClaimsMoreLabelsThanThereAreBytesIsRefused() throws MalformedModuleException {
        check(disassembling(withBody("00 0e ff ff ff ff 0f 00 0b").bytes()), 24, "claims 4294967295 labels");
    }

    @Test
    void aHundredThousandNestedBlocksAreOnlyALongList() throws MalformedModuleException {
        var depth = 100_000;
        var code = new byte[1 + depth * 3 + 1];
        for (var i = 0; i < depth; i++) {
            code[1 + 2 * i] = 0x02;
            code[2 + 2 * i] = 0x40;
        }
        Arrays.fill(code, 1 + 2 * depth, code.length, (byte) 0x0b);
        var module = WasmBytes.module()
                .section(1, "01 60 00 00")
                .section(3, "01 00")
                .section(10, new WasmBytes().leb(1).leb(code.length).raw(code).bytes())
                .bytes();
        var lines =
                ModuleReader.disassemble(module, ModuleReader.read(module), 0).lines();
        assertThat(lines).hasSize(2 * depth + 1);
        assertThat(lines.get(depth - 1).depth()).isEqualTo(depth - 1);
    }

    @Test
    void everyPrefixOfAModuleIsEitherReadOrRefusedWithAnOffsetInside() {
        var whole = withBody("01 02 7f 02 40 41 2a 1a 0b 0b")
                .custom("name", "01 04 01 00 01 66")
                .bytes();
        for (var length = 0; length < whole.length; length++) {
            var part = Arrays.copyOf(whole, length);
            try {
                var facts = ModuleReader.read(part);
                for (var function : facts.functions()) {
                    ModuleReader.disassemble(part, facts, function.index());
                }
            } catch (MalformedModuleException e) {
                assertThat(e.offset()).isBetween(0L, (long) length);
            }
        }
    }
}
