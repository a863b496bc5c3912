package dev.wasmscope.app.shell;

import dev.wasmscope.views.spi.Command;
import javafx.beans.binding.Bindings;
import org.jspecify.annotations.Nullable;

/// The commands of the window itself. Tools add theirs.
final class ShellCommands {
    private final WindowWorkbench workbench;
    private final Docking docking;

    ShellCommands(WindowWorkbench workbench, Docking docking) {
        this.workbench = workbench;
        this.docking = docking;
    }

    /// @param actions what the window's own parts do
    void add(Actions actions) {
        add("module.open", "Open Module…", "File", "Shortcut+O", actions.open);
        add("settings.show", "Settings…", "File", "Shortcut+Comma", actions.settings);
        add("window.quit", "Quit", "File", "Shortcut+Q", actions.quit);
        add("palette.show", "Command Palette…", "View", "Shortcut+Shift+P", actions.palette);
        add("look.toggle", "Switch Between Light and Dark", "View", "Shortcut+Shift+L", actions.look);
        add("look.system", "Follow the System's Theme", "View", null, actions.lookOfSystem);
        add("notifications.show", "Notifications", "View", "Shortcut+Shift+N", actions.notifications);
        addNavigation();
        add("layout.reset", "Reset Layout", "View", null, actions.resetLayout);
    }

    record Actions(
            Runnable open,
            Runnable settings,
            Runnable quit,
            Runnable palette,
            Runnable look,
            Runnable lookOfSystem,
            Runnable notifications,
            Runnable resetLayout) {}

    /// View menu and Ctrl+number for every tool.
    void addTools() {
        var number = 1;
        for (var tool : docking.tools()) {
            var command = Command.of("tool." + tool.id(), tool.title(), "View", () -> docking.show(tool.id()));
            workbench.add(number <= 9 ? command.withKey("Shortcut+" + number) : command);
            number++;
        }
    }

    private void addNavigation() {
        var trail = workbench.trail();
        workbench.add(Command.of("go.back", "Back", "View", workbench::back)
                .withKey("Alt+Left")
                .when(trail.canGoBackProperty()));
        workbench.add(Command.of("go.forward", "Forward", "View", workbench::forward)
                .withKey("Alt+Right")
                .when(trail.canGoForwardProperty()));
        add("tab.next", "Next Tab", "View", "Ctrl+Tab", () -> docking.cycleTabs(1));
        add("tab.previous", "Previous Tab", "View", "Ctrl+Shift+Tab", () -> docking.cycleTabs(-1));
        add("tab.nextArea", "Next Area", "View", "F6", () -> docking.cycleStacks(1));
        add("tab.previousArea", "Previous Area", "View", "Shift+F6", () -> docking.cycleStacks(-1));
        workbench.add(Command.of("tab.close", "Close Tab", "View", docking::closeFront)
                .withKey("Shortcut+W")
                .when(Bindings.isNotNull(docking.frontProperty())));
    }

    private void add(String id, String title, String menu, @Nullable String key, Runnable action) {
        var command = Command.of(id, title, menu, action);
        workbench.add(key == null ? command : command.withKey(key));
    }
}
