package dev.wasmscope.views.hex;

import dev.wasmscope.views.control.Fonts;
import dev.wasmscope.views.control.PaletteProbe;
import dev.wasmscope.views.control.Theme;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/// What a frame of the hex view costs, by size of the memory: run its `main` under Xvfb.
///
/// Prints microseconds of CPU of the UI thread a frame, and frames a second.
@SuppressWarnings({"SystemOut", "ThreadPriorityCheck"}) // a program, not a test
public final class HexFrameBenchmark {
    private HexFrameBenchmark() {}

    public static void main(String[] args) {
        Application.launch(Window.class, args);
    }

    private enum Phase {
        SCROLL,
        JUMP,
        LIVE
    }

    private record Pages(long size) implements ByteSource {
        @Override
        public CompletionStage<Bytes> read(long address, int length) {
            var bytes = new byte[length];
            new Random(address).nextBytes(bytes);
            return CompletableFuture.completedFuture(new Bytes(address, bytes, 0, false));
        }
    }

    /// The window and the frames in it.
    public static final class Window extends Application {
        private static final int WARM_UP = 200;
        private static final int FRAMES = 600;
        private static final List<Long> SIZES = List.of(1L << 16, 1L << 24, 32_767L << 16, 1L << 32);
        private static final List<Phase> PHASES = List.of(Phase.values());
        private final Random random = new Random(1);

        @Override
        public void start(Stage stage) {
            Fonts.registerWithJavaFx();
            Theme.DARK.install();
            var probe = new PaletteProbe();
            var view = new HexView(probe.paletteProperty(), Platform::runLater);
            var scene = new Scene(new StackPane(view, probe), 1000, 900);
            Theme.DARK.applyTo(scene);
            stage.setScene(scene);
            stage.show();
            new Frames(view).start();
        }

        private final class Frames extends AnimationTimer {
            private final HexView view;
            private int run = -1;
            private int frame;
            private long cpu;
            private long wall;

            Frames(HexView view) {
                this.view = view;
            }

            @Override
            public void handle(long now) {
                if (run < 0 || frame == FRAMES) {
                    next();
                    return;
                }
                if (frame == WARM_UP) {
                    cpu = cpu();
                    wall = System.nanoTime();
                }
                frame++;
                step(PHASES.get(run % 3));
            }

            private void step(Phase phase) {
                var model = view.model();
                switch (phase) {
                    case SCROLL -> model.scrollTo(model.topRow() == model.lastTopRow() ? 0 : model.topRow() + 1);
                    case JUMP -> model.scrollTo(random.nextLong(model.lastTopRow() + 1));
                    case LIVE -> {
                        long at = model.topRow() * model.geometry().bytesPerRow();
                        view.markChanged(List.of(new ByteRange(at + random.nextInt(400), 4)));
                        view.refresh();
                    }
                }
            }

            private void next() {
                if (run >= 0) {
                    int counted = FRAMES - WARM_UP;
                    System.out.printf(
                            "%,13d bytes %-6s %6d us CPU/frame %5.1f fps%n",
                            SIZES.get(run / 3),
                            PHASES.get(run % 3),
                            (cpu() - cpu) / 1000 / counted,
                            counted / ((System.nanoTime() - wall) / 1e9));
                }
                run++;
                frame = 0;
                if (run == SIZES.size() * 3) {
                    stop();
                    Platform.exit();
                } else if (run % 3 == 0) {
                    view.setSource(new Pages(SIZES.get(run / 3)));
                }
            }

            private static long cpu() {
                return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            }
        }
    }
}
