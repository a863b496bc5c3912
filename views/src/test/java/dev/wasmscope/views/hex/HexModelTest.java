package dev.wasmscope.views.hex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HexModelTest {
    private static final long FOUR_GIB = 1L << 32;
    private final HexModel model = new HexModel(Runnable::run);

    @BeforeEach
    void fourGibibytesOnTenRows() {
        model.setSource(new SlowSource(FOUR_GIB));
        model.resized(new HexGeometry(16, HexUnit.U8, 8, 7), 10);
    }

    @Test
    void cursorStopsAtBothEnds() {
        model.moveBy(-1, false);
        assertThat(model.selection()).isEqualTo(Selection.at(0));
        model.moveTo(Long.MAX_VALUE, false);
        assertThat(model.selection()).isEqualTo(Selection.at(FOUR_GIB - 1));
        assertThat(model.topRow()).isEqualTo(FOUR_GIB / 16 - 10);
        model.moveBy(1, false);
        assertThat(model.selection()).isEqualTo(Selection.at(FOUR_GIB - 1));
    }

    @Test
    void rowUpFromTheFirstRowKeepsTheColumn() {
        model.moveTo(5, false);
        model.moveBy(-16, false);
        assertThat(model.selection()).isEqualTo(Selection.at(5));
    }

    @Test
    void shiftExtendsFromWhereTheSelectionBeganInBothDirections() {
        model.moveTo(0x100, false);
        model.moveBy(16, true);
        assertThat(model.selection().start()).isEqualTo(0x100);
        assertThat(model.selection().length()).isEqualTo(17);
        model.moveBy(-32, true);
        assertThat(model.selection().start()).isEqualTo(0xf0);
        assertThat(model.selection().end()).isEqualTo(0x101);
    }

    @Test
    void pageDownMovesViewAndCursorByWhatFits() {
        model.moveTo(0x13, false);
        model.pageBy(1, false);
        assertThat(model.topRow()).isEqualTo(10);
        assertThat(model.selection()).isEqualTo(Selection.at(0x13 + 160));
        model.pageBy(-1, false);
        model.pageBy(-1, false);
        assertThat(model.selection()).isEqualTo(Selection.at(3));
    }

    @Test
    void homeAndEndStayInTheRow() {
        model.moveTo(0x47, false);
        model.rowEnd(true);
        assertThat(model.selection()).isEqualTo(new Selection(0x47, 0x4f));
        model.rowStart(false);
        assertThat(model.selection()).isEqualTo(Selection.at(0x40));
    }

    @Test
    void widerRowsKeepTheFirstAddressOnTheScreen() {
        model.scrollTo(1000);
        model.resized(new HexGeometry(32, HexUnit.U8, 8, 7), 10);
        assertThat(model.topRow() * 32).isEqualTo(16_000);
    }

    @Test
    void shownPlaceIsSelectedBroughtIntoTheViewAndLitForAWhile() {
        model.show(0x8000_0000L, 12);
        assertThat(model.selection().start()).isEqualTo(0x8000_0000L);
        assertThat(model.selection().length()).isEqualTo(12);
        assertThat(model.selection().cursor()).isEqualTo(0x8000_0000L);
        long row = 0x8000_0000L / 16;
        assertThat(model.topRow()).isBetween(row - 9, row);
        long now = System.nanoTime();
        assertThat(model.flashOf(0x8000_000bL, now)).isPositive();
        assertThat(model.flashOf(0x8000_000cL, now)).isZero();
        assertThat(model.flashOf(0x8000_0000L, now + HexModel.FLASH_NANOS)).isZero();
    }

    @Test
    void placeOutsideIsRefusedWithBothAddresses() {
        assertThatThrownBy(() -> model.show(FOUR_GIB, 1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("There is no byte at 0x100000000: the last one is at 0xffffffff.");
        assertThatThrownBy(() -> model.show(FOUR_GIB - 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> model.show(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void selectionShrinksWithTheBytes() {
        var source = new SlowSource(100);
        model.setSource(source);
        model.selectAll();
        source.size = 10;
        model.refresh();
        assertThat(model.selection()).isEqualTo(new Selection(0, 9));
    }

    @Test
    void noBytesTakeEveryCommand() {
        model.setSource(ByteSource.EMPTY);
        model.moveBy(1, true);
        model.pageBy(-1, false);
        model.rowEnd(false);
        model.selectAll();
        model.refresh();
        assertThat(model.selection()).isEqualTo(Selection.at(0));
        assertThat(model.lastTopRow()).isZero();
    }

    @Test
    void changedBytesGlowFadeToATintAndGrowWeakerWithEachStep() {
        long now = System.nanoTime();
        model.marks().step(List.of(new ByteRange(0x20, 4), new ByteRange(0x10, 2)), now);
        assertThat(heat(0x10, now)).isEqualTo(1);
        assertThat(heat(0x12, now)).isZero();
        assertThat(heat(0x23, now)).isEqualTo(1);
        double tint = heat(0x10, now + ChangeMarks.FADE_NANOS);
        assertThat(tint).isBetween(0.3, 0.6);
        model.marks().step(List.of(new ByteRange(0x30, 1)), now);
        assertThat(heat(0x10, now)).isBetween(0.05, tint);
        assertThat(heat(0x30, now)).isEqualTo(1);
        assertThat(model.marks().newest()).containsExactly(new ByteRange(0x30, 1));
    }

    @Test
    void stillMarksDoNotFade() {
        model.stillProperty().set(true);
        long now = System.nanoTime();
        model.marks().step(List.of(new ByteRange(0x20, 4)), now);
        assertThat(heat(0x20, now)).isEqualTo(heat(0x20, now + ChangeMarks.FADE_NANOS));
        assertThat(model.marks().fading(now)).isFalse();
    }

    @Test
    void liveCopiesColourWhatChangedBetweenThem() {
        var source = new SlowSource(100);
        source.live = true;
        model.setSource(source);
        model.cache().want(0, 100);
        source.answerAll();
        source.shift = 1;
        model.refresh();
        model.cache().want(0, 100);
        source.answerAll();
        assertThat(heat(50, System.nanoTime())).isPositive();
    }

    private double heat(long address, long now) {
        var heat = new float[1];
        model.marks().heat(address, now, heat);
        return heat[0];
    }
}
