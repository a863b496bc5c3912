package dev.wasmscope.engine.samples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wasmscope.engine.names.NearestName;
import dev.wasmscope.engine.spi.ModuleSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The samples on the class path: which there are, and their bytes. A program that was built without them has an
/// empty catalogue.
public final class SampleCatalogue {
    /// `sample:fib` names a sample wherever a file can be named.
    public static final String PREFIX = "sample:";

    private static final String FOLDER = "/dev/wasmscope/samples/";

    private final List<Sample> samples;
    private final List<MissingSample> missing;

    SampleCatalogue(List<Sample> samples, List<MissingSample> missing) {
        this.samples = List.copyOf(samples);
        this.missing = List.copyOf(missing);
    }

    /// Reads the index on the class path.
    ///
    /// @throws IllegalStateException when the index is not what the build writes
    public static SampleCatalogue load() {
        byte[] index = resource("index.json");
        if (index == null) {
            return new SampleCatalogue(List.of(), List.of());
        }
        try {
            return parse(new ObjectMapper().readTree(index));
        } catch (IOException e) {
            throw new IllegalStateException("The catalogue of samples is damaged: " + reason(e), e);
        }
    }

    /// In the order of the catalogue: the first one is the one to begin with.
    public List<Sample> samples() {
        return samples;
    }

    public List<MissingSample> missing() {
        return missing;
    }

    /// @param name with or without the prefix `sample:`
    public Optional<Sample> find(String name) {
        var plain = withoutPrefix(name);
        return samples.stream().filter(sample -> sample.name().equals(plain)).findFirst();
    }

    /// @param name with or without the prefix `sample:`
    /// @throws UnknownSampleException with the nearest name, or with what to install when it was not built
    public ModuleSource open(String name) throws UnknownSampleException {
        var plain = withoutPrefix(name);
        var sample = find(plain).orElseThrow(() -> unknown(plain));
        byte[] bytes = resource(sample.name() + ".wasm");
        if (bytes == null) {
            throw new UnknownSampleException(
                    "Sample %s is in the catalogue, but its module is not there: build again.".formatted(plain));
        }
        return new ModuleSource(sample.name() + ".wasm", Optional.empty(), bytes);
    }

    private UnknownSampleException unknown(String name) {
        for (var left : missing) {
            if (left.name().equals(name)) {
                return new UnknownSampleException(left.reason());
            }
        }
        if (samples.isEmpty()) {
            return new UnknownSampleException("This build of Wasmscope contains no samples.");
        }
        var names = samples.stream().map(Sample::name).toList();
        return new UnknownSampleException(NearestName.of(name, names)
                .map(near -> "There is no sample %s. Did you mean %s?".formatted(name, near))
                .orElseGet(() -> "There is no sample %s. There are: %s.".formatted(name, String.join(", ", names))));
    }

    private static String withoutPrefix(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    private static SampleCatalogue parse(JsonNode index) throws JsonProcessingException {
        var mapper = new ObjectMapper();
        var samples = mapper.treeToValue(index.path("samples"), SampleEntry[].class);
        var missing = mapper.treeToValue(index.path("missing"), MissingSample[].class);
        return new SampleCatalogue(
                List.of(samples).stream().map(SampleEntry::sample).toList(), List.of(missing));
    }

    private static String reason(IOException e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.toString();
    }

    private static byte @Nullable [] resource(String file) {
        try (var in = SampleCatalogue.class.getResourceAsStream(FOLDER + file)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the sample " + file, e);
        }
    }
}
