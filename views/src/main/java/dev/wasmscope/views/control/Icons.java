package dev.wasmscope.views.control;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignB;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;
import org.kordamp.ikonli.materialdesign2.MaterialDesignE;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignH;
import org.kordamp.ikonli.materialdesign2.MaterialDesignI;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;
import org.kordamp.ikonli.materialdesign2.MaterialDesignU;
import org.kordamp.ikonli.materialdesign2.MaterialDesignW;

/// Every icon of the window, a method per meaning. A new node each time: a node has one parent.
///
/// Colours come from the stylesheet by style class: `icon-function`, `icon-memory`, `icon-module`, `icon-import`,
/// `icon-ok`, `icon-warn`, `icon-failed`; without one an icon takes the colour of muted text.
public final class Icons {
    private Icons() {}

    public static FontIcon module() {
        return icon(MaterialDesignP.PACKAGE_VARIANT_CLOSED, "icon-module");
    }

    public static FontIcon brokenModule() {
        return icon(MaterialDesignP.PACKAGE_VARIANT_CLOSED, "icon-failed");
    }

    public static FontIcon modules() {
        return icon(MaterialDesignF.FILE_TREE);
    }

    public static FontIcon folder() {
        return icon(MaterialDesignF.FOLDER_OUTLINE);
    }

    public static FontIcon imports() {
        return icon(MaterialDesignI.IMPORT, "icon-import");
    }

    public static FontIcon exports() {
        return icon(MaterialDesignE.EXPORT, "icon-function");
    }

    public static FontIcon function() {
        return icon(MaterialDesignF.FUNCTION, "icon-function");
    }

    public static FontIcon importedFunction() {
        return icon(MaterialDesignF.FUNCTION, "icon-import");
    }

    public static FontIcon functions() {
        return icon(MaterialDesignF.FUNCTION_VARIANT);
    }

    public static FontIcon memory() {
        return icon(MaterialDesignM.MEMORY, "icon-memory");
    }

    public static FontIcon memories() {
        return icon(MaterialDesignM.MEMORY);
    }

    public static FontIcon global() {
        return icon(MaterialDesignE.EARTH);
    }

    public static FontIcon table() {
        return icon(MaterialDesignT.TABLE);
    }

    public static FontIcon tag() {
        return icon(MaterialDesignT.TAG_OUTLINE);
    }

    public static FontIcon segments() {
        return icon(MaterialDesignD.DATABASE_OUTLINE);
    }

    public static FontIcon sections() {
        return icon(MaterialDesignL.LAYERS_OUTLINE);
    }

    public static FontIcon custom() {
        return icon(MaterialDesignC.CODE_JSON);
    }

    public static FontIcon code() {
        return icon(MaterialDesignC.CODE_PARENTHESES, "icon-function");
    }

    public static FontIcon disassembly() {
        return icon(MaterialDesignC.CODE_ARRAY);
    }

    public static FontIcon invoke() {
        return icon(MaterialDesignP.PLAY_CIRCLE_OUTLINE);
    }

    public static FontIcon output() {
        return icon(MaterialDesignT.TEXT_BOX_OUTLINE);
    }

    public static FontIcon hostCalls() {
        return icon(MaterialDesignS.SWAP_HORIZONTAL);
    }

    /// What a module runs in.
    public static FontIcon host() {
        return icon(MaterialDesignP.POWER_PLUG_OUTLINE);
    }

    public static FontIcon autoFix() {
        return icon(MaterialDesignA.AUTO_FIX);
    }

    public static FontIcon follow() {
        return icon(MaterialDesignA.ARROW_COLLAPSE_DOWN);
    }

    public static FontIcon record() {
        return icon(MaterialDesignR.RECORD_CIRCLE_OUTLINE);
    }

    public static FontIcon inspector() {
        return icon(MaterialDesignT.TEXT_BOX_SEARCH_OUTLINE);
    }

    public static FontIcon redis() {
        return icon(MaterialDesignD.DATABASE);
    }

    public static FontIcon latency() {
        return icon(MaterialDesignC.CHART_LINE, "icon-function");
    }

    public static FontIcon lesson() {
        return icon(MaterialDesignS.SCHOOL_OUTLINE);
    }

    public static FontIcon samples() {
        return icon(MaterialDesignF.FLASK_OUTLINE);
    }

    public static FontIcon sample() {
        return icon(MaterialDesignF.FLASK_EMPTY_OUTLINE, "icon-function");
    }

    public static FontIcon plugin() {
        return icon(MaterialDesignP.PUZZLE_OUTLINE);
    }

    public static FontIcon problems() {
        return icon(MaterialDesignA.ALERT_CIRCLE_OUTLINE);
    }

    public static FontIcon run() {
        return icon(MaterialDesignP.PLAY);
    }

    public static FontIcon stop() {
        return icon(MaterialDesignS.STOP);
    }

    public static FontIcon pause() {
        return icon(MaterialDesignP.PAUSE);
    }

