package dev.wasmscope.plugins.gateway.view;

import dev.wasmscope.plugins.gateway.proxy.Traffic;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// A row to ask by, the counters, the last requests, and the last answer.
final class GatewayTraffic {
    private static final int MANY = 100;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private final GatewayViewModel model;
    private final BooleanBinding running;
    private final TextField target;
    private final GridPane numbers = new GridPane();
    private final ObservableList<Traffic.Passed> recent = FXCollections.observableArrayList();
    private final TableView<Traffic.Passed> table = new TableView<>(recent);
    private final Label placeholder = new Label("Start the gateway to see what passes.");
    private final BorderPane pane = new BorderPane();

    GatewayTraffic(GatewayViewModel model, BooleanBinding running) {
        this.model = model;
        this.running = running;
        this.target = GatewayView.text("gateway-target", "/path?query", model.targetProperty());
        numbers.setId("gateway-numbers");
        numbers.getStyleClass().addAll("form", "facts");
        fill(table());
        var body = new SplitPane(table, answer());
        body.setDividerPositions(0.66);
        pane.setCenter(body);
        running.subscribe(is -> placeholder.setText(
                is ? "Nothing has passed yet: send a request." : "Start the gateway to see what passes."));
        model.lookProperty().subscribe(this::show);
    }

    Node node() {
        return pane;
    }

    Node numbers() {
        return numbers;
    }

    void focus() {
        target.requestFocus();
    }

    /// What a request is sent by, for a row of tools.
    List<Node> asking() {
        target.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                model.send();
                event.consume();
            }
        });
        HBox.setHgrow(target, Priority.ALWAYS);
        var get = new Label("GET");
        get.getStyleClass().add("mono");
        get.setMinWidth(Region.USE_PREF_SIZE);
        get.setLabelFor(target);
        var one = new Button("Send");
        one.setId("gateway-send");
        one.setOnAction(_ -> model.send());
        var many = new Button("Send %d".formatted(MANY));
        many.setId("gateway-send-many");
        many.setOnAction(_ -> model.send(MANY));
        for (var button : List.of(one, many)) {
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        var row = List.<Node>of(get, target, one, many);
        row.forEach(node -> node.disableProperty().bind(running.not()));
        return row;
    }

    private Node answer() {
        var answer = new TextArea();
        answer.setId("gateway-answer");
        answer.getStyleClass().add("mono");
        answer.setEditable(false);
        answer.setPromptText("The answer to what you send.");
        answer.setWrapText(true);
        answer.textProperty().bind(model.answerProperty());
        return answer;
    }

    private TableView<Traffic.Passed> table() {
        table.setId("gateway-requests");
        placeholder.getStyleClass().add("dim");
        table.setPlaceholder(placeholder);
        return table;
    }

    private static void fill(TableView<Traffic.Passed> table) {
        table.getColumns()
                .setAll(List.of(
                        column("Request", 150, passed -> passed.method() + " " + passed.target()),
                        column("Status", 60, passed -> String.valueOf(passed.status())),
                        column("Result", 96, passed -> passed.result()),
                        column("Filter", 84, passed -> time(passed.filterNanos())),
                        column("Total", 84, passed -> time(passed.totalNanos())),
                        column("Version", 64, passed -> "v" + passed.version()),
                        column("Time", 110, passed -> TIME.format(passed.at())),
                        column("Remark", 300, Traffic.Passed::remark)));
    }

    private void show(LiveGateway.@Nullable Look look) {
        if (look == null) {
            numbers.getChildren().clear();
            recent.clear();
            return;
        }
        numbers.getChildren().clear();
        var status = look.filter();
        fact("version", "%d, %s".formatted(status.version(), status.module()));
        fact("requests", "%,d".formatted(look.requests()));
        for (Map.Entry<String, Long> result : look.results().entrySet()) {
            fact(
                    result.getKey().isEmpty() ? "runs: went on" : "runs: " + result.getKey(),
                    "%,d".formatted(result.getValue()));
        }
        fact("under way", String.valueOf(look.underWay()));
        fact("upstream failures", "%,d".formatted(look.upstreamFailures()));
        fact("filter p50", time(look.filterTimes().p50()));
        fact("filter p99", time(look.filterTimes().p99()));
        fact("request p50", time(look.requestTimes().p50()));
        fact("request p99", time(look.requestTimes().p99()));
        fact("instances idle", "%d of %d".formatted(status.idle(), status.alive()));
        fact("replaced", String.valueOf(status.replaced()));
        if (!status.health().equals("ready")) {
            fact("health", status.health());
        }
        var newest = recent.isEmpty() ? 0 : recent.getFirst().number();
        if (look.recent().isEmpty() || look.recent().getFirst().number() != newest) {
            recent.setAll(look.recent());
        }
    }

    private void fact(String name, String value) {
        var key = new Label(name);
        key.getStyleClass().add("key");
        key.setMinWidth(Region.USE_PREF_SIZE);
        var text = new Label(value);
        text.getStyleClass().add("value");
        text.setAccessibleText(name + " " + value);
        numbers.addRow(numbers.getRowCount(), key, text);
    }

    static String time(long nanos) {
        if (nanos < 1_000_000) {
            return "%.1f µs".formatted(nanos / 1e3);
        }
        return nanos < 1_000_000_000 ? "%.1f ms".formatted(nanos / 1e6) : "%.2f s".formatted(nanos / 1e9);
    }

    private static TableColumn<Traffic.Passed, String> column(
            String title, double width, Function<Traffic.Passed, String> text) {
        var column = new TableColumn<Traffic.Passed, String>(title);
        column.getStyleClass().add("mono");
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(text.apply(row.getValue())));
        return column;
    }
}
