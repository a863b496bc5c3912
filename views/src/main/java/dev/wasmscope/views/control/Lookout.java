package dev.wasmscope.views.control;

import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Pulse;
import java.time.Duration;
import java.util.Objects;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Scene;
import org.jspecify.annotations.Nullable;

/// Looks at what does not say when it changes, while a node is on the screen.
///
/// With each frame that is drawn anyway, so that what the user has just done shows at once; quickly while something
/// is under way; and twice a second at all times, for what happens elsewhere. A view that nobody sees does not look.
public final class Lookout {
    /// That of the status bar: beats of equal length fall together, and JavaFX wakes up once.
    private static final Duration SELDOM = Duration.ofMillis(500);

    private final Node node;
    private final Runnable look;
    private final ObservableValue<Boolean> busy;
    private final Pulse often;
    private final Pulse seldom;
    private @Nullable Scene scene;

    private Lookout(Node node, Background background, Duration quickly, ObservableValue<Boolean> busy, Runnable look) {
        this.node = node;
        this.look = look;
        this.busy = busy;
        often = new Pulse(background, quickly, look);
        seldom = new Pulse(background, SELDOM, look);
    }

    /// @param quickly how long between two looks while something is under way
    /// @param busy whether something is
    public static void keep(
            Node node, Background background, Duration quickly, ObservableValue<Boolean> busy, Runnable look) {
        var lookout = new Lookout(node, background, quickly, busy, look);
        node.sceneProperty().subscribe(lookout::turn);
        busy.subscribe(lookout::turn);
    }

    private void turn() {
        var now = node.getScene();
        if (!Objects.equals(scene, now)) {
            if (scene != null) {
                scene.removePreLayoutPulseListener(look);
            }
            if (now != null) {
                now.addPreLayoutPulseListener(look);
            }
            scene = now;
        }
        play(often, now != null && busy.getValue());
        play(seldom, now != null && !busy.getValue());
    }

    private static void play(Pulse pulse, boolean on) {
        if (on) {
            pulse.play();
        } else {
            pulse.stop();
        }
    }
}
