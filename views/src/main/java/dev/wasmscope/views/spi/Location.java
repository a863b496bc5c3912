package dev.wasmscope.views.spi;

import java.util.OptionalLong;

/// Something a tool can show. [Workbench#go(Location)] finds the tool.
public sealed interface Location {
    OpenModule module();

    /// @param offset file offset of an instruction in it
    record Function(OpenModule module, int index, OptionalLong offset) implements Location {}

    /// @param length 0 for a place without extent
    record Memory(OpenModule module, int memory, long address, long length) implements Location {}

    /// Bytes of the module's file.
    record FileBytes(OpenModule module, long offset, long length) implements Location {}

    /// What the module takes from its host.
    ///
    /// @param position in the import section
    record Import(OpenModule module, int position) implements Location {}

    /// An exported function, ready to be called.
    record Export(OpenModule module, String name) implements Location {}
}
