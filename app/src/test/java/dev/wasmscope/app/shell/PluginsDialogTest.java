package dev.wasmscope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.app.plugins.Plugins;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

class PluginsDialogTest extends ShellTest {
    @Override
    Plugins plugins() {
        return Plugins.ofUser(directories());
    }

    private void install(String name, String description) throws IOException {
        var folder = Files.createDirectories(Plugins.folder(directories()));
        try (var zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            zip.putNextEntry(new ZipEntry("META-INF/wasmscope-plugin.properties"));
            zip.write(description.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
    }

    private List<String> notices() {
        return window().notifications().list().stream()
                .map(noted -> noted.notice().text())
                .toList();
    }

    @Test
    void pluginOfTheUserIsOffUntilItIsSwitchedOnInTheDialog() throws Exception {
        install("mine.jar", "id=mine\nname=Mine\nversion=1\napi=1\nverb.mine=It is mine.\n");
        install("odd.jar", "id=odd\nname=Odd\nversion=1\napi=77\n");
        start(List.of());
        assertThat(notices())
                .anyMatch(text -> text.contains("The plugin Mine was found and is off"))
                .anyMatch(text -> text.contains("odd.jar") && text.contains("API level 77"));
        onUi(() -> Commands.run(
                window().workbench().commands().find("plugins.show").orElseThrow()));
        assertThat(robot.lookup("#plugins-dialog").tryQuery()).isPresent();
        robot.clickOn("#plugin-mine");
        var choices = directories().config().resolve("plugins.properties");
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!Files.exists(choices) && System.nanoTime() < end) {
            WaitForAsyncUtils.waitForFxEvents();
        }
        assertThat(Files.readString(choices)).contains("mine=on");
        robot.clickOn(robot.lookup("#plugins-dialog .button").queryButton());
        start(List.of());
        assertThat(notices()).noneMatch(text -> text.contains("The plugin Mine was found"));
        assertThat(plugins().all()).anyMatch(plugin -> plugin.id().equals("mine"));
    }
}
