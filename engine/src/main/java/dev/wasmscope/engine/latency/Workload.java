package dev.wasmscope.engine.latency;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The bytes that are sent, encoded once before a block.
final class Workload {
    private static final String DATA = "__data__";
    private static final String KEY = "wasmscope:latency";

    private final List<String> words;

    /// @param command words between blanks; a bare `PING`, `ECHO`, `GET` or `SET` gets the usual arguments
    Workload(String command) {
        words = complete(List.of(command.strip().split("\\s+")));
    }

    /// What has to be sent once beforehand; empty when nothing has to.
    byte[] preparation(int payload) {
        return words.equals(List.of("GET", KEY)) ? encode(List.of("SET", KEY, DATA), payload) : new byte[0];
    }

    /// @param pipeline how many requests stand one after the other
    byte[] request(int payload, int pipeline) {
        var one = encode(payload == 0 && words.equals(List.of("PING", DATA)) ? List.of("PING") : words, payload);
        var all = new byte[Math.multiplyExact(one.length, pipeline)];
        for (int i = 0; i < pipeline; i++) {
            System.arraycopy(one, 0, all, i * one.length, one.length);
        }
        return all;
    }

    private static List<String> complete(List<String> typed) {
        if (typed.size() > 1) {
            return typed;
        }
        var all = new ArrayList<String>();
        all.add(typed.getFirst().toUpperCase(Locale.ROOT));
        switch (all.getFirst()) {
            case "PING", "ECHO" -> all.add(DATA);
            case "GET" -> all.add(KEY);
            case "SET" -> all.addAll(List.of(KEY, DATA));
            default -> all.set(0, typed.getFirst());
        }
        return List.copyOf(all);
    }

    private static byte[] encode(List<String> words, int payload) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ascii("*" + words.size() + "\r\n"));
        for (var word : words) {
            var value = word.equals(DATA) ? data(payload) : word.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(ascii("$" + value.length + "\r\n"));
            bytes.writeBytes(value);
            bytes.writeBytes(ascii("\r\n"));
        }
        return bytes.toByteArray();
    }

    private static byte[] data(int payload) {
        var data = new byte[payload];
        Arrays.fill(data, (byte) 'x');
        return data;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
