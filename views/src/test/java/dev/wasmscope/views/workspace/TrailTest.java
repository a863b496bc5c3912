package dev.wasmscope.views.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Session;
import dev.wasmscope.views.spi.Location;
import dev.wasmscope.views.spi.OpenModule;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrailTest {
    private final OpenModule one = new Plain("one");
    private final OpenModule two = new Plain("two");
    private final Trail<Location> trail = new Trail<>();

    @Test
    void backAndForwardRetraceTheSteps() {
        trail.visit(at(one, 1));
        trail.visit(at(one, 2));
        trail.visit(at(one, 2));
        trail.visit(at(two, 3));
        assertThat(trail.back()).contains(at(one, 2));
        assertThat(trail.back()).contains(at(one, 1));
        assertThat(trail.back()).isEmpty();
        assertThat(trail.forward()).contains(at(one, 2));
        trail.visit(at(one, 9));
        assertThat(trail.canGoForwardProperty().get()).isFalse();
        assertThat(trail.back()).contains(at(one, 2));
    }

    @Test
    void placesInAClosedModuleAreForgotten() {
        trail.visit(at(one, 1));
        trail.visit(at(two, 2));
        trail.visit(at(one, 3));
        trail.forget(place -> place.module().equals(two));
        assertThat(trail.back()).contains(at(one, 1));
        trail.forget(place -> place.module().equals(one));
        assertThat(trail.canGoBackProperty().get()).isFalse();
        assertThat(trail.back()).isEmpty();
    }

    private static Location at(OpenModule module, long offset) {
        return new Location.FileBytes(module, offset, 1);
    }

    private record Plain(String name) implements OpenModule {
        @Override
        public ModuleSource source() {
            return new ModuleSource(name, Optional.empty(), new byte[0]);
        }

        @Override
        public ReadOnlyObjectProperty<@Nullable Session> sessionProperty() {
            return new SimpleObjectProperty<>();
        }
    }
}
