package dev.wasmscope.views.hex;

import java.util.Arrays;

/// One row as it is drawn: characters by colour, and the heat of each byte. Reused from row to row.
final class HexRow {
    private int[] values = new int[0];
    private float[] heat = new float[0];
    private char[] bright = new char[0];
    private char[] dim = new char[0];
    private char[] printable = new char[0];
    private char[] dots = new char[0];
    private int length;
    private boolean anyBright;
    private boolean anyDim;
    private boolean anyPrintable;
    private boolean anyDots;

    void read(HexModel model, long row, long now) {
        var geometry = model.geometry();
        int bytes = geometry.bytesPerRow();
        int columns = geometry.columns();
        if (values.length != bytes || bright.length != columns) {
            values = new int[bytes];
            heat = new float[bytes];
            bright = new char[columns];
            dim = new char[columns];
            printable = new char[bytes];
            dots = new char[bytes];
        }
        long start = row * bytes;
        length = (int) Math.min(bytes, model.size() - start);
        for (int i = 0; i < length; i++) {
            values[i] = model.cache().at(start + i);
        }
        model.marks().heat(start, now, heat);
        cells(geometry);
        characters();
        typed(model, start);
    }

    private void cells(HexGeometry geometry) {
        Arrays.fill(bright, ' ');
        Arrays.fill(dim, ' ');
        anyBright = false;
        anyDim = false;
        var unit = geometry.unit();
        for (int cell = 0; cell * unit.bytes() < length; cell++) {
            int at = geometry.cellColumn(cell);
            int first = cell * unit.bytes();
            char missing = missing(first, unit.bytes());
            if (missing != 0) {
                Arrays.fill(dim, at, at + unit.chars(), missing);
                anyDim = true;
                continue;
            }
            long bits = 0;
            for (int i = unit.bytes() - 1; i >= 0; i--) {
                bits = bits << 8 | values[first + i];
            }
            unit.write(bits, bits == 0 ? dim : bright, at);
            anyDim |= bits == 0;
            anyBright |= bits != 0;
        }
    }

    /// The digit that has been typed, before its byte is whole.
    private void typed(HexModel model, long start) {
        long at = model.selection().cursor() - start;
        if (model.typing().digit() >= 0 && at >= 0 && at < length) {
            int column = model.geometry().byteColumn((int) at);
            bright[column] = Hex.digit(model.typing().digit());
            bright[column + 1] = '_';
            dim[column] = ' ';
            dim[column + 1] = ' ';
            anyBright = true;
        }
    }

    /// What stands for bytes that cannot be shown: not read yet, not readable, or no whole number left at the end.
    private char missing(int first, int count) {
        if (first + count > length) {
            return '-';
        }
        for (int i = first; i < first + count; i++) {
            if (values[i] == PageCache.UNREADABLE) {
                return '?';
            }
            if (values[i] == PageCache.PENDING) {
                return '·';
            }
        }
        return 0;
    }

    private void characters() {
        Arrays.fill(printable, ' ');
        Arrays.fill(dots, ' ');
        anyPrintable = false;
        anyDots = false;
        for (int i = 0; i < length; i++) {
            if (Hex.printable(values[i])) {
                printable[i] = (char) values[i];
                anyPrintable = true;
            } else if (values[i] >= 0) {
                dots[i] = '·';
                anyDots = true;
            }
        }
    }

    int length() {
        return length;
    }

    float heat(int i) {
        return heat[i];
    }

    boolean anyBright() {
        return anyBright;
    }

    boolean anyDim() {
        return anyDim;
    }

    boolean anyPrintable() {
        return anyPrintable;
    }

    boolean anyDots() {
        return anyDots;
    }

    String brightText() {
        return new String(bright);
    }

    String dimText() {
        return new String(dim);
    }

    String printable() {
        return new String(printable);
    }

    String dots() {
        return new String(dots);
    }

    /// Both colours in one line, for people and tests: `68 65 6c`.
    String hexLine() {
        var line = bright.clone();
        for (int i = 0; i < line.length; i++) {
            if (line[i] == ' ') {
                line[i] = dim[i];
            }
        }
        return new String(line);
    }

    String textLine() {
        var line = printable.clone();
        for (int i = 0; i < line.length; i++) {
            if (dots[i] != ' ') {
                line[i] = dots[i];
            }
        }
        return new String(line, 0, length);
    }
}
