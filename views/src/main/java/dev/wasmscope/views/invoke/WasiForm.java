package dev.wasmscope.views.invoke;

import dev.wasmscope.engine.spi.NetworkGrants;
import dev.wasmscope.engine.spi.WasiGrants;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What a WASI command is given, as it is written in the form. One thing a line.
final class WasiForm {
    private final StringProperty arguments = new SimpleStringProperty("");
    private final StringProperty environment = new SimpleStringProperty("");
    private final StringProperty stdin = new SimpleStringProperty("");
    private final ObservableList<WasiGrants.Directory> directories = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper environmentError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper directoryError = new ReadOnlyStringWrapper("");
    private final StringProperty connect = new SimpleStringProperty("");
    private final StringProperty listen = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper connectError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper listenError = new ReadOnlyStringWrapper("");

    WasiForm() {
        environment.subscribe(_ -> environmentError.set(variables().isPresent() ? "" : problem()));
        connect.subscribe(text -> connectError.set(problem(() -> NetworkGrants.parse(peers(text), List.of()))));
        listen.subscribe(text -> listenError.set(problem(() -> NetworkGrants.parse(List.of(), peers(text)))));
    }

    StringProperty argumentsProperty() {
        return arguments;
    }

    /// `NAME=VALUE`, one a line.
    StringProperty environmentProperty() {
        return environment;
    }

    StringProperty stdinProperty() {
        return stdin;
    }

    ObservableList<WasiGrants.Directory> directories() {
        return directories;
    }

    ReadOnlyStringProperty environmentErrorProperty() {
        return environmentError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty directoryErrorProperty() {
        return directoryError.getReadOnlyProperty();
    }

    /// `HOST:PORT` that the guest may connect to, several with spaces between.
    StringProperty connectProperty() {
        return connect;
    }

    /// `HOST:PORT` of this machine that the guest may listen at, several with spaces between.
    StringProperty listenProperty() {
        return listen;
    }

    ReadOnlyStringProperty connectErrorProperty() {
        return connectError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty listenErrorProperty() {
        return listenError.getReadOnlyProperty();
    }

    void fill(WasiGrants grants) {
        arguments.set(grants.arguments().stream().skip(1).map(WasiForm::quoted).collect(Collectors.joining(" ")));
        environment.set(grants.environment().entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .sorted()
                .collect(Collectors.joining("\n")));
        stdin.set(new String(grants.stdin(), StandardCharsets.UTF_8));
        directories.setAll(grants.directories());
        connect.set(text(grants.network().connect()));
        listen.set(text(grants.network().listen()));
    }

    /// Grants a directory, read-only until the user says otherwise.
    void addDirectory(String host, String guest) {
        try {
            directories.add(new WasiGrants.Directory(Path.of(host), guest.isBlank() ? "/" : guest.strip(), true));
            directoryError.set("");
        } catch (InvalidPathException e) {
            directoryError.set("\"%s\" cannot be a path: %s.".formatted(host, e.getReason()));
        }
    }

    void setReadOnly(WasiGrants.Directory directory, boolean readOnly) {
        var index = directories.indexOf(directory);
        if (index >= 0) {
            directories.set(index, new WasiGrants.Directory(directory.host(), directory.guest(), readOnly));
        }
    }

    /// @param program the name of the program, first of the arguments
    /// @return empty while a line of the environment or an address is wrong
    Optional<WasiGrants> grants(String program) {
        if (!connectError.get().isEmpty() || !listenError.get().isEmpty()) {
            return Optional.empty();
        }
        return variables().map(variables -> {
            var all = new ArrayList<String>();
            all.add(program);
            all.addAll(words(arguments.get()));
            var input = stdin.get().getBytes(StandardCharsets.UTF_8);
            var network = NetworkGrants.parse(peers(connect.get()), peers(listen.get()));
            return new WasiGrants(all, variables, input, List.copyOf(directories), network);
        });
    }

    private static List<String> peers(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("[\\s,]+", -1));
    }

    private static String text(List<NetworkGrants.Peer> peers) {
        return peers.stream().map(NetworkGrants.Peer::toString).collect(Collectors.joining(" "));
    }

    private static String problem(Runnable parse) {
        try {
            parse.run();
            return "";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private Optional<Map<String, String>> variables() {
        var found = new LinkedHashMap<String, String>();
        for (var line : environment.get().lines().filter(l -> !l.isBlank()).toList()) {
            var at = line.indexOf('=');
            if (at <= 0) {
                return Optional.empty();
            }
            found.put(line.substring(0, at).strip(), line.substring(at + 1));
        }
        return Optional.of(found);
    }

    private String problem() {
        var wrong = environment
                .get()
                .lines()
                .filter(l -> !l.isBlank() && l.indexOf('=') <= 0)
                .findFirst();
        return wrong.map(line -> "\"%s\" is no variable: write NAME=VALUE, one a line.".formatted(line))
                .orElse("");
    }

    private static String quoted(String word) {
        return word.isEmpty() || word.chars().anyMatch(Character::isWhitespace) || word.contains("\"")
                ? "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
                : word;
    }

    /// Words as a shell reads them, with double quotes and backslashes.
    static List<String> words(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var inWord = false;
        var quoted = false;
        for (int i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
                inWord = true;
            } else if (c == '"') {
                quoted = !quoted;
                inWord = true;
            } else if (Character.isWhitespace(c) && !quoted) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
