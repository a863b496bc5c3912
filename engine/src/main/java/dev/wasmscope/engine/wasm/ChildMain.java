package dev.wasmscope.engine.wasm;

import dev.wasmscope.engine.platform.ChildJvm;
import dev.wasmscope.engine.wasm.child.ChildHost;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// The process that sessions live in which are opened in a child. Standard input is its leash.
final class ChildMain {
    private static final int BUFFER = 1 << 16;

    private ChildMain() {}

    /// Its heap may be as large as this one's: guests have the same room in both places.
    static Process start() throws IOException {
        var heap = "-Xmx" + (Runtime.getRuntime().maxMemory() >> 20) + "m";
        return ChildJvm.start(ChildMain.class, List.of(heap, "-Djava.awt.headless=true"), List.of());
    }

    public static void main(String[] arguments) {
        var in = new BufferedInputStream(new FileInputStream(FileDescriptor.in), BUFFER);
        var out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER);
        // Whatever else prints or reads must not come between the protocol's frames.
        System.setOut(System.err);
        System.setIn(InputStream.nullInputStream());
        int exit = 0;
        try {
            new ChildHost(new Sessions()::open, out).serve(in);
        } catch (IOException | RuntimeException e) {
            System.err.println("wasmscope session process: " + e.getMessage());
            exit = 1;
        }
        // Guests may still run.
        Runtime.getRuntime().halt(exit);
    }
}
