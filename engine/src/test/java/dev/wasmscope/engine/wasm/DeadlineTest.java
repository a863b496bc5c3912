package dev.wasmscope.engine.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.CallOutcome;
import dev.wasmscope.engine.spi.CallRequest;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.HostFunction;
import dev.wasmscope.engine.spi.HostModule;
import dev.wasmscope.engine.spi.SessionRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadlineTest {
    /// Appends one record of eight bytes to a journal; an interrupted write would close the channel.
    private record Journal(FileChannel file) implements HostModule {
        @Override
        public String name() {
            return "host";
        }

        @Override
        public List<HostFunction> functions() {
            return List.of(new HostFunction("append", new FunctionType(List.of(), List.of()), (_, _) -> {
                try {
                    var half = ByteBuffer.wrap(new byte[] {1, 2, 3, 4});
                    file.write(half);
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    file.write(ByteBuffer.wrap(new byte[] {5, 6, 7, 8}));
                    return List.of();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }
    }

    @Test
    void thousandRandomDeadlinesLeaveAJournalOpenAndWhole(@TempDir Path folder) throws IOException {
        var path = folder.resolve("journal");
        var random = new Random(1);
        try (var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                var sessions = new Sessions(List.of(), List.of(new Journal(file)))) {
            var session = sessions.open(SessionRequest.of(Wat.module("""
                            (module (import "host" "append" (func $append))
                              (func (export "write_for_ever") (loop $l (call $append) (br $l))))
                            """))).join();
            for (int i = 0; i < 1_000; i++) {
                var deadline = Duration.ofNanos(1 + random.nextInt(600_000));
                var outcome = session.call(new CallRequest("write_for_ever", List.of(), Optional.of(deadline)))
                        .join();
                assertThat(outcome).isInstanceOf(CallOutcome.TimedOut.class);
            }
            assertThat(file.isOpen()).isTrue();
        }
        var bytes = Files.readAllBytes(path);
        assertThat(bytes.length).isPositive();
        assertThat(bytes.length % 8).isZero();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != i % 8 + 1) {
                assertThat(bytes[i]).as("byte " + i).isEqualTo((byte) (i % 8 + 1));
            }
        }
    }
}
