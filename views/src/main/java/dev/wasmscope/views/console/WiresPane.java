package dev.wasmscope.views.console;

import dev.wasmscope.engine.spi.HandshakeStep;
import dev.wasmscope.engine.spi.RingPositions;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Lookout;
import dev.wasmscope.views.control.Parts;
import java.time.Duration;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The wires of shared memory, beside what the console says: the handshake step by step, and both rings as they move.
final class WiresPane extends ScrollPane {
    private static final Duration PULSE = Duration.ofMillis(50);

    private final VBox steps = new VBox();
    private final Direction requests = new Direction("requests", "ring-requests");
    private final Direction replies = new Direction("replies", "ring-replies");
    private final Label detours = Parts.label("", "dim");
    private final VBox rings;

    WiresPane(WiresModel model, Background background) {
        setId("console-wires-pane");
        getStyleClass().add("wires-pane");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setMinWidth(Region.USE_PREF_SIZE);
        steps.getStyleClass().add("handshake");
        rings = new VBox(Parts.section("Rings"), requests, replies, detours);
        rings.getStyleClass().add("rings");
        // The rings first: they move, and a low window shows little else.
        setContent(new VBox(rings, Parts.section("Handshake"), steps));
        model.wiresProperty().subscribe((before, now) -> show(before, now));
        show(WiresModel.Wires.NONE, model.wiresProperty().get());
        visibleProperty().bind(model.wantedProperty().and(model.possibleProperty()));
        managedProperty().bind(visibleProperty());
        // Positions are only worth a quick look while they are shown.
        Lookout.keep(this, background, PULSE, visibleProperty(), model::poll);
    }

    private void show(WiresModel.Wires before, WiresModel.Wires now) {
        if (!before.steps().equals(now.steps())) {
            steps.getChildren().setAll(now.steps().stream().map(WiresPane::row).toList());
        }
        rings.setVisible(now.positions().isPresent());
        rings.setManaged(rings.isVisible());
        now.positions().ifPresent(this::show);
    }

    private void show(RingPositions positions) {
        requests.show(positions.requests());
        replies.show(positions.replies());
        detours.setText(positions.detours() == 0 ? "" : "%,d went over the socket".formatted(positions.detours()));
        detours.setManaged(positions.detours() > 0);
    }

    /// What happened, and with what; all of it in the tool tip, should it not fit.
    private record Said(String title, String facts, String tip) {
        static Said of(HandshakeStep step) {
            return switch (step) {
                case HandshakeStep.Connected(var transport, var address) ->
                    new Said(
                            "connected",
                            transport,
                            "The ordinary connection, %s, stays open: %s".formatted(transport, address));
                case HandshakeStep.Awaited(var reason) -> new Said("SHM.OPEN", "after the login", reason);
                case HandshakeStep.Offered(var path, var size, var nonce, var commands) ->
                    new Said(
                            "offered",
                            path,
                            "SHM.OPEN was answered: %,d bytes in %s, nonce %s, for %s."
                                    .formatted(
                                            size,
                                            path,
                                            nonce,
                                            commands == 0 ? "all commands" : commands + " commands"));
                case HandshakeStep.Mapped(var requestBytes, var replyBytes) ->
                    new Said(
                            "mapped",
                            "%d + %d KiB".formatted(requestBytes / 1024, replyBytes / 1024),
                            "The file is mapped, sealed, and its header is as announced.");
                case HandshakeStep.Attached() ->
                    new Said("attached", "rings in use", "From here on commands go through shared memory.");
                case HandshakeStep.Refused(var reason) -> new Said("over the socket", reason, reason);
            };
        }
    }

    private static Node row(HandshakeStep step) {
        var said = Said.of(step);
        var facts = new Label(said.facts());
        facts.getStyleClass().addAll("mono", "facts-text");
        facts.setMinWidth(0);
        var row = new HBox(icon(step), Parts.label(said.title()), facts);
        row.getStyleClass().add("step");
        Tooltip.install(row, new Tooltip(said.tip()));
        return row;
    }

    private static Node icon(HandshakeStep step) {
        return switch (step) {
            case HandshakeStep.Refused _ -> Icons.warning();
            case HandshakeStep.Awaited _ -> Icons.notYet();
            default -> Icons.done();
        };
    }

    /// One ring with its positions.
    private static final class Direction extends VBox {
        private final RingBar bar = new RingBar();
        private final Label positions = Parts.label("", "mono", "ring-positions");
        private final Tooltip state = new Tooltip();

        Direction(String name, String id) {
            setId(id);
            getStyleClass().add("ring");
            getChildren().addAll(new HBox(Parts.label(name), Parts.spacer(), positions), bar);
            Tooltip.install(this, state);
        }

        void show(RingPositions.Ring ring) {
            bar.show(ring);
            positions.setText("head %,d  tail %,d".formatted(ring.head(), ring.tail()));
            state.setText("%,d bytes were written and %,d read, through %,d; %s"
                    .formatted(
                            ring.tail(),
                            ring.head(),
                            ring.capacity(),
                            ring.filled() > 0
                                    ? "%,d wait.".formatted(ring.filled())
                                    : ring.waits() ? "the reader sleeps." : "the reader looks again and again."));
        }
    }
}
