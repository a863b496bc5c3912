package dev.wasmscope.views.hex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.views.hex.HexGeometry.Column;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HexGeometryTest {
    private static final double CHAR = 7.2;

    @ParameterizedTest
    @EnumSource(HexUnit.class)
    void everyByteIsHitInTheMiddleOfWhereItIsDrawn(HexUnit unit) {
        for (int bytes : new int[] {8, 16, 32}) {
            var geometry = new HexGeometry(bytes, unit, 8, CHAR);
            long top = 1_000_000_000L;
            double y = geometry.rowY(top + 5, top) + 3;
            for (int i = 0; i < bytes; i++) {
                long address = (top + 5) * bytes + i;
                long whole = address - address % unit.bytes();
                var hex = geometry.hit(geometry.byteX(i) + geometry.byteWidth() / 2, y, top);
                // The bytes of an f64 share one place: the first stands for all.
                assertThat(hex.address()).isEqualTo(unit == HexUnit.F64 ? whole : address);
                assertThat(hex.column()).isEqualTo(Column.HEX);
                var text = geometry.hit(geometry.textX() + (i + 0.5) * CHAR, y, top);
                assertThat(text).isEqualTo(new HexGeometry.Hit(address, Column.TEXT));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1600, 32", "700, 16", "570, 16", "560, 8", "400, 8", "100, 8"})
    void rowsAreAsWideAsFits(double width, int bytes) {
        assertThat(HexGeometry.fitting(width, HexUnit.U8, 65_536, CHAR).bytesPerRow())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"65536, 8", "4294967296, 8", "4294967297, 16"})
    void addressesBeyondFourGibibytesGetSixteenDigits(long size, int digits) {
        assertThat(HexGeometry.fitting(900, HexUnit.U8, size, CHAR).addressDigits())
                .isEqualTo(digits);
    }
}
