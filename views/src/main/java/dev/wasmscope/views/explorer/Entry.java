package dev.wasmscope.views.explorer;

import dev.wasmscope.engine.binary.ModuleFacts.DataSegment;
import dev.wasmscope.engine.binary.ModuleFacts.ElementSegment;
import dev.wasmscope.engine.binary.ModuleFacts.ExportFact;
import dev.wasmscope.engine.binary.ModuleFacts.FunctionFact;
import dev.wasmscope.engine.binary.ModuleFacts.GlobalFact;
import dev.wasmscope.engine.binary.ModuleFacts.ImportFact;
import dev.wasmscope.engine.binary.ModuleFacts.MemoryFact;
import dev.wasmscope.engine.binary.ModuleFacts.Section;
import dev.wasmscope.engine.binary.ModuleFacts.TableFact;
import dev.wasmscope.views.workspace.Facts;
import dev.wasmscope.views.workspace.ModuleDocument;

/// One row of the modules tree.
sealed interface Entry {
    String title();

    /// Shown muted behind the title.
    String detail();

    /// What Ctrl+C copies.
    default String text() {
        return detail().isEmpty() ? title() : title() + " " + detail();
    }

    private static String named(String name, String kind, int index) {
        return name.isEmpty() ? kind + "[" + index + "]" : name;
    }

    /// A row that belongs to an open module.
    sealed interface OfModule extends Entry {
        ModuleDocument module();
    }

    record Module(ModuleDocument module) implements OfModule {
        @Override
        public String title() {
            return module.name();
        }

        @Override
        public String detail() {
            return switch (module.factsProperty().get()) {
                case Facts.Reading _ -> "reading…";
                case Facts.Read _ -> Sizes.text(module.source().bytes().length);
                case Facts.Malformed _ -> "malformed";
            };
        }

        boolean broken() {
            return module.factsProperty().get() instanceof Facts.Malformed;
        }
    }

    enum Kind {
        IMPORTS("Imports"),
        EXPORTS("Exports"),
        FUNCTIONS("Functions"),
        MEMORIES("Memories"),
        TABLES("Tables"),
        GLOBALS("Globals"),
        DATA("Data segments"),
        ELEMENTS("Element segments"),
        CUSTOM("Custom sections");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    record Group(ModuleDocument module, Kind kind, int count) implements OfModule {
        @Override
        public String title() {
            return kind.title();
        }

        @Override
        public String detail() {
            return Sizes.count(count);
        }
    }

    /// All imports from one module name.
    record ImportModule(ModuleDocument module, String name, int count) implements OfModule {
        @Override
        public String title() {
            return name.isEmpty() ? "\"\"" : name;
        }

        @Override
        public String detail() {
            return Sizes.count(count);
        }
    }

    /// @param qualified stands alone, without a row for its module name
    record Import(ModuleDocument module, ImportFact fact, boolean qualified) implements OfModule {
        @Override
        public String title() {
            return qualified ? fact.module() + "." + fact.name() : fact.name();
        }

        @Override
        public String detail() {
            return fact.type();
        }

        @Override
        public String text() {
            return fact.module() + "." + fact.name() + " " + fact.type();
        }

        /// Nothing provides it: a call traps and names it.
        boolean stub() {
            return module.stubbedProperty().get().contains(fact);
        }
    }

    record Export(ModuleDocument module, ExportFact fact) implements OfModule {
        @Override
        public String title() {
            return fact.name();
        }

        @Override
        public String detail() {
            return fact.type();
        }
    }

    record Function(ModuleDocument module, FunctionFact fact) implements OfModule {
        @Override
        public String title() {
            return fact.name();
        }

        @Override
        public String detail() {
            return fact.type().toString();
        }
    }

    /// Functions of a large module, a thousand to a row.
    ///
    /// @param from first position in the list
    /// @param to after the last
    record FunctionRange(ModuleDocument module, int from, int to) implements OfModule {
        @Override
        public String title() {
            return Sizes.count(from) + " – " + Sizes.count(to - 1);
        }

        @Override
        public String detail() {
            return "";
        }
    }

    record Memory(ModuleDocument module, MemoryFact fact) implements OfModule {
        @Override
        public String title() {
            return named(fact.name(), "memory", fact.index());
        }

        @Override
        public String detail() {
            return fact.limits() + " pages";
        }
    }

    record Table(ModuleDocument module, TableFact fact) implements OfModule {
        @Override
        public String title() {
            return named(fact.name(), "table", fact.index());
        }

        @Override
        public String detail() {
            return fact.limits() + " " + fact.element();
        }
    }

    record Global(ModuleDocument module, GlobalFact fact) implements OfModule {
        @Override
        public String title() {
            return named(fact.name(), "global", fact.index());
        }

        @Override
        public String detail() {
            return (fact.mutable() ? "mut " : "") + fact.type() + (fact.init().isEmpty() ? "" : " = " + fact.init());
        }
    }

    record Data(ModuleDocument module, DataSegment fact) implements OfModule {
        @Override
        public String title() {
            return named(fact.name(), "data", fact.index());
        }

        @Override
        public String detail() {
            var place = fact.address()
                    .map(Sizes::hex)
                    .orElse(fact.offsetText().isEmpty() ? fact.mode() : fact.offsetText());
            return place + " · " + Sizes.text(fact.length());
        }
    }

    record Element(ModuleDocument module, ElementSegment fact) implements OfModule {
        @Override
        public String title() {
            return named(fact.name(), "elem", fact.index());
        }

        @Override
        public String detail() {
            return fact.mode()
                    + (fact.offsetText().isEmpty() ? "" : " · " + fact.offsetText())
                    + " · "
                    + Sizes.count(fact.count())
                    + (fact.count() == 1 ? " entry" : " entries");
        }
    }

    record Custom(ModuleDocument module, Section fact) implements OfModule {
        @Override
        public String title() {
            return fact.name().isEmpty() ? "\"\"" : fact.name();
        }

        @Override
        public String detail() {
            return Sizes.text(fact.size());
        }
    }

    /// Why a module cannot run, or is not valid.
    record Problem(ModuleDocument module, String title) implements OfModule {
        @Override
        public String detail() {
            return "";
        }
    }

    /// What a filter found and the tree does not show.
    record More(ModuleDocument module, int count) implements OfModule {
        @Override
        public String title() {
            return "%s more; type more of the name".formatted(Sizes.count(count));
        }

        @Override
        public String detail() {
            return "";
        }
    }

    record Samples(int count) implements Entry {
        @Override
        public String title() {
            return "Samples";
        }

        @Override
        public String detail() {
            return Sizes.count(count);
        }
    }

    /// @param description a sentence
    record Sample(String name, String title, String description) implements Entry {
        @Override
        public String detail() {
            return name;
        }
    }
}
