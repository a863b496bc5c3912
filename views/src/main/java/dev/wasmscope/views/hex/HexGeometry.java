package dev.wasmscope.views.hex;

/// Where bytes stand on the canvas, in pixels from its left upper corner. Knows no toolkit.
///
/// @param bytesPerRow 8, 16 or 32
/// @param charWidth of the fixed-width font
record HexGeometry(int bytesPerRow, HexUnit unit, int addressDigits, double charWidth) {
    static final double LINE = 20;
    static final double HEADER = 24;
    static final double TOP = HEADER + 3;
    static final double PAD = 12;

    enum Column {
        HEX,
        TEXT,
        ADDRESS
    }

    /// @param address of the row's first byte plus the byte hit; may lie outside the bytes there are
    record Hit(long address, Column column) {}

    /// The widest rows that fit.
    static HexGeometry fitting(double width, HexUnit unit, long size, double charWidth) {
        int digits = size > 1L << 32 ? 16 : 8;
        for (int bytes : new int[] {32, 16}) {
            var candidate = new HexGeometry(bytes, unit, digits, charWidth);
            if (candidate.width() <= width) {
                return candidate;
            }
        }
        return new HexGeometry(8, unit, digits, charWidth);
    }

    double bytesX() {
        return PAD + (addressDigits + 1.6) * charWidth;
    }

    /// Column of the cell's first character, in characters from [#bytesX()].
    int cellColumn(int cell) {
        return cell * (unit.chars() + 1) + cell * unit.bytes() / 8;
    }

    int cells() {
        return bytesPerRow / unit.bytes();
    }

    /// Characters of a whole row, between [#bytesX()] and the separator.
    int columns() {
        return cellColumn(cells() - 1) + unit.chars();
    }

    /// Characters from [#bytesX()] to byte `i` of a row; numbers are written with the highest byte first.
    int byteColumn(int i) {
        int cell = i / unit.bytes();
        return unit == HexUnit.F64 ? cellColumn(cell) : cellColumn(cell) + (unit.bytes() - 1 - i % unit.bytes()) * 2;
    }

    int byteChars() {
        return unit == HexUnit.F64 ? unit.chars() : 2;
    }

    double byteX(int i) {
        return bytesX() + byteColumn(i) * charWidth;
    }

    double byteWidth() {
        return byteChars() * charWidth;
    }

    double textX() {
        return bytesX() + (columns() + 2) * charWidth;
    }

    double separatorX() {
        return textX() - 1.2 * charWidth;
    }

    double width() {
        return textX() + bytesPerRow * charWidth + PAD;
    }

    double rowY(long row, long topRow) {
        return TOP + (int) (row - topRow) * LINE;
    }

    long rows(long size) {
        return (size + bytesPerRow - 1) / bytesPerRow;
    }

    /// Rows that are whole on a canvas of this height; at least 1.
    static int wholeRows(double height) {
        return Math.max(1, (int) ((height - TOP) / LINE));
    }

    Hit hit(double x, double y, long topRow) {
        long row = topRow + (long) Math.floor((y - TOP) / LINE);
        long start = row * bytesPerRow;
        if (x < bytesX() - charWidth) {
            return new Hit(start, Column.ADDRESS);
        }
        if (x >= separatorX()) {
            int i = (int) Math.floor((x - textX()) / charWidth);
            return new Hit(start + Math.clamp(i, 0, bytesPerRow - 1), Column.TEXT);
        }
        return new Hit(start + nearestByte(x), Column.HEX);
    }

    private int nearestByte(double x) {
        int nearest = 0;
        double distance = Double.MAX_VALUE;
        for (int i = 0; i < bytesPerRow; i++) {
            double d = Math.abs(x - byteX(i) - byteWidth() / 2);
            if (d < distance) {
                distance = d;
                nearest = i;
            }
        }
        return nearest;
    }
}
