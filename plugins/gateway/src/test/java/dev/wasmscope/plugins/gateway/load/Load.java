package dev.wasmscope.plugins.gateway.load;

/// What is asked for, how often and for how long.
///
/// @param rate requests a second; 0 for as fast as answers come
/// @param loops how many of them a second go to a guest that never ends, on a connection of their own
record Load(String target, int connections, double rate, double loops, double seconds) {
    private static final int CONNECTIONS = 16;

    static Load asFastAsItGoes(double seconds) {
        return new Load("/", CONNECTIONS, 0, 0, seconds);
    }

    static Load at(double rate, double seconds) {
        return new Load("/", CONNECTIONS, rate, 0, seconds);
    }

    /// @param each of how many requests one loops
    Load withLoops(int each) {
        return new Load(target, connections, rate - rate / each, rate / each, seconds);
    }
}
