package dev.wasmscope.plugins.gateway.filter;

/// Takes what guests log. Called from many threads.
@FunctionalInterface
public interface FilterLog {
    /// @param level 0 debug, 1 information, 2 warning, 3 error; guests may say others
    void log(int level, String text);
}
