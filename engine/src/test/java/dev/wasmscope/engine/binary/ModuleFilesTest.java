package dev.wasmscope.engine.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleFilesTest {
    @TempDir
    Path directory;

    private static String reading(Object file) {
        return String.valueOf(assertThatExceptionOfType(UnreadableModuleException.class)
                .isThrownBy(() -> ModuleFiles.read(file.toString()))
                .actual()
                .getMessage());
    }

    @Test
    void fileIsReadWithItsNameAndWhereItStands() throws Exception {
        var file = Files.write(directory.resolve("a.wasm"), WasmBytes.module().bytes());
        var module = ModuleFiles.read(file.toString());
        assertThat(module.name()).isEqualTo("a.wasm");
        assertThat(module.path()).contains(file);
        assertThat(module.bytes()).hasSize(8);
    }

    @Test
    void sampleIsReadByName() throws Exception {
        assertThat(ModuleReader.read(ModuleFiles.read("sample:fib").bytes()).exports())
                .extracting(ModuleFacts.ExportFact::name)
                .contains("fib");
    }

    @Test
    void unknownSampleNamesTheNearestOne() {
        assertThat(reading("sample:fid")).contains("fib");
    }

    @Test
    void missingFileIsNamed() {
        assertThat(reading(directory.resolve("no.wasm")))
                .isEqualTo("There is no file %s/no.wasm.".formatted(directory));
        assertThat(reading(directory.resolve("no/no.wasm")))
                .contains("the directory %s/no does not exist".formatted(directory));
    }

    @Test
    void directoryIsNamedAsSuch() {
        assertThat(reading(directory)).isEqualTo("%s is a directory. Name a .wasm file in it.".formatted(directory));
    }

    @Test
    void emptyFileIsNamedAsSuch() throws IOException {
        var file = Files.createFile(directory.resolve("empty.wasm"));
        assertThat(reading(file)).isEqualTo(file + " is empty.");
    }

    @Test
    void fileOverTwoGigabytesIsRefusedBeforeItIsRead() throws IOException {
        var file = directory.resolve("large.wasm");
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }
        assertThat(reading(file)).contains("3221225472 bytes").contains("2 GB");
    }

    @Test
    void fileWithoutPermissionSaysSo() throws IOException {
        var file =
                Files.write(directory.resolve("locked.wasm"), WasmBytes.module().bytes());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "SKIPPED: root may read everything");
        assertThat(reading(file)).startsWith("No permission to read " + file);
    }

    @Test
    void nameThatNoFileCanHaveIsRefused() {
        assertThat(reading("a\0b")).contains("cannot be a file name");
    }
}
