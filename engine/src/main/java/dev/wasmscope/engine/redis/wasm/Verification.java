package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.WasmRuntime;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Replays a journal on several instances at once and finds the first event after which they are not the same.
///
/// Replies are compared event by event, memories after every [#STRETCH]; where something differs, halves of the stretch
/// are run again until the event is found. Comparing megabytes after each event would take a thousand times as long.
final class Verification implements AutoCloseable {
    private static final int STRETCH = 1024;

    private final Path journal;
    private final ModuleSource module;
    private final FileChannel file;
    private final JournalReader reader;
    private final Beginning beginning;
    private final List<Twin> twins = new ArrayList<>();
    private Optional<Plant> plant = Optional.empty();

    /// Another seed for the last instance before an event: to see that a difference is found.
    private record Plant(long event, long seed) {}

    /// @param events replayed
    /// @param from events before the oldest image kept, where the log does not reach back to the start
    /// @param hash SHA-256 of the memory at the end, in hexadecimal; one for all instances where nothing differs
    /// @param tornBytes of an unfinished turn at the end, which was left out
    record Result(long from, long events, String hash, long tornBytes, Optional<Difference> difference) {}

    /// @param event counted from 1; 0: before the first
    /// @param what a sentence
    record Difference(long event, String what) {}

    /// Something that is not the same within a stretch.
    ///
    /// @param at index of the event
    private record Found(int at, String what) {}

    /// @throws WasmRedisException when the journal is damaged, or of another module
    Verification(Path journal, ModuleSource module, List<WasmRuntime> runtimes) throws IOException {
        this.journal = journal;
        this.module = module;
        this.file = FileChannel.open(journal, StandardOpenOption.READ);
        try {
            this.reader = new JournalReader(new JournalFiles(journal.toAbsolutePath()), file);
            reader.checkModule(Opening.sha256(module.bytes()));
            this.beginning = Beginning.earliest(reader);
            for (var runtime : runtimes) {
                twins.add(new LocalTwin(module, reader.header().start(), beginning, runtime));
            }
        } catch (IOException | WasmRedisException e) {
            close();
            throw e;
        }
    }

    /// One more instance, on V8.
    ///
    /// @param older the module with exceptions in the older encoding, where there is one
    /// @throws WasmRedisException when there is no V8 that runs it; the others go on without
    void addV8(Optional<ModuleSource> older) {
        twins.add(new V8Twin(module, older, reader.header().start(), beginning));
    }

    /// What the instances run on, in their order.
    List<String> runtimes() {
        return twins.stream().map(Twin::runtime).toList();
    }

    void plantSeed(long event, long seed) {
        plant = Optional.of(new Plant(event, seed));
    }

    /// @param progress told the number of events done, now and then
    Result run(LongConsumer progress) throws IOException {
        var first = reader.events();
        var difference = compareMemories(0).map(found -> new Difference(first, found.what() + " the start."));
        while (difference.isEmpty()) {
            var before = reader.events();
            var stretch = read();
            if (stretch.isEmpty()) {
                break;
            }
            twins.forEach(Twin::save);
            var found = compare(stretch, before);
            if (found.isPresent()) {
                difference = Optional.of(locate(stretch, before, found.get()));
            }
            progress.accept(reader.events());
        }
        return new Result(
                first, reader.events() - first, twins.getFirst().memoryHash(), reader.tornBytes(), difference);
    }

    private List<Event> read() throws IOException {
        var events = new ArrayList<Event>();
        while (events.size() < STRETCH) {
            var event = reader.next();
            if (event == null) {
                break;
            }
            events.add(event);
        }
        return events;
    }

    private Optional<Found> compare(List<Event> events, long before) {
        var replies = replay(events, before);
        return replies.isPresent() ? replies : compareMemories(events.size() - 1);
    }

    /// Replies are all right before the one that is known; memories may have parted before that.
    private Difference locate(List<Event> stretch, long before, Found known) {
        var first = known;
        var low = 0;
        var high = known.at() + 1;
        while (low < high) {
            var middle = (low + high) >>> 1;
            twins.forEach(Twin::restore);
            var found = compare(stretch.subList(0, middle + 1), before);
            if (found.isPresent()) {
                first = found.get();
                high = Math.min(middle, first.at());
            } else {
                low = middle + 1;
            }
        }
        return new Difference(before + first.at() + 1, first.what() + " " + Commands.describe(stretch.get(first.at())));
    }

    private Optional<Found> replay(List<Event> events, long before) {
        var planted = plant.map(p -> p.event() - before - 1).orElse(-1L);
        var split = planted >= 0 && planted < events.size() ? planted.intValue() : 0;
        var early = replayAll(events.subList(0, split), 0);
        if (early.isPresent()) {
            return early;
        }
        if (plant.isPresent() && planted == split) {
            twins.getLast().seed(plant.get().seed());
        }
        return replayAll(events.subList(split, events.size()), split);
    }

    /// @param first index of the first event
    private Optional<Found> replayAll(List<Event> events, int first) {
        // Other processes first: they work while this one does.
        twins.reversed().forEach(twin -> twin.replay(events));
        Optional<Found> found = Optional.empty();
        for (var twin : twins) {
            var wrong = wrong(twin, events, first);
            if (wrong.isPresent()
                    && (found.isEmpty() || wrong.get().at() < found.get().at())) {
                found = wrong;
            }
        }
        return found;
    }

    private Optional<Found> wrong(Twin twin, List<Event> events, int first) {
        var replayed = twin.replayed();
        var outcomes = replayed.outcomes();
        for (int i = 0; i < outcomes.length; i++) {
            var recorded = events.get(i).recorded();
            if (recorded.isPresent() && recorded.getAsInt() != outcomes[i]) {
                return Optional.of(
                        new Found(first + i, "The replies of %s are not the recorded ones:".formatted(name(twin))));
            }
        }
        return replayed.failure()
                .map(why -> new Found(first + outcomes.length, "%s failed (%s):".formatted(name(twin), why)));
    }

    private Optional<Found> compareMemories(int last) {
        var first = twins.getFirst();
        for (var twin : twins.subList(1, twins.size())) {
            var where = first instanceof LocalTwin mine && twin instanceof LocalTwin other
                    ? mismatch(mine, other)
                    : first.memoryHash().equals(twin.memoryHash()) ? Optional.<String>empty() : Optional.of("");
            if (where.isPresent()) {
                return Optional.of(new Found(
                        last,
                        "The memories of %s and %s differ%s after:".formatted(name(first), name(twin), where.get())));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> mismatch(LocalTwin one, LocalTwin other) {
        var at = one.redis().memory().window().mismatch(other.redis().memory().window());
        return at < 0 ? Optional.empty() : Optional.of(" first at 0x%x".formatted(at));
    }

    private String name(Twin twin) {
        return "instance %d (%s)".formatted(twins.indexOf(twin) + 1, twin.runtime());
    }

    @Override
    public String toString() {
        return "verification of " + journal;
    }

    @Override
    public void close() throws IOException {
        twins.forEach(Twin::close);
        file.close();
    }
}
