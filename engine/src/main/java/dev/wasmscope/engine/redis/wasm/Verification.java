package dev.wasmscope.engine.redis.wasm;

import dev.wasmscope.engine.spi.GuestFailedException;
import dev.wasmscope.engine.spi.MemoryKind;
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
/// Replies are compared after every event, memories after every [#STRETCH]; where those differ, the stretch is run
/// again event by event. Comparing megabytes after each event would take a thousand times as long.
final class Verification implements AutoCloseable {
    private static final int STRETCH = 1024;

    private final Path journal;
    private final FileChannel file;
    private final JournalReader reader;
    private final List<Twin> twins = new ArrayList<>();
    private Optional<Plant> plant = Optional.empty();

    /// One of the instances.
    private record Twin(String runtime, RedisInstance redis) {}

    /// Another seed for the last instance before an event: to see that a difference is found.
    private record Plant(long event, long seed) {}

    /// @param hash SHA-256 of the first instance's memory and globals at the end, in hexadecimal
    /// @param tornBytes of an unfinished turn at the end, which was left out
    record Result(long events, String hash, long tornBytes, Optional<Difference> difference) {}

    /// @param event counted from 1
    /// @param what a sentence
    record Difference(long event, String what) {}

    /// @throws WasmRedisException when the journal is damaged, or of another module
    Verification(Path journal, ModuleSource module, List<WasmRuntime> runtimes) throws IOException {
        this.journal = journal;
        this.file = FileChannel.open(journal, StandardOpenOption.READ);
        try {
            this.reader = new JournalReader(journal, file);
            reader.checkModule(Opening.sha256(module.bytes()));
            var start = reader.header().start();
            for (var runtime : runtimes) {
                twins.add(new Twin(runtime.id(), RedisInstance.start(module, start, MemoryKind.PLAIN, runtime)));
            }
        } catch (IOException | WasmRedisException e) {
            close();
            throw e;
        }
    }

    void plantSeed(long event, long seed) {
        plant = Optional.of(new Plant(event, seed));
    }

    /// @param progress told the number of events done, now and then
    Result run(LongConsumer progress) throws IOException {
        Optional<Difference> difference = Optional.empty();
        List<Event> stretch;
        do {
            var before = reader.events();
            stretch = read();
            var states = twins.stream().map(twin -> twin.redis().save(null)).toList();
            difference = replay(stretch, before, false);
            if (difference.isEmpty()) {
                difference = compareMemories(reader.events());
            }
            if (difference.isPresent()) {
                difference = Optional.of(locate(stretch, before, states, difference.get()));
            }
            progress.accept(reader.events());
        } while (stretch.size() == STRETCH && difference.isEmpty());
        var first = twins.getFirst().redis();
        return new Result(reader.events(), first.hash(), reader.tornBytes(), difference);
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

    private Difference locate(List<Event> stretch, long before, List<RedisInstance.State> states, Difference known) {
        for (int i = 0; i < twins.size(); i++) {
            twins.get(i).redis().restore(states.get(i));
        }
        return replay(stretch, before, true).orElse(known);
    }

    private Optional<Difference> replay(List<Event> stretch, long before, boolean memories) {
        var number = before;
        for (var event : stretch) {
            number++;
            var found = step(event, number);
            if (found.isEmpty() && memories) {
                found = compareMemories(number);
            }
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Difference> step(Event event, long number) {
        for (var twin : twins) {
            try {
                if (plant.isPresent() && plant.get().event() == number && twin.equals(twins.getLast())) {
                    twin.redis().setSeed(plant.get().seed());
                }
                var outcome = twin.redis().apply(event);
                var recorded = event.recorded();
                if (recorded.isPresent() && recorded.getAsInt() != outcome) {
                    return Optional.of(new Difference(
                            number,
                            "The replies of %s are not the recorded ones (%s).".formatted(name(twin), kind(event))));
                }
            } catch (GuestFailedException e) {
                return Optional.of(new Difference(
                        number, "%s failed (%s): %s".formatted(name(twin), kind(event), e.getMessage())));
            }
        }
        return Optional.empty();
    }

    private Optional<Difference> compareMemories(long number) {
        var first = twins.getFirst();
        for (var twin : twins.subList(1, twins.size())) {
            var mine = first.redis().memory().window();
            var other = twin.redis().memory().window();
            var at = mine.mismatch(other);
            if (at >= 0) {
                return Optional.of(new Difference(
                        number,
                        "The memories of %s and %s differ first at 0x%x.".formatted(name(first), name(twin), at)));
            }
        }
        return Optional.empty();
    }

    private String name(Twin twin) {
        return "instance %d (%s)".formatted(twins.indexOf(twin) + 1, twin.runtime());
    }

    private static String kind(Event event) {
        return switch (event) {
            case Event.Connected _ -> "a client connects";
            case Event.Disconnected(int client, int _) -> "client %d leaves".formatted(client);
            case Event.Received(int client, var bytes, int _) ->
                "%d bytes of client %d".formatted(bytes.remaining(), client);
            case Event.Ticked _ -> "a tick";
            case Event.ClockSet _ -> "the clock is set";
            case Event.SeedSet _ -> "the seed is set";
            case Event.TimerAsked _ -> "the next timer is asked for";
            case Event.FilePut(String name, var _, int _) -> "the file %s is put".formatted(name);
            case Event.FileDeleted(String name, int _) -> "the file %s is deleted".formatted(name);
            case Event.FileRead(String name) -> "the file %s is read".formatted(name);
            case Event.Mailed _ -> "other clients' bytes for a script that lasts";
            case Event.Trapped _ -> "a request that trapped";
        };
    }

    @Override
    public String toString() {
        return "verification of " + journal;
    }

    @Override
    public void close() throws IOException {
        twins.forEach(twin -> twin.redis().close());
        file.close();
    }
}
