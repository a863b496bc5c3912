package hello;

import dev.wasmscope.engine.spi.HostingRequest;
import dev.wasmscope.engine.spi.MemoryKind;
import dev.wasmscope.engine.spi.WasiGrants;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.spi.Notice;
import dev.wasmscope.views.spi.Tool;
import dev.wasmscope.views.spi.ToolProvider;
import dev.wasmscope.views.spi.Workbench;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// A tool of the window: a button that brings the active module to life with `hello.say` offered to it.
public final class HelloTools implements ToolProvider {
    @Override
    public List<Tool> tools(Workbench workbench) {
        return List.of(new HelloTool(workbench));
    }

    private static final class HelloTool implements Tool {
        private final Workbench workbench;
        private VBox node;

        HelloTool(Workbench workbench) {
            this.workbench = workbench;
        }

        @Override
        public String id() {
            return "hello";
        }

        @Override
        public String title() {
            return "Hello";
        }

        @Override
        public Node newIcon() {
            return new Label("☺");
        }

        /// Made when it is first shown.
        @Override
        public Node node() {
            if (node == null) {
                var host = new Button("Host the active module");
                host.disableProperty().bind(Bindings.isNull(workbench.activeModuleProperty()));
                host.setOnAction(_ -> host());
                node = new VBox(10, new Label("Offers hello.say to the module that is looked at."), host);
                node.setStyle("-fx-padding: 12;");
            }
            return node;
        }

        @Override
        public Place place() {
            return Place.BOTTOM_LEFT;
        }

        /// Bringing a module to life takes time: never on the UI thread.
        private void host() {
            var module = workbench.activeModuleProperty().get().source();
            var said = new Hello(text -> {});
            var request = HostingRequest.of(module, module.name() + " with hello", said)
                    .withWasi(WasiGrants.NONE)
                    .withMemory(MemoryKind.TRACKED);
            workbench
                    .background()
                    .start("Hosting " + module.name(), _ -> workbench.engine().host(request), result -> {
                        switch (result) {
                            case Result.Ok(var instance) -> workbench.open(module, instance);
                            case Result.Failed(var cause) -> workbench.notify(Notice.error(cause.getMessage()));
                            case Result.Cancelled() -> {}
                        }
                    });
        }
    }
}
