package dev.wasmscope.engine.spi;

public enum OutputStreamName {
    STDOUT,
    STDERR
}
