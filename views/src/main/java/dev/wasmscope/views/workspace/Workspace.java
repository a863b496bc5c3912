package dev.wasmscope.views.workspace;

import dev.wasmscope.engine.samples.Sample;
import dev.wasmscope.engine.samples.SampleCatalogue;
import dev.wasmscope.engine.spi.HostedInstance;
import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.Placement;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.background.Work;
import dev.wasmscope.views.spi.Notice;
import dev.wasmscope.views.spi.OpenModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The modules that are open, in the order they were opened, and the one that is looked at. UI thread only.
public final class Workspace {
    private final Background background;
    private final ModuleServices services;
    private final Consumer<Notice> notices;
    private final Consumer<Path> recent;
    private final ObservableList<ModuleDocument> modules = FXCollections.observableArrayList();
    private final ObservableList<ModuleDocument> modulesView = FXCollections.unmodifiableObservableList(modules);
    private final ReadOnlyObjectWrapper<@Nullable ModuleDocument> active = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable OpenModule> activeModule = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<Placement> placement = new SimpleObjectProperty<>(Placement.IN_PROCESS);
    /// Files that are being read, with all who wait for them: a second opening must not make a second document.
    private final Map<Object, List<Consumer<ModuleDocument>>> arriving = new HashMap<>();

    private final Map<Object, ModuleDocument> byOrigin = new HashMap<>();

    /// @param notices what the user has to be told, failures above all
    /// @param recent hears of every file that was opened
    public Workspace(Background background, ModuleServices services, Consumer<Notice> notices, Consumer<Path> recent) {
        this.background = background;
        this.services = services;
        this.notices = notices;
        this.recent = recent;
        activeModule.bind(active);
        placement.subscribe((_, now) -> List.copyOf(modules).forEach(module -> module.place(now)));
    }

    /// Unmodifiable.
    public ObservableList<ModuleDocument> modules() {
        return modulesView;
    }

    public ReadOnlyObjectProperty<@Nullable ModuleDocument> activeProperty() {
        return active.getReadOnlyProperty();
    }

    /// The same as [#activeProperty()], as the workbench offers it.
    public ReadOnlyObjectProperty<@Nullable OpenModule> activeModuleProperty() {
        return activeModule.getReadOnlyProperty();
    }

    /// Where sessions live: linked ones share a process, so all of them do. A change starts every module anew.
    public ObjectProperty<Placement> placementProperty() {
        return placement;
    }

    // ---- commands

    /// Opens a file, or activates it where it is open already.
    public void open(Path file) {
        open(file, _ -> {});
    }

    /// @param then hears of the document once it is in the list; never where the file cannot be read
    public void open(Path file, Consumer<ModuleDocument> then) {
        var absolute = file.toAbsolutePath().normalize();
        open(
                absolute,
                absolute.getFileName() == null
                        ? absolute.toString()
                        : absolute.getFileName().toString(),
                progress -> {
                    progress.at(-1, absolute.toString());
                    return services.read(absolute);
                },
                _ -> {},
                document -> {
                    recent.accept(absolute);
                    then.accept(document);
                });
    }

    /// What the catalogue says about a sample.
    public Optional<Sample> sample(String name) {
        return services.samples().find(name);
    }

    /// Opens a sample with the samples that it takes imports from, and with what its catalogue entry grants it.
    ///
    /// @param name with or without the prefix `sample:`
    public void openSample(String name) {
        openSample(name, _ -> {});
    }

    /// @param then hears of the document once it is in the list; never where there is no such sample
    public void openSample(String name, Consumer<ModuleDocument> then) {
        var sample = services.samples().find(name);
        var providers =
                sample.map(found -> List.copyOf(found.links().entrySet())).orElse(List.of());
        openProviders(providers, new HashMap<>(), links -> {
            var plain = sample.map(Sample::name).orElse(name);
            open(
                    SampleCatalogue.PREFIX + plain,
                    plain,
                    _ -> services.samples().open(name),
                    document -> {
                        links.forEach(document::link);
                        sample.flatMap(Sample::wasi).ifPresent(document::grant);
                    },
                    then);
        });
    }

    /// Opens bytes that are at hand. Those of a file that is open already activate it.
    public ModuleDocument open(ModuleSource source) {
        var known = source.path().map(byOrigin::get).orElse(null);
        if (known != null) {
            activate(known);
            return known;
        }
        return add(source.path().map(Object.class::cast).orElseGet(Object::new), source, _ -> {});
    }

    /// Opens a module whose sessions come from elsewhere, behind the one that is looked at; where it is open already,
    /// finds it.
    public ModuleDocument attach(ModuleSource source, ModuleServices from) {
        var known = byOrigin.get(from);
        if (known != null) {
            return known;
        }
        var looked = active.get();
        var document = add(from, source, _ -> {}, from);
        if (looked != null) {
            active.set(looked);
        }
        return document;
    }