    public static FontIcon live() {
        return icon(MaterialDesignR.RECORD_CIRCLE_OUTLINE);
    }

    public static FontIcon restart() {
        return icon(MaterialDesignR.RESTART);
    }

    public static FontIcon undo() {
        return icon(MaterialDesignU.UNDO);
    }

    public static FontIcon refresh() {
        return icon(MaterialDesignR.REFRESH);
    }

    public static FontIcon back() {
        return icon(MaterialDesignA.ARROW_LEFT);
    }

    public static FontIcon forward() {
        return icon(MaterialDesignA.ARROW_RIGHT);
    }

    public static FontIcon into() {
        return icon(MaterialDesignC.CHEVRON_RIGHT);
    }

    public static FontIcon expand() {
        return icon(MaterialDesignC.CHEVRON_DOWN);
    }

    public static FontIcon add() {
        return icon(MaterialDesignP.PLUS);
    }

    public static FontIcon close() {
        return icon(MaterialDesignC.CLOSE);
    }

    public static FontIcon delete() {
        return icon(MaterialDesignT.TRASH_CAN_OUTLINE);
    }

    public static FontIcon copy() {
        return icon(MaterialDesignC.CONTENT_COPY);
    }

    /// Data as files.
    public static FontIcon snapshot() {
        return icon(MaterialDesignC.CONTENT_SAVE_OUTLINE);
    }

    public static FontIcon download() {
        return icon(MaterialDesignD.DOWNLOAD);
    }

    public static FontIcon image() {
        return icon(MaterialDesignI.IMAGE_OUTLINE);
    }

    public static FontIcon search() {
        return icon(MaterialDesignM.MAGNIFY);
    }

    public static FontIcon history() {
        return icon(MaterialDesignH.HISTORY);
    }

    public static FontIcon connected() {
        return icon(MaterialDesignL.LAN_CONNECT, "icon-ok");
    }

    public static FontIcon disconnected() {
        return icon(MaterialDesignL.LAN_DISCONNECT);
    }

    /// The wires of shared memory.
    public static FontIcon wires() {
        return icon(MaterialDesignT.TRANSIT_CONNECTION_HORIZONTAL);
    }

    public static FontIcon timer() {
        return icon(MaterialDesignT.TIMER_OUTLINE);
    }

    public static FontIcon load() {
        return icon(MaterialDesignS.SPEEDOMETER);
    }

    /// What a latency run measures beside each other.
    public static FontIcon lanes() {
        return icon(MaterialDesignF.FORMAT_LIST_CHECKS);
    }

    public static FontIcon busy() {
        return icon(MaterialDesignF.FIRE);
    }

    public static FontIcon success() {
        return icon(MaterialDesignC.CHECK_CIRCLE, "icon-ok");
    }

    public static FontIcon done() {
        return icon(MaterialDesignC.CHECK, "icon-ok");
    }

    public static FontIcon notYet() {
        return icon(MaterialDesignC.CIRCLE_OUTLINE);
    }

    public static FontIcon failure() {
        return icon(MaterialDesignC.CLOSE_CIRCLE, "icon-failed");
    }

    public static FontIcon wrong() {
        return icon(MaterialDesignC.CLOSE, "icon-failed");
    }

    public static FontIcon trap() {
        return icon(MaterialDesignA.ALERT_OCTAGON_OUTLINE, "icon-failed");
    }

    public static FontIcon warning() {
        return icon(MaterialDesignA.ALERT_OUTLINE, "icon-warn");
    }

    public static FontIcon info() {
        return icon(MaterialDesignI.INFORMATION_OUTLINE, "icon-function");
    }

    public static FontIcon runtime() {
        return icon(MaterialDesignE.ENGINE_OUTLINE);
    }

    public static FontIcon heap() {
        return icon(MaterialDesignC.CHART_DONUT);
    }

    public static FontIcon task() {
        return icon(MaterialDesignP.PROGRESS_CLOCK);
    }

    public static FontIcon brand() {
        return icon(MaterialDesignH.HEXAGON_MULTIPLE, "icon-function");
    }

    public static FontIcon settings() {
        return icon(MaterialDesignC.COG_OUTLINE);
    }

    public static FontIcon dark() {
        return icon(MaterialDesignW.WEATHER_NIGHT);
    }

    public static FontIcon light() {
        return icon(MaterialDesignW.WHITE_BALANCE_SUNNY);
    }

    public static FontIcon systemTheme() {
        return icon(MaterialDesignT.THEME_LIGHT_DARK);
    }

    public static FontIcon notifications() {
        return icon(MaterialDesignB.BELL_OUTLINE);
    }

    public static FontIcon command() {
        return icon(MaterialDesignL.LIGHTNING_BOLT_OUTLINE);
    }

    public static FontIcon more() {
        return icon(MaterialDesignD.DOTS_HORIZONTAL);
    }

    private static FontIcon icon(Ikon ikon, String... styleClasses) {
        var icon = FontIcon.of(ikon);
        icon.getStyleClass().addAll(styleClasses);
        return icon;
    }
}
