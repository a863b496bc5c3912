package dev.wasmscope.views.latency;

import atlantafx.base.theme.Styles;
import dev.wasmscope.views.control.Icons;
import dev.wasmscope.views.control.Parts;
import dev.wasmscope.views.spi.parts.LabelledField;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.collections.FXCollections;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory.IntegerSpinnerValueFactory;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What the next run measures: shown before the first one and whenever it is asked for.
final class LatencySetup extends ScrollPane {
    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");
    private static final List<String> COMMANDS = List.of("PING", "GET", "SET", "ECHO", "INCR wasmscope:latency:n");

    private final LatencyViewModel model;

    LatencySetup(LatencyViewModel model) {
        this.model = model;
        setId("latency-setup");
        getStyleClass().add("latency-setup");
        setFitToWidth(true);
        setFitToHeight(true);
        var content = new VBox(groups(), reasons(), start());
        content.getStyleClass().add("setup-content");
        // Servers and probe are started with these.
        content.disableProperty().bind(model.stateProperty().map(LatencyState::active));
        setContent(content);
    }

    private FlowPane groups() {
        var lanes = new VBox(Parts.section("Lanes"), new LaneMatrix(model));
        var request = new VBox(Parts.section("Requests"), requests());
        request.getChildren().addAll(new RunFields(model.plan()), new SweepFields(model.plan()));
        var groups = new FlowPane(lanes, request);
        groups.getStyleClass().add("setup-groups");
        return groups;
    }

    private HBox requests() {
        var plan = model.plan();
        var command = new ComboBox<>(FXCollections.observableArrayList(COMMANDS));
        command.setId("latency-command");
        command.setEditable(true);
        command.getEditor().textProperty().bindBidirectional(plan.commandProperty());
        command.setTooltip(new Tooltip("PING, GET, SET, ECHO or any command; __data__ stands for the payload"));
        var field = field("Command", command, 140);
        plan.problemProperty().subscribe(problem -> command.pseudoClassStateChanged(DANGER, !problem.isEmpty()));
        var row = new HBox(
                field,
                field(
                        "Pipeline",
                        number(
                                "latency-pipeline",
                                "Requests sent together",
                                1,
                                PlanModel.MOST_PIPELINE,
                                plan.pipelineProperty()),
                        76),
                field(
                        "Clients",
                        number(
                                "latency-clients",
                                "Connections of each lane; one thread drives them all",
                                1,
                                PlanModel.MOST_CLIENTS,
                                plan.clientsProperty()),
                        76),
                field(
                        "Seconds",
                        number(
                                "latency-seconds",
                                "How long after the warm-up; 0: until Stop",
                                0,
                                PlanModel.MOST_SECONDS,
                                plan.secondsProperty()),
                        86));
        row.getStyleClass().add("setup-row");
        return row;
    }

    static LabelledField field(String name, Control input, double width) {
        var field = new LabelledField(name, input);
        field.setPrefWidth(width);
        field.setMinWidth(width);
        return field;
    }

    static Spinner<Integer> number(String id, String tip, int least, int most, ObjectProperty<Integer> value) {
        var factory = new IntegerSpinnerValueFactory(least, most, value.get());
        var spinner = new Spinner<>(factory);
        spinner.setId(id);
        spinner.setEditable(true);
        spinner.setTooltip(new Tooltip("%s, %,d to %,d".formatted(tip, least, most)));
        factory.valueProperty().subscribe(value::set);
        value.subscribe(factory::setValue);
        // What is no number goes back to the one before.
        spinner.getEditor().focusedProperty().subscribe(focused -> {
            if (!focused) {
                commit(spinner, factory, least, most);
            }
        });
        spinner.getEditor().setOnAction(_ -> commit(spinner, factory, least, most));
        return spinner;
    }

    private static void commit(Spinner<Integer> spinner, IntegerSpinnerValueFactory factory, int least, int most) {
        try {
            factory.setValue(Math.clamp(
                    Long.parseLong(spinner.getEditor().getText().strip().replace(",", "")), least, most));
        } catch (NumberFormatException e) {
            // Below, the text is set to the number again.
        }
        spinner.getEditor().setText(factory.getConverter().toString(factory.getValue()));
    }

    /// Why some lanes are grey, in words that can be read without a mouse.
    private Label reasons() {
        var label = new Label();
        label.setId("latency-reasons");
        label.getStyleClass().addAll("dim", "setup-reasons");
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.textProperty().bind(model.obstaclesProperty().map(o -> String.join("\n", o.sentences())));
        label.managedProperty().bind(label.textProperty().isNotEmpty());
        return label;
    }

    private HBox start() {
        var button = new Button("Measure", Icons.run());
        button.setId("latency-measure");
        button.getStyleClass().add(Styles.ACCENT);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(_ -> model.start());
        var text = new Label();
        text.setId("latency-sentence");
        text.getStyleClass().add("setup-sentence");
        text.textProperty()
                .bind(Bindings.createStringBinding(
                        this::sentence,
                        model.plan().lanesProperty(),
                        model.plan().sweptProperty(),
                        model.plan().valuesProperty(),
                        model.plan().secondsProperty(),
                        model.plan().repeatsProperty(),
                        model.plan().problemProperty()));
        model.plan().problemProperty().subscribe(problem -> {
            text.getStyleClass().removeAll("muted", "error-text");
            text.getStyleClass().add(problem.isEmpty() ? "muted" : "error-text");
        });
        var row = new HBox(button, text);
        row.getStyleClass().add("setup-row");
        row.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        return row;
    }

    /// What the button does, or why it cannot.
    private String sentence() {
        var problem = model.plan().problemProperty().get();
        var lanes = model.plan().lanesProperty().get();
        return problem.isEmpty()
                ? "Starts %s, measures over %s%s from a process of its own, and ends them all on Stop."
                        .formatted(lanes.servers(), lanes.ways(), model.plan().extent())
                : problem;
    }
}
