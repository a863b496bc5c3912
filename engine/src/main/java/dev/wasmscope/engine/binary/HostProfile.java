package dev.wasmscope.engine.binary;

import dev.wasmscope.engine.spi.ExternKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A kind of host that modules are made for, recognised by what they import and export.
///
/// @param id stable, for scripts: `easegress`
/// @param title for people: `Easegress filter`
/// @param how what such a host does with the module, a sentence
public record HostProfile(String id, String title, String how) {
    /// @param missing what such a host needs and the module has not, each a phrase: `the function wasm_run`
    public record Match(HostProfile profile, List<String> missing) {
        public Match {
            missing = List.copyOf(missing);
        }

        public boolean complete() {
            return missing.isEmpty();
        }

        /// `Easegress filter; missing: the function wasm_free`.
        public String text() {
            return complete() ? profile.title : profile.title + "; missing: " + String.join(", ", missing);
        }
    }

    /// @param sign whether a module is made for it
    /// @param needs what such a host calls or reads
    private record Known(HostProfile profile, Predicate<ModuleFacts> sign, List<Need> needs) {}

    /// Something that must be exported, under one of several names.
    ///
    /// @param type as [ModuleFacts.ExportFact#type()] has it; empty where any will do
    private record Need(List<String> names, ExternKind kind, String type) {
        static Need function(String type, String... names) {
            return new Need(List.of(names), ExternKind.FUNCTION, type);
        }

        static Need memory() {
            return new Need(List.of("memory"), ExternKind.MEMORY, "");
        }

        Stream<String> lack(ModuleFacts facts) {
            var named = facts.exports().stream()
                    .filter(e -> e.kind() == kind && names.contains(e.name()))
                    .toList();
            if (named.isEmpty()) {
                return Stream.of("the exported %s %s%s"
                        .formatted(
                                kind == ExternKind.MEMORY ? "memory" : "function", String.join(" or ", names), type));
            }
            return named.stream().anyMatch(e -> type.isEmpty() || e.type().equals(type))
                    ? Stream.of()
                    : Stream.of("a %s of type %s (it is %s)"
                            .formatted(
                                    named.getFirst().name(),
                                    type,
                                    named.getFirst().type()));
        }
    }

    private static final String WASI = "wasi_snapshot_preview1";

    /// Special ones first: a filter in C is a WASI reactor as well.
    private static final List<Known> ALL = List.of(
            new Known(
                    new HostProfile(
                            "easegress",
                            "Easegress filter",
                            "A gateway calls wasm_run for each request; strings are a u32 length, bytes and a 0."),
                    facts -> imports(facts, "easegress") || exports(facts, "wasm_run"),
                    List.of(
                            Need.memory(),
                            Need.function("() → i32", "wasm_run"),
                            Need.function("(i32) → i32", "wasm_alloc"),
                            Need.function("(i32)", "wasm_free"))),
            new Known(
                    new HostProfile(
                            "decaton",
                            "Decaton processor",
                            "A Kafka consumer calls run for each task, which the module fetches by decaton.poll_task."),
                    facts -> imports(facts, "decaton"),
                    List.of(Need.memory(), Need.function("", "run"))),
            new Known(
                    new HostProfile(
                            "proxy-wasm",
                            "Proxy-Wasm filter",
                            "A proxy such as Envoy calls proxy_on_… for each event of a connection or request."),
                    facts -> facts.exports().stream()
                                    .anyMatch(e -> e.name().startsWith("proxy_abi_version_")
                                            || e.name().startsWith("proxy_on_"))
                            || facts.imports().stream().anyMatch(i -> i.name().startsWith("proxy_")),
                    List.of(
                            Need.memory(),
                            Need.function(
                                    "()",
                                    "proxy_abi_version_0_2_1",
                                    "proxy_abi_version_0_2_0",
                                    "proxy_abi_version_0_1_0"),
                            Need.function("(i32) → i32", "proxy_on_memory_allocate", "malloc"),
                            Need.function("(i32 i32)", "proxy_on_context_create"))),
            new Known(
                    new HostProfile(
                            "extism",
                            "Extism plugin",
                            "A host calls exports without parameters; input and output cross in blocks of the host's memory."),
                    facts -> facts.imports().stream()
                            .anyMatch(i -> i.module().startsWith("extism:host/")
                                    || i.name().startsWith("extism_")),
                    List.of(Need.function("() → i32"))),
            new Known(
                    new HostProfile(
                            "redis-2020",
                            "Redis of 2020 (allocate and invoke)",
                            "The host writes a command into allocated memory, calls invoke and reads a length and the reply."),
                    facts -> exports(facts, "allocate") && exports(facts, "invoke"),
                    List.of(
                            Need.memory(),
                            Need.function("(i32) → i32", "allocate"),
                            Need.function("(i32 i32)", "deallocate"),
                            Need.function("(i32 i32) → i32", "invoke"))),
            new Known(
                    new HostProfile(
                            "wasi-command", "WASI command", "A program: the host calls _start once, and it ends."),
                    facts -> exports(facts, "_start"),
                    List.of(Need.memory(), Need.function("()", "_start"))),
            new Known(
                    new HostProfile(
                            "wasi-reactor",
                            "WASI reactor",
                            "A library: the host calls _initialize once, and exports as often as it likes."),
                    facts -> (imports(facts, WASI) || exports(facts, "_initialize")) && !exports(facts, "_start"),
                    List.of(Need.memory(), Need.function("()", "_initialize"))));

    /// The 50 functions that Easegress offers.
    private static final Set<String> EASEGRESS = EasegressFunctions.NAMES;

    private static boolean imports(ModuleFacts facts, String module) {
        return facts.imports().stream().anyMatch(i -> i.module().equals(module));
    }

    private static boolean exports(ModuleFacts facts, String function) {
        return facts.exports().stream()
                .anyMatch(e -> e.kind() == ExternKind.FUNCTION && e.name().equals(function));
    }

    /// The profiles that a module fits, the most telling first; of equally telling ones those that lack least.
    public static List<Match> of(ModuleFacts facts) {
        var found = new ArrayList<Match>();
        for (var known : ALL) {
            if (known.sign.test(facts)) {
                found.add(new Match(known.profile, lacks(known, facts)));
            }
        }
        found.sort(Comparator.comparing(match -> match.profile.id.startsWith("wasi-")));
        return found;
    }

    private static List<String> lacks(Known known, ModuleFacts facts) {
        var lacks = new ArrayList<String>();
        for (var need : known.needs) {
            if (need.names.isEmpty()) {
                if (facts.exports().stream()
                        .noneMatch(
                                e -> e.kind() == ExternKind.FUNCTION && e.type().equals(need.type))) {
                    lacks.add("an exported function of type " + need.type);
                }
            } else {
                need.lack(facts).forEach(lacks::add);
            }
        }
        facts.imports().stream()
                .filter(i -> known.profile.id.equals("easegress") && i.module().equals("easegress"))
                .filter(i -> !EASEGRESS.contains(i.name()))
                .forEach(i -> lacks.add("easegress.%s at the host, which has no such function".formatted(i.name())));
        facts.imports().stream()
                .filter(i -> known.profile.id.equals("decaton") && i.module().equals("decaton"))
                .filter(i -> !i.name().equals("poll_task"))
                .forEach(i -> lacks.add("decaton.%s at the host, which has poll_task only".formatted(i.name())));
        return lacks;
    }
}
