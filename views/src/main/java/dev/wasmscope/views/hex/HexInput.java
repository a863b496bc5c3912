package dev.wasmscope.views.hex;

import dev.wasmscope.views.hex.HexGeometry.Column;
import java.util.Locale;
import javafx.animation.AnimationTimer;
import javafx.scene.Cursor;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import org.jspecify.annotations.Nullable;

/// Mouse, wheel, keyboard and clipboard of a hex view.
final class HexInput {
    private final HexView view;
    private final HexModel model;
    private final AnimationTimer autoScroll = new AnimationTimer() {
        @Override
        public void handle(long now) {
            scrollWhileDragging(now);
        }
    };
    private @Nullable ContextMenu menu;
    private long hover = -1;
    private double wheelRest;
    private double dragX;
    private double dragY;
    private long lastScroll;

    HexInput(HexView view, HexModel model) {
        this.view = view;
        this.model = model;
        view.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        view.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        view.addEventHandler(MouseEvent.MOUSE_RELEASED, _ -> autoScroll.stop());
        view.addEventHandler(MouseEvent.MOUSE_MOVED, this::moved);
        view.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> hoverAt(-1));
        view.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        view.addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
        view.addEventHandler(KeyEvent.KEY_TYPED, this::keyTyped);
        view.setOnContextMenuRequested(e -> {
            menu().show(view, e.getScreenX(), e.getScreenY());
            e.consume();
        });
    }

    /// The byte under the mouse, below 0 for none.
    long hover() {
        return hover;
    }

    private void pressed(MouseEvent e) {
        view.requestFocus();
        if (menu != null) {
            menu.hide();
        }
        if (e.getY() < HexGeometry.HEADER || model.size() == 0) {
            return;
        }
        var hit = model.geometry().hit(e.getX(), e.getY(), model.topRow());
        if (e.getButton() != MouseButton.PRIMARY) {
            if (!model.selection().contains(hit.address())) {
                model.moveTo(hit.address(), false);
            }
            return;
        }
        if (hit.column() == Column.ADDRESS) {
            selectRow(hit.address(), e.isShiftDown());
            return;
        }
        model.columnProperty().set(hit.column());
        if (e.getClickCount() == 2 && hit.column() == Column.TEXT) {
            selectWord(hit.address());
        } else {
            model.moveTo(hit.address(), e.isShiftDown());
        }
    }

    private void selectRow(long start, boolean extend) {
        long last = start + model.geometry().bytesPerRow() - 1;
        model.select(new Selection(extend ? model.selection().anchor() : start, last));
    }

    /// The run of printable characters around a byte, as far as it has been read.
    private void selectWord(long address) {
        long from = address;
        while (from > 0 && Hex.printable(model.cache().at(from - 1))) {
            from--;
        }
        long to = address;
        while (to + 1 < model.size() && Hex.printable(model.cache().at(to + 1))) {
            to++;
        }
        model.select(new Selection(from, to));
    }

    private void dragged(MouseEvent e) {
        if (e.getButton() != MouseButton.PRIMARY || model.size() == 0) {
            return;
        }
        dragX = e.getX();
        dragY = e.getY();
        if (dragY < HexGeometry.TOP || dragY > view.getHeight()) {
            autoScroll.start();
        } else {
            autoScroll.stop();
            extendToMouse();
        }
    }

    private void scrollWhileDragging(long now) {
        if (now - lastScroll < 30_000_000L) {
            return;
        }
        lastScroll = now;
        double outside = dragY < HexGeometry.TOP ? dragY - HexGeometry.TOP : dragY - view.getHeight();
        // The further away the mouse, the faster.
        long rows = (long) (Math.signum(outside) * (1 + Math.pow(Math.abs(outside) / HexGeometry.LINE, 1.5)));
        model.scrollBy(rows);
        extendToMouse();
    }

    private void extendToMouse() {
        double y = Math.clamp(
                dragY, HexGeometry.TOP, HexGeometry.TOP + model.rows() * HexGeometry.LINE - HexGeometry.LINE / 2);
        var hit = model.geometry().hit(dragX, y, model.topRow());
        // The column a drag began in keeps it, so that leaving it sideways does not jump.
        model.moveTo(hit.address(), true);
    }

    private void moved(MouseEvent e) {
        if (e.getY() < HexGeometry.TOP || model.size() == 0) {
            hoverAt(-1);
            return;
        }
        var hit = model.geometry().hit(e.getX(), e.getY(), model.topRow());
        boolean onByte = hit.column() != Column.ADDRESS
                && hit.address() < model.size()
                && e.getX() < model.geometry().width();
        view.setCursor(onByte ? Cursor.TEXT : Cursor.DEFAULT);
        hoverAt(onByte ? hit.address() : -1);
    }

    private void hoverAt(long address) {
        if (hover != address) {
            hover = address;
            view.requestLayout();
        }
    }

    private void scrolled(ScrollEvent e) {
        // A notch of a wheel is 40 pixels: three rows of 20 are what text views scroll.
        double rows = -e.getDeltaY() * 3 / 40 + wheelRest;
        long whole = (long) rows;
        wheelRest = rows - whole;
        if (whole != 0) {
            model.scrollBy(whole);
        }
        e.consume();
    }

    private void keyPressed(KeyEvent e) {
        if (navigate(e) || (e.isShortcutDown() && command(e))) {
            e.consume();
        }
    }

    private void keyTyped(KeyEvent e) {
        var typed = e.getCharacter();
        if (!model.typing().editable()
                || e.isShortcutDown()
                || e.isAltDown()
                || typed.isEmpty()
                || typed.charAt(0) < ' ') {
            return;
        }
        if (model.columnProperty().get() == Column.TEXT) {
            model.typing().text(typed);
        } else {
            int digit = Character.digit(typed.charAt(0), 16);
            if (digit < 0) {
                return;
            }
            model.typing().digit(digit);
        }
        e.consume();
    }

    private boolean navigate(KeyEvent e) {
        boolean extend = e.isShiftDown();
        if (e.isAltDown()) {
            return false;
        }
        int row = model.geometry().bytesPerRow();
        switch (e.getCode()) {
            case LEFT -> model.moveBy(-1, extend);
            case RIGHT -> model.moveBy(1, extend);
            case UP -> model.moveBy(-row, extend);
            case DOWN -> model.moveBy(row, extend);
            case PAGE_UP -> model.pageBy(-1, extend);
            case PAGE_DOWN -> model.pageBy(1, extend);
            case HOME -> {
                if (e.isShortcutDown()) {
                    model.moveTo(0, extend);
                } else {
                    model.rowStart(extend);
                }
            }
            case END -> {
                if (e.isShortcutDown()) {
                    model.moveTo(model.size() - 1, extend);
                } else {
                    model.rowEnd(extend);
                }
            }
            case ESCAPE -> {
                if (model.typing().digit() < 0) {
                    return false;
                }
                model.typing().cancel();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean command(KeyEvent e) {
        switch (e.getCode()) {
            case A -> model.selectAll();
            case C -> copy(model.columnProperty().get() == Column.TEXT ? CopyFormat.TEXT : CopyFormat.HEX);
            case SPACE ->
                model.columnProperty().set(model.columnProperty().get() == Column.TEXT ? Column.HEX : Column.TEXT);
            default -> {
                return false;
            }
        }
        view.requestLayout();
        return true;
    }

    private ContextMenu menu() {
        if (menu == null) {
            menu = new ContextMenu();
            for (var format : CopyFormat.values()) {
                var item = new MenuItem(format.title());
                item.setId("hex-copy-" + format.name().toLowerCase(Locale.ROOT));
                item.setOnAction(_ -> copy(format));
                menu.getItems().add(item);
            }
            menu.getItems().getFirst().setAccelerator(KeyCombination.keyCombination("Shortcut+C"));
            var all = new MenuItem("Select all");
            all.setAccelerator(KeyCombination.keyCombination("Shortcut+A"));
            all.setOnAction(_ -> model.selectAll());
            menu.getItems().addAll(new SeparatorMenuItem(), all);
        }
        return menu;
    }

    void copy(CopyFormat format) {
        var selection = model.selection();
        if (model.size() == 0) {
            return;
        }
        if (selection.length() > CopyFormat.MOST) {
            model.report("%,d bytes are selected, and at most %,d can be copied. Select fewer."
                    .formatted(selection.length(), CopyFormat.MOST));
            return;
        }
        model.report("");
        model.read(selection.start(), (int) selection.length(), (bytes, failure) -> {
            if (bytes != null) {
                var content = new ClipboardContent();
                content.putString(format.format(bytes.bytes()));
                Clipboard.getSystemClipboard().setContent(content);
            } else if (failure != null) {
                model.report("The bytes could not be copied. " + PageCache.sentence(failure));
            }
        });
    }
}
