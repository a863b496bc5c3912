package dev.wasmscope.views.console;

import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.spi.Command;
import dev.wasmscope.views.spi.StatusItem;
import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.Workbench;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// The Redis console as a dockable.
public final class ConsoleTool implements Tool {
    public static final String ID = "console";

    private final ConsoleViewModel model;
    private final Background background;
    private @Nullable ConsoleView view;

    public ConsoleTool(ConsoleViewModel model, Workbench workbench) {
        this.model = model;
        this.background = workbench.background();
        workbench.add(command("connect", "Connect to Redis", () -> {
            workbench.show(ID);
            model.connect();
        }));
        for (var target : List.of(new TargetChoice.Wasm(), new TargetChoice.Native())) {
            workbench.add(command(target.id(), "Connect to " + target.title(), () -> {
                        workbench.show(ID);
                        model.targets().chosenProperty().set(target);
                        model.connect();
                    })
                    .when(Bindings.createBooleanBinding(
                            () -> model.targets().all().contains(target),
                            model.targets().all())));
        }
        workbench.add(command("snapshot.save", "Save Redis Snapshot As…", () -> {
                    workbench.show(ID);
                    SnapshotMenu.save(
                            model.snapshots(),
                            workbench.background(),
                            view().getScene().getWindow());
                })
                .when(model.snapshots().availableProperty()));
        workbench.add(command("snapshot.load", "Load Redis Snapshot…", () -> {
                    workbench.show(ID);
                    SnapshotMenu.load(model.snapshots(), view().getScene().getWindow());
                })
                .when(model.snapshots().availableProperty()));
        workbench.add(command("disconnect", "Disconnect from Redis", model::disconnect));
        workbench.add(command(
                "raw",
                "Show Redis Replies Raw",
                () -> model.rawProperty().set(!model.rawProperty().get())));
        workbench.add(command("clear", "Clear Redis Console", model::clear));
        workbench.add(new StatusItem(
                "redis",
                Icons::redis,
                model.stateProperty().map(ConsoleTool::fact).orElse(""),
                "The server of the Redis console",
                () -> workbench.show(ID)));
    }

    /// Short enough for a status bar; nothing while nobody is connected.
    private static String fact(ConnectionState state) {
        return switch (state) {
            case ConnectionState.Off() -> "";
            case ConnectionState.Connecting _ -> "connecting…";
            case ConnectionState.Connected connected -> {
                var address = connected.address();
                yield address.startsWith("/") || address.equals("in-process")
                        ? connected.server().name()
                                + connected.server().version().map(v -> " " + v).orElse("")
                        : "redis://" + address;
            }
            case ConnectionState.Lost _ -> "Redis lost";
        };
    }

    private static Command command(String id, String title, Runnable action) {
        return Command.of(ID + "." + id, title, "Tools", action);
    }

    /// Types a command for the user, where nothing was typed yet, and connects, so that Enter runs it at once.
    public void suggest(String line) {
        view().suggest(line);
        model.connect();
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Redis";
    }

    @Override
    public Node newIcon() {
        return Icons.redis();
    }

    @Override
    public Node node() {
        return view();
    }

    @Override
    public Place place() {
        return Place.BOTTOM_LEFT;
    }

    @Override
    public void focus() {
        view().focusPrompt();
    }

    private ConsoleView view() {
        if (view == null) {
            view = new ConsoleView(model, background);
        }
        return view;
    }
}
