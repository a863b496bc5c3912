package dev.wasmscope.plugins.gateway.view;

import dev.wasmscope.plugins.gateway.proxy.Traffic;
import dev.wasmscope.views.spi.parts.LabelledField;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// A row to ask by, the counters, the last requests, and the last answer.
final class GatewayTraffic {
    private static final int MANY = 100;
    private static final double LOW = 120;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private final GatewayViewModel model;
    private final ObservableValue<Boolean> running;
    private final TextField target;
    private final GridPane numbers = new GridPane();
    private final ObservableList<Traffic.Passed> recent = FXCollections.observableArrayList();
    private final TableView<Traffic.Passed> table = new TableView<>(recent);
    private final Node answer;
    private final ScrollPane side = new ScrollPane(numbers);
    private final SplitPane body = new SplitPane(side, table);
    private final Label nothing =
            new Label("Start, then send: each request goes through an instance of the filter, and is listed here.");
    private final StackPane pane = new StackPane(nothing, body);

    GatewayTraffic(GatewayViewModel model, ObservableValue<Boolean> running) {
        this.model = model;
        this.running = running;
        this.answer = answer();
        this.target = LabelledField.text("gateway-target", "/path?query", model.targetProperty());
        numbers.setId("gateway-numbers");
        numbers.getStyleClass().addAll("form", "facts");
        side.setFitToWidth(true);
        side.setMinWidth(240);
        SplitPane.setResizableWithParent(side, false);
        fill(table());
        nothing.getStyleClass().add("dim");
        nothing.setWrapText(true);
        body.setMinHeight(LOW);
        body.setDividerPositions(0.3);
        model.lookProperty().subscribe(this::show);
        model.answerProperty().subscribe(this::showAnswer);
    }

    Node node() {
        return pane;
    }

    void focus() {
        target.requestFocus();
    }

    /// Beside the list, once there is one.
    private void showAnswer(String text) {
        if (text.isEmpty()) {
            body.getItems().remove(answer);
        } else if (!body.getItems().contains(answer)) {
            body.getItems().add(answer);
            body.setDividerPosition(1, 0.7);
        }
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
        target.setMinWidth(80);
        target.setTooltip(new Tooltip("Path and query of the request; Enter sends it"));
        var get = new Label("GET");
        get.getStyleClass().add("mono");
        get.setMinWidth(Region.USE_PREF_SIZE);
        get.setLabelFor(target);
        var address = address();
        var one = new Button("Send");
        one.setId("gateway-send");
        one.setTooltip(new Tooltip("Sends the request and shows its answer"));
        one.setOnAction(_ -> model.send());
        var many = new Button("Send %d".formatted(MANY));
        many.setId("gateway-send-many");
        many.setTooltip(new Tooltip("Sends the request %d times, and counts".formatted(MANY)));
        many.setOnAction(_ -> model.send(MANY));
        for (var button : List.of(one, many)) {
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        for (var node : List.of(get, target, one, many)) {
            node.disableProperty().bind(running.map(is -> !is));
        }
        return List.of(get, address, target, one, many);
    }

    /// Where others can send requests to as well.
    private Label address() {
        var address = new Label();
        address.setId("gateway-address");
        address.getStyleClass().add("mono");
        model.lookProperty().subscribe(look -> address.setText(look == null ? "" : String.valueOf(look.address())));
        address.visibleProperty().bind(running);
        address.managedProperty().bind(address.visibleProperty());
        address.setTooltip(new Tooltip("Where the gateway listens"));
        return address;
    }

    private Node answer() {
        var answer = new TextArea();
        answer.setId("gateway-answer");
        answer.getStyleClass().add("mono");
        answer.setEditable(false);
        answer.setAccessibleText("The answer to what was sent last");
        answer.setWrapText(true);
        answer.textProperty().bind(model.answerProperty());
        return answer;
    }

    private TableView<Traffic.Passed> table() {
        table.setId("gateway-requests");
        var nothing = new Label("Nothing has passed yet: send a request.");
        nothing.getStyleClass().add("dim");
        table.setPlaceholder(nothing);
        table.setRowFactory(_ -> new RequestRow());
        return table;
    }

    private static void fill(TableView<Traffic.Passed> table) {
        table.getColumns()
                .setAll(List.of(
                        column("Request", 160, passed -> passed.method() + " " + passed.target()),
                        column("Status", 66, passed -> String.valueOf(passed.status())),
                        column("Result", 104, passed -> passed.result()),
                        column("Filter", 76, passed -> time(passed.filterNanos())),
                        column("Total", 76, passed -> time(passed.totalNanos())),
                        column("Version", 72, passed -> "v" + passed.version()),
                        column("Time", 104, passed -> TIME.format(passed.at())),
                        column("Remark", 300, Traffic.Passed::remark)));
    }

    private void show(LiveGateway.@Nullable Look look) {
        nothing.setVisible(look == null);
        body.setVisible(look != null);
        numbers.getChildren().clear();
        if (look == null) {
            recent.clear();
            return;
        }
        var status = look.filter();
        fact("filter", status.module());
        fact("version", String.valueOf(status.version()));
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
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
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

    /// Says why, where there is something to say, however narrow the list is.
    private static final class RequestRow extends TableRow<Traffic.Passed> {
        @Override
        protected void updateItem(Traffic.@Nullable Passed passed, boolean empty) {
            super.updateItem(passed, empty);
            setTooltip(passed == null || passed.remark().isEmpty() ? null : new Tooltip(passed.remark()));
        }
    }
}
