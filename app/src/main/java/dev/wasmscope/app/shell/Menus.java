package dev.wasmscope.app.shell;

import dev.wasmscope.views.spi.Command;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.InvalidationListener;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;

/// The menu bar, kept equal to the commands. Commands whose ids begin alike (`module.`) stand together.
final class Menus {
    private static final List<String> ORDER = List.of("File", "Edit", "View", "Module", "Run", "Tools", "Help");

    private final Commands commands;
    private final MenuBar bar = new MenuBar();
    private final Map<String, Menu> menus = new LinkedHashMap<>();
    private final Map<String, Menu> submenus = new LinkedHashMap<>();

    Menus(Commands commands) {
        this.commands = commands;
        bar.setId("menu-bar");
        ORDER.forEach(this::menu);
        commands.all().addListener((InvalidationListener) _ -> rebuild());
        rebuild();
    }

    MenuBar bar() {
        return bar;
    }

    /// Puts a menu that somebody else keeps filled below a menu's first group of commands.
    void addSubmenu(String menu, Menu submenu) {
        submenus.put(menu + "/" + submenu.getText(), submenu);
        rebuild();
    }

    private Menu menu(String name) {
        return menus.computeIfAbsent(name, _ -> {
            var menu = new Menu("_" + name);
            menu.setMnemonicParsing(true);
            menu.setId("menu-" + name);
            bar.getMenus().add(menu);
            return menu;
        });
    }

    private void rebuild() {
        menus.values().forEach(menu -> menu.getItems().clear());
        var groups = new LinkedHashMap<String, String>();
        for (var command : commands.all()) {
            if (!command.menu().isEmpty()) {
                add(command, groups);
            }
        }
        submenus.forEach((place, submenu) -> {
            var items = menu(place.substring(0, place.indexOf('/'))).getItems();
            var end = 0;
            while (end < items.size() && !(items.get(end) instanceof SeparatorMenuItem)) {
                end++;
            }
            items.add(end, submenu);
        });
        menus.values().forEach(menu -> menu.setVisible(!menu.getItems().isEmpty()));
    }

    private void add(Command command, Map<String, String> groups) {
        var items = menu(command.menu()).getItems();
        var group = command.id().contains(".")
                ? command.id().substring(0, command.id().indexOf('.'))
                : command.id();
        var before = groups.put(command.menu(), group);
        if (before != null && !before.equals(group)) {
            items.add(new SeparatorMenuItem());
        }
        var item = new MenuItem(command.title());
        item.setId("menu-item-" + command.id());
        item.setMnemonicParsing(false);
        command.key().ifPresent(key -> item.setAccelerator(KeyCombination.valueOf(key)));
        item.setDisable(!command.enabled().get());
        command.enabled().addListener((_, _, enabled) -> item.setDisable(!enabled));
        item.setOnAction(_ -> Commands.run(command));
        items.add(item);
    }
}
