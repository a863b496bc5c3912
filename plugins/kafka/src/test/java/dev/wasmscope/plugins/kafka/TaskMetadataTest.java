package dev.wasmscope.plugins.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskMetadataTest {
    @Test
    void metadataIsReadAsItWasWritten() {
        var metadata = new TaskMetadata(1_700_000_000_123L, "app", "host-ä", 3, Long.MAX_VALUE);
        assertThat(TaskMetadata.read(metadata.toBytes())).isEqualTo(metadata);
        assertThat(TaskMetadata.NONE.toBytes()).isEmpty();
        assertThat(TaskMetadata.read(new byte[0])).isEqualTo(TaskMetadata.NONE);
    }

    /// As protoc encodes timestamp_millis=150, source_application_id="ab", retry_count=2.
    @Test
    void bytesAreThoseOfProtobuf() {
        var bytes = HexFormat.of().parseHex("0896011202616220" + "02");
        assertThat(TaskMetadata.read(bytes)).isEqualTo(new TaskMetadata(150, "ab", "", 2, 0));
        assertThat(new TaskMetadata(150, "ab", "", 2, 0).toBytes()).isEqualTo(bytes);
    }

    @Test
    void fieldsOfOtherVersionsAreSkipped() {
        var bytes = HexFormat.of().parseHex("0801" + "7a026869" + "79" + "0102030405060708" + "7d01020304" + "2005");
        assertThat(TaskMetadata.read(bytes)).isEqualTo(new TaskMetadata(1, "", "", 5, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08", "0880", "12", "1205", "12ff", "0b", "12ffffffff0f61", "08ffffffffffffffffffff01"})
    void bytesThatAreNoMetadataAreRefusedWithASentence(String hex) {
        assertThatThrownBy(() -> TaskMetadata.read(HexFormat.of().parseHex(hex)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The header dt_meta ");
    }
}
