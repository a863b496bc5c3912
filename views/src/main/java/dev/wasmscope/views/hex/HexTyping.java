package dev.wasmscope.views.hex;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Bytes that are typed or pasted at the cursor of a hex view, and handed to whoever may write them.
final class HexTyping {
    private static final int NOTHING = -1;

    private final HexModel model;
    private @Nullable HexEditor editor;
    private int digit = NOTHING;

    HexTyping(HexModel model) {
        this.model = model;
        model.selectionProperty().subscribe(_ -> digit = NOTHING);
    }

    /// @param takesTyping null where bytes are only looked at
    void setEditor(@Nullable HexEditor takesTyping) {
        editor = takesTyping;
    }

    boolean editable() {
        return editor != null;
    }

    /// The first digit of the byte at the cursor while the second is awaited, else -1.
    int digit() {
        return digit;
    }

    void cancel() {
        digit = NOTHING;
        model.repaint();
    }

    /// Takes a hexadecimal digit at the cursor: two make a byte.
    void digit(int next) {
        if (!allowed()) {
            return;
        }
        if (model.unitProperty().get() == HexUnit.F64) {
            model.report("Digits are typed into u8, u16 or u32, not into f64.");
        } else if (digit < 0) {
            collapse();
            digit = next;
            model.repaint();
        } else {
            overwrite(new byte[] {(byte) (digit << 4 | next)});
        }
    }

    /// Overwrites from the cursor on with the text's UTF-8.
    void text(String text) {
        if (allowed()) {
            collapse();
            overwrite(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Overwrites from the cursor on, as far as there are bytes.
    void overwrite(byte[] bytes) {
        var target = editor;
        long at = model.selection().cursor();
        int fit = (int) Math.min(bytes.length, model.size() - at);
        digit = NOTHING;
        if (target != null && fit > 0) {
            target.write(at, Arrays.copyOf(bytes, fit));
            model.moveTo(at + fit, false);
        }
    }

    /// Typing goes to the start of what is selected.
    private void collapse() {
        if (model.selection().length() > 1) {
            model.select(Selection.at(model.selection().start()));
        }
    }

    private boolean allowed() {
        var target = editor;
        if (target == null || model.size() == 0) {
            return false;
        }
        var refused = target.refusal();
        model.report(refused.orElse(""));
        return refused.isEmpty();
    }
}
