package dev.wasmscope.views.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

class LookoutTest extends FxTest {
    private final AtomicInteger looks = new AtomicInteger();
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final Label watched = new Label("watched");
    private final StackPane pane = new StackPane();

    @Override
    protected Parent content() {
        Lookout.keep(watched, background, Duration.ofMillis(1), busy, looks::incrementAndGet);
        return pane;
    }

    @Test
    void whatIsNotOnTheScreenDoesNotLook() throws Exception {
        onUi(() -> busy.set(true));
        onUi(() -> pane.getChildren().add(watched));
        moreThan(looks.get() + 5);
        onUi(() -> pane.getChildren().clear());
        int then = looks.get();
        // Quick looks would have come meanwhile: the beat below is as long as a thousand of them.
        framesAndASecond();
        assertThat(looks).hasValue(then);
        onUi(() -> pane.getChildren().add(watched));
        moreThan(then);
    }

    @Test
    void frameThatIsDrawnAnywayIsLookedAtBefore() {
        onUi(() -> pane.getChildren().add(watched));
        onUi(() -> Platform.requestNextPulse());
        int[] seen = new int[2];
        onUi(() -> {
            seen[0] = looks.get();
            pane.getScene().addPostLayoutPulseListener(() -> seen[1] = looks.get());
            watched.setText("another text");
        });
        await(() -> seen[1] > seen[0]);
    }

    @Test
    void looksNowAndThenWhileNothingIsDrawn() {
        onUi(() -> pane.getChildren().add(watched));
        moreThan(looks.get() + 2);
    }

    private void framesAndASecond() throws InterruptedException {
        onUi(() -> pane.getChildren().setAll(new Label("in its place")));
        TimeUnit.SECONDS.sleep(1);
        settle();
    }

    private void moreThan(int before) {
        await(() -> looks.get() > before);
    }

    private static void await(Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, condition);
        } catch (TimeoutException e) {
            throw new AssertionError("It did not look", e);
        }
    }
}
