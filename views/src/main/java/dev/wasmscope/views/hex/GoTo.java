package dev.wasmscope.views.hex;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a person typed to go somewhere: `0x400`, `1024`, `+16`, `-0x10`, `heap_base`, `heap_base+8`.
sealed interface GoTo {
    record Nothing() implements GoTo {}

    /// @param length of a place with an extent, else 0
    record Place(long address, long length) implements GoTo {}

    /// @param reason a sentence
    record Wrong(String reason) implements GoTo {}

    /// @param cursor relative addresses count from it
    /// @param size bytes there are
    static GoTo parse(String text, long cursor, long size, List<Symbol> symbols) {
        var trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return new Nothing();
        }
        // A name may itself hold + and -: the whole text comes first, then the last sign splits it.
        var whole = symbol(trimmed, symbols);
        if (whole.isPresent()) {
            return place(whole.get(), 0, size);
        }
        int sign = Math.max(trimmed.lastIndexOf('+'), trimmed.lastIndexOf('-'));
        var base = sign < 0 ? trimmed : trimmed.substring(0, sign).strip();
        long offset = 0;
        if (sign >= 0) {
            var digits = trimmed.substring(sign + 1).strip();
            var number = number(digits);
            if (number.isEmpty()) {
                return new Wrong("\"%s\" after %s is not a number. Type it like 16 or 0x10."
                        .formatted(digits, trimmed.charAt(sign)));
            }
            offset = trimmed.charAt(sign) == '-' ? -number.get() : number.get();
        }
        if (base.isEmpty()) {
            return within(sum(cursor, offset), 0, size, trimmed);
        }
        var number = number(base);
        if (number.isPresent()) {
            return within(sum(number.get(), offset), 0, size, trimmed);
        }
        var named = symbol(base, symbols);
        return named.isPresent() ? place(named.get(), offset, size) : unknown(base, symbols);
    }

    private static GoTo place(Symbol symbol, long offset, long size) {
        if (symbol.address().isEmpty()) {
            return new Wrong("%s is a %s, which has no address in memory.".formatted(symbol.name(), symbol.kind()));
        }
        long address = sum(symbol.address().getAsLong(), offset);
        long length = offset == 0 && address >= 0 ? Math.min(symbol.length(), Math.max(0, size - address)) : 0;
        return within(address, length, size, symbol.name());
    }

    /// No further than 63 bits, which is beyond every memory.
    private static long sum(long base, long offset) {
        long sum = base + offset;
        return base > 0 && offset > 0 && sum < 0 ? Long.MAX_VALUE : sum;
    }

    private static GoTo within(long address, long length, long size, String typed) {
        if (size == 0) {
            return new Wrong("The memory has no bytes yet: it has 0 pages.");
        }
        if (address < 0) {
            return new Wrong("%s lies %d below address 0.".formatted(typed, -address));
        }
        if (address >= size) {
            return new Wrong("%s is beyond the last byte at %s.".formatted(Hex.of(address), Hex.of(size - 1)));
        }
        return new Place(address, length);
    }

    private static GoTo unknown(String name, List<Symbol> symbols) {
        if (Character.isDigit(name.charAt(0))) {
            return new Wrong("\"%s\" is not an address. Type it like 1024 or 0x400.".formatted(name));
        }
        var nearest = symbols.stream()
                .map(Symbol::name)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .filter(candidate -> distance(name, candidate) <= Math.max(2, name.length() / 2));
        return new Wrong("No export or global is named \"%s\"%s"
                .formatted(name, nearest.map(n -> "; " + n + " is close.").orElse(".")));
    }

    private static Optional<Symbol> symbol(String name, List<Symbol> symbols) {
        var bare = name.startsWith("$") ? name.substring(1) : name;
        return symbols.stream()
                .filter(s -> s.name().equals(name) || s.name().equals(bare))
                .min(Comparator.comparing(s -> s.address().isEmpty()));
    }

    /// Decimal or hexadecimal, `_` anywhere; empty for anything else and for more than 63 bits.
    private static Optional<Long> number(String text) {
        var digits = text.replace("_", "").toLowerCase(Locale.ROOT);
        try {
            if (digits.startsWith("0x")) {
                return digits.length() == 2 || digits.charAt(2) == '-' || digits.charAt(2) == '+'
                        ? Optional.empty()
                        : Optional.of(Long.parseLong(digits, 2, digits.length(), 16));
            }
            return digits.isEmpty() || !Character.isDigit(digits.charAt(0))
                    ? Optional.empty()
                    : Optional.of(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// Levenshtein's.
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(above, row[j - 1]) + 1, diagonal + change);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
