package dev.wasmscope.engine.spi;

/// What is written to a memory from [OwnedMemory#step] until [#end]. The owner thread's.
public interface MemoryStep {
    /// Nothing more is noticed.
    void end();

    /// Pages of 64 KiB that were written to, those that came by growth not counted.
    int pagesWritten();

    /// What differs; valid until the memory is written to again. Its epoch is 0.
    ///
    /// @param most at most this many ranges; [Changes#total()] counts all
    Changes changes(int most);
}
