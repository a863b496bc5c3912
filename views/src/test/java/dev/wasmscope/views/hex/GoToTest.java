package dev.wasmscope.views.hex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoToTest {
    private static final long SIZE = 17 * 65_536;
    private static final List<Symbol> SYMBOLS = List.of(
            Symbol.at("heap_base", "global", 0x8000, 0),
            Symbol.at("__stack-end", "global", 0x7000, 0),
            Symbol.at("data[0]", "data segment", 0x400, 48),
            Symbol.at("far", "global", SIZE + 8, 0),
            Symbol.nowhere("fib", "function"));

    @ParameterizedTest
    @CsvSource({
        "0x400, 0x400",
        "0X4f, 0x4f",
        "1024, 0x400",
        "1_024, 0x400",
        "' 0x0 ', 0",
        "+16, 0x110",
        "+0x10, 0x110",
        "-0x10, 0xf0",
        "- 1, 0xff",
        "heap_base, 0x8000",
        "$heap_base, 0x8000",
        "heap_base+8, 0x8008",
        "heap_base - 0x10, 0x7ff0",
        "__stack-end, 0x7000",
        "__stack-end-4, 0x6ffc",
        "0x400+8, 0x408",
        "far-16, 0x10fff8",
        "1114111, 0x10ffff"
    })
    void placesAreUnderstood(String typed, String address) {
        assertThat(parse(typed)).isEqualTo(new GoTo.Place(Long.decode(address), 0));
    }

    @Test
    void segmentIsSelectedWhole() {
        assertThat(parse("data[0]")).isEqualTo(new GoTo.Place(0x400, 48));
        assertThat(parse("data[0]+4")).isEqualTo(new GoTo.Place(0x404, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void nothingIsNothing(String typed) {
        assertThat(parse(typed)).isEqualTo(new GoTo.Nothing());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1114112|0x110000 is beyond the last byte at 0x10ffff.",
                "-0x101|-0x101 lies 1 below address 0.",
                "heap_bas|No export or global is named \"heap_bas\"; heap_base is close.",
                "qqqqqqqqqqqqq|No export or global is named \"qqqqqqqqqqqqq\".",
                "fib|fib is a function, which has no address in memory.",
                "far|0x110008 is beyond the last byte at 0x10ffff.",
                "0x|\"0x\" is not an address. Type it like 1024 or 0x400.",
                "0xzz|\"0xzz\" is not an address. Type it like 1024 or 0x400.",
                "12ab|\"12ab\" is not an address. Type it like 1024 or 0x400.",
                "+|\"\" after + is not a number. Type it like 16 or 0x10.",
                "heap_base+x|\"x\" after + is not a number. Type it like 16 or 0x10.",
                "0xffffffffffffffffff|\"0xffffffffffffffffff\" is not an address. Type it like 1024 or 0x400."
            })
    void wrongOnesSayWhy(String typed, String sentence) {
        assertThat(parse(typed)).isEqualTo(new GoTo.Wrong(sentence));
    }

    @Test
    void sumBeyondSixtyThreeBitsIsNoPlace() {
        assertThat(parse("0x7fffffffffffffff+0x7fffffffffffffff"))
                .isEqualTo(new GoTo.Wrong("0x7fffffffffffffff is beyond the last byte at 0x10ffff."));
    }

    @Test
    void emptyMemoryHasNoPlaces() {
        assertThat(GoTo.parse("0", 0, 0, SYMBOLS))
                .isEqualTo(new GoTo.Wrong("The memory has no bytes yet: it has 0 pages."));
    }

    private static GoTo parse(String typed) {
        return GoTo.parse(typed, 0x100, SIZE, SYMBOLS);
    }
}
