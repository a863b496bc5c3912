package dev.wasmscope.views.hex;

import dev.wasmscope.views.spi.Workbench;

/// The memory that is looked at, and where: what the Memory tool and the inspector share.
public final class InspectedMemory {
    private final MemoryViewModel model;
    private final InspectorModel inspector;

    public InspectedMemory(Workbench workbench) {
        model = new MemoryViewModel(workbench.activeModuleProperty(), workbench.background(), workbench::notify);
        inspector = new InspectorModel(model.hex());
    }

    MemoryViewModel model() {
        return model;
    }

    InspectorModel inspector() {
        return inspector;
    }
}
