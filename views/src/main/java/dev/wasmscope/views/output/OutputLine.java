package dev.wasmscope.views.output;

import java.time.LocalTime;

/// One line of the log.
///
/// @param details further lines below it: a backtrace
public record OutputLine(LocalTime time, Level level, String text, String details) {
    public enum Level {
        INFO("info"),
        OK("ok"),
        WARN("warn"),
        FAIL("error"),
        /// Standard output of a guest.
        OUT("string"),
        /// Standard error of a guest.
        ERR("warn");

        private final String styleClass;

        Level(String styleClass) {
            this.styleClass = styleClass;
        }

        /// Of the text in the stylesheet.
        public String styleClass() {
            return styleClass;
        }
    }
}
