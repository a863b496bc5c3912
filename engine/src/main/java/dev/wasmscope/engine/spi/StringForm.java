package dev.wasmscope.engine.spi;

import java.util.Locale;

/// How a string crosses between host and guest.
public enum StringForm {
    /// An address and a number of bytes, UTF-8, as two values.
    POINTER_LENGTH("address and length"),
    /// An address; a 0 ends it: C.
    ZERO_ENDED("0 at the end"),
    /// An address of a u32 length that counts the 0 at the end, then the bytes, then the 0: Easegress.
    LENGTH_FIRST("length first"),
    /// An address of UTF-16 units, their number of bytes in the u32 before: AssemblyScript.
    ASSEMBLYSCRIPT("AssemblyScript");

    private final String title;

    StringForm(String title) {
        this.title = title;
    }

    /// For people.
    public String title() {
        return title;
    }

    /// For the command line: `pointer-length`.
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
