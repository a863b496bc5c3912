package dev.wasmscope.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.app.settings.JsonFile.Loaded;
import dev.wasmscope.app.settings.Settings.ThemeChoice;
import dev.wasmscope.engine.spi.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void settingsComeBackAsTheyWereSaved() throws IOException {
        var settings = new Settings();
        settings.themeProperty().set(ThemeChoice.LIGHT);
        settings.deadlineProperty().set(Duration.ofMillis(750));
        settings.placementProperty().set(Placement.CHILD);
        settings.opened(Path.of("/a.wasm"));
        settings.opened(Path.of("/b.wasm"));
        settings.opened(Path.of("/a.wasm"));
        file().save(settings.toJson());
        assertThat(file().load(Settings::of)).isInstanceOfSatisfying(Loaded.Value.class, loaded -> {
            var back = (Settings) loaded.value();
            assertThat(back.themeProperty().get()).isEqualTo(ThemeChoice.LIGHT);
            assertThat(back.deadlineProperty().get()).isEqualTo(Duration.ofMillis(750));
            assertThat(back.placementProperty().get()).isEqualTo(Placement.CHILD);
            assertThat(back.recent()).containsExactly(Path.of("/a.wasm"), Path.of("/b.wasm"));
        });
    }

    @Test
    void unreadableSettingsAreSetAsideAndReported() throws IOException {
        for (var bad : new String[] {
            "{\"theme\": ",
            "[]",
            "{\"theme\":\"pink\"}",
            "{\"deadlineMillis\":-5}",
            "{\"recent\":[\"\\u0000\"]}",
            "{\"guestsInChildProcess\":\"yes\"}"
        }) {
            Files.writeString(folder.resolve("settings.json"), bad);
            assertThat(file().load(Settings::of))
                    .isInstanceOfSatisfying(
                            Loaded.SetAside.class,
                            aside -> assertThat(aside.report()).contains("set aside as settings.json.unreadable"));
            assertThat(folder.resolve("settings.json")).doesNotExist();
            assertThat(folder.resolve("settings.json.unreadable")).hasContent(bad);
        }
    }

    @Test
    void noFileIsNoProblem() {
        assertThat(file().load(Settings::of)).isInstanceOf(Loaded.Absent.class);
    }

    private JsonFile file() {
        return new JsonFile(folder.resolve("settings.json"));
    }
}
