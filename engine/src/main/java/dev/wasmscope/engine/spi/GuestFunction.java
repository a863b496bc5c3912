package dev.wasmscope.engine.spi;

/// An exported function that was looked up once, to be called often: no look-up, no boxing, no time taken per call.
///
/// Owner thread only. The deadline is the instance's usual one, looked at about ten times a second; it does not stop
/// while host functions run, so it is meant for modules that import none.
@FunctionalInterface
public interface GuestFunction {
    /// @param arguments raw bits as in [Value#low()]; not kept, so that callers may use an array again
    /// @return raw bits of the only result (of an i32 the low half counts), 0 where there is none
    /// @throws GuestFailedException when the guest trapped or was stopped at the deadline
    long call(long... arguments) throws GuestFailedException;
}
