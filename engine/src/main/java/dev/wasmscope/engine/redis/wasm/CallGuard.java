package dev.wasmscope.engine.redis.wasm;

/// Told around each call of the guest that may last, by the thread that makes it.
interface CallGuard {
    CallGuard NONE = new CallGuard() {
        @Override
        public void entering() {}

        @Override
        public int left() {
            return 0;
        }

        @Override
        public void undone() {}
    };

    void entering();

    /// The guest is at rest. Whoever stood in meanwhile has stopped when this returns.
    ///
    /// @return bytes of the mailbox's outgoing area that were handed on already
    int left();

    /// The call that was left last is as if it had not been.
    void undone();
}
