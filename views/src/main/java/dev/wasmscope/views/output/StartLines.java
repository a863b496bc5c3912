package dev.wasmscope.views.output;

import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.views.background.Background;
import dev.wasmscope.views.background.Result;
import dev.wasmscope.views.workspace.Facts;
import dev.wasmscope.views.workspace.ModuleDocument;
import dev.wasmscope.views.workspace.SessionState;
import dev.wasmscope.views.workspace.Workspace;
import java.util.Locale;
import java.util.function.Predicate;
import javafx.collections.ListChangeListener;

/// Says in the output how long modules took to be read and started, and whether they were compiled for it: why a
/// first start takes seconds and the next one does not. UI thread only.
public final class StartLines {
    private final Background background;
    private final OutputLog log;
    private final Predicate<ModuleSource> prepared;

    /// @param prepared whether a module need not be compiled; asked in the background
    public StartLines(Workspace workspace, Background background, OutputLog log, Predicate<ModuleSource> prepared) {
        this.background = background;
        this.log = log;
        this.prepared = prepared;
        workspace.modules().forEach(this::follow);
        workspace.modules().addListener((ListChangeListener<ModuleDocument>) change -> {
            while (change.next()) {
                change.getAddedSubList().forEach(this::follow);
            }
        });
    }

    private void follow(ModuleDocument document) {
        var times = new Times(document);
        document.factsProperty().subscribe(times::facts);
        document.sessionStateProperty().subscribe((_, now) -> times.session(now));
        background.start(
                "Looking for compiled code of " + document.name(), _ -> prepared.test(document.source()), result -> {
                    if (result instanceof Result.Ok<Boolean>(var already)) {
                        times.compiles = !already;
                    }
                });
    }

    /// Of one module.
    private final class Times {
        private final ModuleDocument document;
        private final long added = System.nanoTime();
        private long opening = added;
        private boolean compiles;

        Times(ModuleDocument document) {
            this.document = document;
        }

        void facts(Facts now) {
            switch (now) {
                case Facts.Reading _ -> {}
                case Facts.Read(var facts) ->
                    log.add(
                            OutputLine.Level.INFO,
                            "%s: read in %s, %,d functions, %,d exports"
                                    .formatted(
                                            document.name(),
                                            since(added),
                                            facts.functions().size(),
                                            facts.exports().size()));
                case Facts.Malformed(var reason, var _) ->
                    log.add(OutputLine.Level.FAIL, "%s: %s".formatted(document.name(), reason));
            }
        }

        void session(SessionState now) {
            switch (now) {
                case SessionState.Opening _ -> opening = System.nanoTime();
                case SessionState.Open _ -> {
                    log.add(
                            OutputLine.Level.INFO,
                            compiles
                                    ? "%s: compiled and started in %s; the compiled code is kept for the next start"
                                            .formatted(document.name(), since(opening))
                                    : "%s: started in %s".formatted(document.name(), since(opening)));
                    compiles = false;
                }
                case SessionState.None _, SessionState.Failed _ -> {}
            }
        }
    }

    private static String since(long nanos) {
        return String.format(Locale.ROOT, "%,d ms", (System.nanoTime() - nanos) / 1_000_000);
    }
}
