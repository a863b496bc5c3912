package dev.wasmscope.app.shell;

import dev.wasmscope.app.plugins.Plugins;
import dev.wasmscope.app.settings.JsonFile;
import dev.wasmscope.app.settings.Settings;
import dev.wasmscope.app.shell.BuiltIns.BuiltIn;
import dev.wasmscope.engine.platform.Directories;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.WasmRuntime;
import dev.wasmscope.engine.wasm.HostEngine;
import dev.wasmscope.engine.wasm.Sessions;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.control.PaletteProbe;
import dev.wasmscope.views.hex.InspectedMemory;
import dev.wasmscope.views.spi.Command;
import dev.wasmscope.views.spi.Notice;
import dev.wasmscope.views.workspace.EngineServices;
import dev.wasmscope.views.workspace.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/// The window: makes its parts, connects them, and closes what they own.
final class ShellWindow implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ShellWindow.class.getName());

    private final Stage stage;
    private final JsonFile settingsFile;
    private final Settings settings;
    private final Background background = new Background(Platform::runLater);
    private final Notifications notifications = new Notifications();
    private final PaletteProbe probe = new PaletteProbe();
    private final Sessions sessions;
    private final EngineServices engine;
    private final Workspace workspace;
    private final Docking docking;
    private final WindowWorkbench workbench;
    private final WindowLayout layout;
    private final LookSwitch look;
    private final Toasts toasts;
    private final CommandPalette palette;
    private final ActivityBar activities;
    private final FileOpening files;
    private final List<AutoCloseable> owned = new ArrayList<>();
    /// Nothing of an earlier start was found.
    private final boolean firstStart;
    private final Services services;

    ShellWindow(Stage stage, Directories directories) {
        this.stage = stage;
        settingsFile = new JsonFile(directories.config().resolve("settings.json"));
        var loaded = settingsFile.load(Settings::of);
        settings = loaded instanceof JsonFile.Loaded.Value<Settings>(var value) ? value : new Settings();
        firstStart = loaded instanceof JsonFile.Loaded.Absent<Settings>;
        docking = new Docking(new ToolNodes(notifications::add), this::layoutChanged);
        sessions = new Sessions();
        owned.add(sessions);
        engine = new EngineServices(sessions, SampleCatalogue.load());
        workspace = new Workspace(background, engine, notifications::add, settings::opened);
        workspace.placementProperty().bindBidirectional(settings.placementProperty());
        var hosting = new HostEngine(sessions.runtimes());
        owned.add(hosting);
        workbench =
                new WindowWorkbench(background, workspace, docking, notifications, probe.paletteProperty(), hosting);
        layout = new WindowLayout(stage, docking, new LayoutStore(directories.state()), background, notifications::add);
        look = new LookSwitch(settings);
        owned.add(look);
        toasts = new Toasts(notifications);
        palette = new CommandPalette(new PaletteSearch(workbench, workspace));
        activities = new ActivityBar(docking, notifications, toasts::toggleList);
        files = new FileOpening(workspace, settings, notifications::add);
        if (loaded instanceof JsonFile.Loaded.SetAside<Settings>(var report)) {
            notifications.add(new Notice(Notice.Level.WARNING, report, Optional.empty()));
        }
        settings.onChange(this::saveSettings);
        addCommands();
        build();
        services = new Services(
                workbench,
                workspace,
                new InspectedMemory(workbench),
                background,
                directories,
                settings,
                engine.samples(),
                engine,
                sessions.runtimes().getFirst(),
                () -> files.choose(stage),
                owned::add);
    }

    /// One that cannot be made is reported and left out.
    void addTools(List<BuiltIn> builtIns, Plugins plugins) {
        for (var builtIn : builtIns) {
            guarded(builtIn.name(), () -> docking.register(builtIn.maker().apply(services)));
        }
        plugins.problems().forEach(problem -> notifications.add(Notice.error(problem)));
        for (var plugin : plugins.all()) {
            owned.add(plugin);
            for (var provider : plugin.toolProviders(problem -> notifications.add(Notice.error(problem)))) {
                guarded(
                        "The plugin " + plugin.name(),
                        () -> plugin.tools(provider, workbench).forEach(docking::register));
            }
        }
        activities.refresh();
        new ShellCommands(workbench, docking).addTools();
        addPluginsDialog(plugins);
        var help = new HelpDialogs(stage, workbench.commands());
        workbench.add(Command.of("help.keys", "Keyboard Shortcuts", "Help", help::keys)
                .withKey("F1"));
        workbench.add(Command.of("help.about", "About Wasmscope", "Help", help::about));
    }

    private void addPluginsDialog(Plugins plugins) {
        var dialog = new PluginsDialog(plugins, Plugins.folder(services.directories()), background, notifications::add);
        var show = Command.of("plugins.show", "Plugins…", "Tools", () -> dialog.show(stage));
        workbench.add(show);
        for (var plugin : plugins.fresh()) {
            notifications.add(new Notice(
                    Notice.Level.INFO,
                    "The plugin %s was found and is off: it would run with your rights. Switch it on where plugins are listed."
                            .formatted(plugin.name()),
                    Optional.of(show)));
        }
    }

    private void guarded(String name, Runnable make) {
        try {
            make.run();
        } catch (RuntimeException | LinkageError e) {
            // Whatever one part throws, the window opens with the others.
            LOG.log(System.Logger.Level.ERROR, name + " could not be made", e);
            notifications.add(Notice.error("%s could not be made: %s".formatted(name, e)));
        }
    }

    /// @param names files and samples to open
    void show(List<String> names) {
        layout.restore();
        stage.show();
        files.open(names);
        if (firstStart && names.isEmpty()) {
            new FirstStart(workbench, docking, engine.samples()).begin(workspace);
        }
    }

    Stage stage() {
        return stage;
    }

    Notifications notifications() {
        return notifications;
    }

    WindowWorkbench workbench() {
        return workbench;
    }

    Docking docking() {
        return docking;
    }

    Workspace workspace() {
        return workspace;
    }

    Settings settings() {
        return settings;
    }

    @Override
    public void close() {
        try {
            layout.saveNow();
            settingsFile.save(settings.toJson());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "Layout or settings cannot be saved", e);
        }
        List.copyOf(workspace.modules()).forEach(workspace::close);
        for (var part : owned.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                // The others still have to be closed.
                LOG.log(System.Logger.Level.WARNING, "Closing " + part + " failed", e);
            }
        }
        background.close();
    }

    private void build() {
        var run = new RunControl(workbench, workspace);
        var menus = new Menus(workbench.commands());
        menus.addSubmenu("File", files.recentMenu());
        menus.addSubmenu("File", files.sampleMenu(engine.samples()));
        var title = new TitleBar(menus, run, look, new TitleBar.Actions(() -> palette.show(""), this::showSettings));
        var status = new StatusBar(workspace, this::runtimeTitle, background, workbench.statusItems());
        var main = new BorderPane(docking.node());
        main.setMinSize(0, 0);
        main.setTop(title.node());
        main.setLeft(activities.node());
        main.setBottom(status.node());
        var root = new StackPane(main, toasts.node(), palette.node(), probe);
        root.getStyleClass().add("shell");
        var scene = new Scene(root);
        look.drive(scene);
        scene.getStylesheets()
                .add(Objects.requireNonNull(ShellWindow.class.getResource("shell.css"), "shell.css")
                        .toExternalForm());
        scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && toasts.hideList()) {
                event.consume();
            }
        });
        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::switchTabs);
        files.acceptDrops(scene);
        stage.setScene(scene);
        stage.setTitle("Wasmscope");
        stage.setMinWidth(960);
        stage.setMinHeight(600);
    }

    private String runtimeTitle(String id) {
        return sessions.runtimes().stream()
                .filter(runtime -> runtime.id().equals(id))
                .map(WasmRuntime::title)
                .findFirst()
                .orElse(id);
    }

    /// Text fields and lists take Ctrl+Tab for themselves, so no accelerator would ever see it.
    private void switchTabs(KeyEvent event) {
        if (event.getCode() == KeyCode.TAB && event.isControlDown()) {
            docking.cycleTabs(event.isShiftDown() ? -1 : 1);
            event.consume();
        }
    }

    private void addCommands() {
        new ShellCommands(workbench, docking)
                .add(new ShellCommands.Actions(
                        () -> files.choose(stage),
                        this::showSettings,
                        stage::close,
                        () -> palette.show(""),
                        look::toggle,
                        () -> settings.themeProperty().set(Settings.ThemeChoice.SYSTEM),
                        toasts::toggleList,
                        layout::reset));
    }

    private void layoutChanged() {
        layout.changed();
    }

    private void showSettings() {
        new SettingsDialog(settings).show(stage);
    }

    private void saveSettings() {
        var json = settings.toJson();
        background.start(
                "Saving settings",
                _ -> {
                    settingsFile.save(json);
                    return true;
                },
                result -> {
                    if (result instanceof Result.Failed<Boolean>(var cause)) {
                        notifications.add(Notice.error("Settings cannot be saved: " + cause.getMessage()));
                    }
                });
    }
}
