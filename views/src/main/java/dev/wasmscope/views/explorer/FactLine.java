package dev.wasmscope.views.explorer;

/// One line of the facts panel.
record FactLine(String key, String value, Tone tone) {
    enum Tone {
        PLAIN,
        GOOD,
        WARNING,
        BAD
    }

    static FactLine of(String key, String value) {
        return new FactLine(key, value, Tone.PLAIN);
    }
}