    /// Opens a look at an instance of a host, or finds it, and looks at it.
    public ModuleDocument attach(ModuleSource source, HostedInstance instance) {
        var title = instance.session().info().module();
        var document = attach(
                new ModuleSource(title, Optional.empty(), source.bytes()), new HostedServices(services, instance));
        activate(document);
        return document;
    }

    public void activate(ModuleDocument document) {
        if (modules.contains(document)) {
            active.set(document);
        }
    }

    /// Closes a module and its session. Modules that took imports from it go on with stubs.
    public void close(ModuleDocument document) {
        var index = modules.indexOf(document);
        if (index < 0) {
            return;
        }
        modules.remove(index);
        byOrigin.values().remove(document);
        for (var dependent : dependents(document)) {
            dependent.links().entrySet().stream()
                    .filter(link -> link.getValue() == document)
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(dependent::unlink);
            notices.accept(Notice.info("%s took imports from %s, which was closed. It was restarted without them."
                    .formatted(dependent.name(), document.name())));
            dependent.restart();
        }
        if (active.get() == document) {
            active.set(modules.isEmpty() ? null : modules.get(Math.min(index, modules.size() - 1)));
        }
        document.dispose();
    }

    /// Restarts a module with its imports of one name taken from another open module's session.
    public void link(ModuleDocument document, String importModule, ModuleDocument provider) {
        if (reaches(provider, document)) {
            notices.accept(Notice.error("%s cannot take imports from %s: that one depends on it already."
                    .formatted(document.name(), provider.name())));
            return;
        }
        document.link(importModule, provider);
        document.restart();
    }

    /// Restarts a module without a link.
    public void unlink(ModuleDocument document, String importModule) {
        document.unlink(importModule);
        document.restart();
    }

    // ---- steps

    /// One after the other, so that the list has them in order.
    private void openProviders(
            List<Map.Entry<String, String>> wanted,
            Map<String, ModuleDocument> found,
            Consumer<Map<String, ModuleDocument>> then) {
        if (wanted.isEmpty()) {
            then.accept(found);
            return;
        }
        var next = wanted.getFirst();
        openSample(next.getValue(), provider -> {
            found.put(next.getKey(), provider);
            openProviders(wanted.subList(1, wanted.size()), found, then);
        });
    }

    /// @param prepare runs before a new document begins to read and start
    private void open(
            Object origin,
            String name,
            Work<ModuleSource> read,
            Consumer<ModuleDocument> prepare,
            Consumer<ModuleDocument> then) {
        var known = byOrigin.get(origin);
        if (known != null) {
            activate(known);
            then.accept(known);
            return;
        }
        var waiting = arriving.get(origin);
        if (waiting != null) {
            waiting.add(then);
            return;
        }
        arriving.put(origin, new ArrayList<>(List.of(then)));
        background.start("Opening " + name, read, result -> arrived(origin, result, prepare));
    }

    private void arrived(Object origin, Result<ModuleSource> result, Consumer<ModuleDocument> prepare) {
        var waiting = arriving.remove(origin);
        switch (result) {
            case Result.Ok<ModuleSource>(var source) -> {
                var document = add(origin, source, prepare);
                if (waiting != null) {
                    waiting.forEach(then -> then.accept(document));
                }
            }
            case Result.Failed<ModuleSource>(var cause) -> notices.accept(Notice.error(Sentences.of(cause)));
            case Result.Cancelled<ModuleSource> _ -> {}
        }
    }

    private ModuleDocument add(Object origin, ModuleSource source, Consumer<ModuleDocument> prepare) {
        return add(origin, source, prepare, services);
    }

    private ModuleDocument add(
            Object origin, ModuleSource source, Consumer<ModuleDocument> prepare, ModuleServices from) {
        var document = new ModuleDocument(source, placement.get(), from, background, notices);
        prepare.accept(document);
        byOrigin.put(origin, document);
        modules.add(document);
        active.set(document);
        document.sessionStateProperty().subscribe((before, now) -> providerChanged(document, now));
        document.begin(() -> close(document));
        return document;
    }

    /// A new session of a provider leaves those that link to it with the exports of a closed one.
    private void providerChanged(ModuleDocument provider, SessionState now) {
        if (!(now instanceof SessionState.Opening) && modules.contains(provider)) {
            dependents(provider).stream()
                    .filter(dependent -> dependent.facts().isPresent())
                    .forEach(ModuleDocument::restart);
        }
    }

    private List<ModuleDocument> dependents(ModuleDocument provider) {
        return modules.stream()
                .filter(module -> module.links().containsValue(provider))
                .toList();
    }

    private static boolean reaches(ModuleDocument from, ModuleDocument target) {
        return from == target || from.links().values().stream().anyMatch(next -> reaches(next, target));
    }
}
