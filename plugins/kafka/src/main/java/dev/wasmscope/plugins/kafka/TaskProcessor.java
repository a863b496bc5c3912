package dev.wasmscope.plugins.kafka;

/// Works at one task after the other; every worker has one of its own.
interface TaskProcessor extends AutoCloseable {
    TaskOutcome process(byte[] task);

    @Override
    void close();

    interface Factory {
        /// @param worker counts from 0
        /// @throws ProcessorFailedException when there can be none
        TaskProcessor make(int worker) throws ProcessorFailedException;
    }
}
