package dev.wasmscope.views.console;

import java.time.Duration;
import javafx.scene.control.Tooltip;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.fxmisc.richtext.event.MouseOverTextEvent;

/// Says what the numbers behind a reply mean, where the mouse rests on them.
final class CostTip {
    private static final Duration REST = Duration.ofMillis(400);
    private static final double BELOW = 16;
    private static final String TEXT = """
            time from the command's first byte out to its reply parsed
            guest: of this, the time inside redis.wasm
            pages of 64 KiB that the command wrote to
            +N: pages by which the memory grew""";

    private CostTip() {}

    static void on(StyleClassedTextArea area) {
        var tip = new Tooltip(TEXT);
        area.setMouseOverTextDelay(REST);
        area.addEventHandler(MouseOverTextEvent.MOUSE_OVER_TEXT_BEGIN, event -> {
            var at = event.getCharacterIndex();
            if (area.getStyleOfChar(at).contains(EntryText.COST)) {
                var place = event.getScreenPosition();
                tip.show(area, place.getX(), place.getY() + BELOW);
            }
        });
        area.addEventHandler(MouseOverTextEvent.MOUSE_OVER_TEXT_END, _ -> tip.hide());
    }
}
