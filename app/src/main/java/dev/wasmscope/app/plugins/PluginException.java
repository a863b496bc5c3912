package dev.wasmscope.app.plugins;

/// Why a plugin is not loaded; the message goes on from "The plugin X was skipped: ".
final class PluginException extends Exception {
    private static final long serialVersionUID = 1;

    PluginException(String message) {
        super(message);
    }

    PluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
