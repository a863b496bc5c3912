package dev.wasmscope.app.shell;

import dev.wasmscope.views.spi.Notice;
import java.time.LocalTime;
import java.time.ZoneId;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What the user was told, the latest first. UI thread only.
final class Notifications {
    private static final int MOST = 200;

    private final ObservableList<Noted> list = FXCollections.observableArrayList();
    private final ObservableList<Noted> view = FXCollections.unmodifiableObservableList(list);
    private final ReadOnlyIntegerWrapper unread = new ReadOnlyIntegerWrapper();

    record Noted(LocalTime at, Notice notice) {}

    ObservableList<Noted> list() {
        return view;
    }

    /// Warnings and errors that came since the list was last looked at.
    ReadOnlyIntegerProperty unreadProperty() {
        return unread.getReadOnlyProperty();
    }

    void add(Notice notice) {
        list.addFirst(new Noted(LocalTime.now(ZoneId.systemDefault()), notice));
        if (list.size() > MOST) {
            list.removeLast();
        }
        if (notice.level() == Notice.Level.WARNING || notice.level() == Notice.Level.ERROR) {
            unread.set(unread.get() + 1);
        }
    }

    void markRead() {
        unread.set(0);
    }

    void clear() {
        list.clear();
        markRead();
    }
}
