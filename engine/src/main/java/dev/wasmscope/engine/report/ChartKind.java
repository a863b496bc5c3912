package dev.wasmscope.engine.report;

/// The drawings there are of a run.
public enum ChartKind {
    TIME("latency", "Time"),
    PERCENTILES("percentiles", "Percentiles"),
    HISTOGRAM("histogram", "Histogram"),
    BARS("bars", "Bars"),
    SENDS("sends", "Sends"),
    SWEEP("sweep", "Sweep");

    private final String file;
    private final String title;

    ChartKind(String file, String title) {
        this.file = file;
        this.title = title;
    }

    /// What its files are called, without the ending.
    public String file() {
        return file;
    }

    /// For a tab or a menu.
    public String title() {
        return title;
    }
}
