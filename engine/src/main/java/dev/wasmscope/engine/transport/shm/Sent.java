package dev.wasmscope.engine.transport.shm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Commands that went one way and were not all answered yet. In a queue from one thread that sends to one that reads.
final class Sent {
    enum Path {
        RING,
        SOCKET
    }

    /// Whom the answers are for.
    enum Answers {
        CALLER,
        /// The connection itself.
        OURS,
        /// They were given before, on the other path.
        NOBODY
    }

    final Path path;
    final byte[] bytes;
    final int commands;
    final Answers answers;
    final CommandRoutes.Route route;
    /// The transaction that an EXEC ends.
    final @Nullable Transaction transaction;

    /// Of its replies that are still to come; the reader's.
    int open;
    /// The first byte of the reply under way; the reader's.
    byte type;

    @SuppressWarnings("UnusedVariable") // through its handle
    private @Nullable Sent next;

    Sent(
            Path path,
            byte[] bytes,
            int commands,
            Answers answers,
            CommandRoutes.Route route,
            @Nullable Transaction transaction) {
        this.path = path;
        this.bytes = bytes;
        this.commands = commands;
        this.answers = answers;
        this.route = route;
        this.transaction = transaction;
        open = commands;
    }

    /// MULTI and what was queued behind it, should all of it have to be said again.
    static final class Transaction {
        private ByteBuffer bytes = ByteBuffer.allocate(256);
        private int commands;

        void add(byte[] command) {
            if (bytes.remaining() < command.length) {
                var larger = Math.max(2 * bytes.capacity(), bytes.position() + command.length);
                bytes = ByteBuffer.allocate(larger).put(bytes.flip());
            }
            bytes.put(command);
            commands++;
        }

        byte[] bytes() {
            var all = new byte[bytes.position()];
            bytes.get(0, all);
            return all;
        }

        int commands() {
            return commands;
        }
    }

    /// In the order of their answers. One thread adds, one takes.
    static final class Queue {
        private static final VarHandle NEXT = next();

        private Sent last = new Sent(Path.SOCKET, new byte[0], 0, Answers.NOBODY, CommandRoutes.Route.SOCKET, null);
        private Sent taken = last;
        private final AtomicLong added = new AtomicLong();
        private final AtomicLong answered = new AtomicLong();

        private static VarHandle next() {
            try {
                return MethodHandles.lookup().findVarHandle(Sent.class, "next", Sent.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        void add(Sent sent) {
            added.setRelease(added.getPlain() + 1);
            NEXT.setRelease(last, sent);
            last = sent;
        }

        /// @return null when nothing is to be answered
        @Nullable
        Sent take() {
            var sent = (@Nullable Sent) NEXT.getAcquire(taken);
            if (sent != null) {
                taken = sent;
            }
            return sent;
        }

        /// All answers of one that was taken have come.
        void answered() {
            answered.setRelease(answered.getPlain() + 1);
        }

        /// Whether all was answered.
        boolean empty() {
            return answered.getAcquire() == added.getAcquire();
        }
    }
}
