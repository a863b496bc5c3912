package dev.wasmscope.plugins.gateway.filter;

import dev.wasmscope.engine.spi.HostFunction;
import dev.wasmscope.engine.spi.HostModule;
import dev.wasmscope.engine.spi.Value;
import dev.wasmscope.engine.spi.ValueType;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// What Easegress offers to a filter: 50 functions on the request and response under way and on shared data. One for
/// each instance.
///
/// What a guest asks for and cannot have is an exception, which ends its call as a trap: a filter that goes on with an
/// answer that nobody gave does harm.
final class EasegressHost implements HostModule {
    static final String NAME = "easegress";

    private final List<HostFunction> functions;
    private @Nullable Exchange current;

    EasegressHost(GuestStrings strings, SharedData data, FilterLog log) {
        var to = new Functions(strings);
        request(to);
        requestHeaders(to);
        response(to);
        data(to, data);
        others(to, log);
        functions = List.copyOf(to.list());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<HostFunction> functions() {
        return functions;
    }

    void begin(Exchange exchange) {
        current = exchange;
    }

    void end() {
        current = null;
    }

    private Exchange exchange() {
        var exchange = current;
        if (exchange == null) {
            throw new IllegalStateException("No request is under way: ask inside wasm_run.");
        }
        return exchange;
    }

    private RequestMessage in() {
        return exchange().request();
    }

    private ResponseMessage out() {
        return exchange().response();
    }

    private void request(Functions to) {
        to.text("host_req_get_real_ip", () -> in().origin().realIp());
        to.text("host_req_get_scheme", () -> in().origin().scheme());
        to.text("host_req_get_proto", () -> in().origin().proto());
        to.text("host_req_get_method", () -> in().method());
        to.takeText("host_req_set_method", name -> in().method(name));
        to.text("host_req_get_host", () -> in().host());
        to.takeText("host_req_set_host", name -> in().host(name));
        to.text("host_req_get_path", () -> in().path());
        to.takeText("host_req_set_path", path -> in().path(path));
        to.text("host_req_get_escaped_path", () -> in().escapedPath());
        to.text("host_req_get_query", () -> in().query());
        to.takeText("host_req_set_query", query -> in().query(query));
        // A fragment never leaves the client.
        to.text("host_req_get_fragment", () -> "");
        to.bytes("host_req_get_body", () -> read(in().body()));
        to.takeBytes("host_req_set_body", body -> in().body(body));
    }

    private void requestHeaders(Functions to) {
        to.textBy("host_req_get_header", name -> in().headers().first(name));
        to.text("host_req_get_all_header", () -> in().headers().lines());
        to.takeTexts("host_req_set_header", (name, value) -> in().headers().set(name, value));
        to.takeText("host_req_set_all_header", lines -> in().headers().setLines(lines));
        to.takeTexts("host_req_add_header", (name, value) -> in().headers().add(name, value));
        to.takeText("host_req_del_header", name -> in().headers().remove(name));
        to.textBy("host_req_get_cookie", name -> in().cookie(name));
        to.texts("host_req_get_all_cookie", () -> in().cookies());
        to.takeText("host_req_add_cookie", cookie -> in().addCookie(cookie));
    }

    private void response(Functions to) {
        to.add(
                "host_resp_get_status_code",
                List.of(),
                List.of(ValueType.I32),
                (_, _) -> List.of(Value.i32(out().status())));
        to.add("host_resp_set_status_code", List.of(ValueType.I32), List.of(), (_, arguments) -> {
            out().status(arguments.getFirst().asI32());
            return List.of();
        });
        to.textBy("host_resp_get_header", name -> out().headers().first(name));
        to.text("host_resp_get_all_header", () -> out().headers().lines());
        to.takeTexts("host_resp_set_header", (name, value) -> out().headers().set(name, value));
        to.takeText("host_resp_set_all_header", lines -> out().headers().setLines(lines));
        to.takeTexts("host_resp_add_header", (name, value) -> out().headers().add(name, value));
        to.takeText("host_resp_del_header", name -> out().headers().remove(name));
        to.takeText("host_resp_set_cookie", cookie -> out().headers().add("Set-Cookie", cookie));
        to.bytes("host_resp_get_body", () -> read(out().body()));
        to.takeBytes("host_resp_set_body", body -> out().body(body));
    }

    private static void data(Functions to, SharedData data) {
        var i64 = ValueType.I64;
        var f64 = ValueType.F64;
        to.bytesBy("host_cluster_get_binary", data::binary);
        to.takeBytesBy("host_cluster_put_binary", data::putBinary);
        to.textBy("host_cluster_get_string", key -> orEmpty(data.get(key)));
        to.takeTexts("host_cluster_put_string", data::put);
        to.byText(
                "host_cluster_get_integer", List.of(), List.of(i64), (key, _) -> List.of(Value.i64(data.integer(key))));
        to.byText("host_cluster_put_integer", List.of(i64), List.of(), (key, value) -> {
            data.put(key, Long.toString(value.asI64()));
            return List.of();
        });
        to.byText(
                "host_cluster_add_integer",
                List.of(i64),
                List.of(i64),
                (key, addend) -> List.of(Value.i64(data.add(key, addend.asI64()))));
        to.byText(
                "host_cluster_get_float", List.of(), List.of(f64), (key, _) -> List.of(Value.f64(data.floating(key))));
        to.byText("host_cluster_put_float", List.of(f64), List.of(), (key, value) -> {
            data.put(key, Double.toString(value.asF64()));
            return List.of();
        });
        to.byText(
                "host_cluster_add_float",
                List.of(f64),
                List.of(f64),
                (key, addend) -> List.of(Value.f64(data.add(key, addend.asF64()))));
        to.byText(
                "host_cluster_count_key",
                List.of(),
                List.of(ValueType.I32),
                (prefix, _) -> List.of(Value.i32(data.count(prefix))));
    }

    private void others(Functions to, FilterLog log) {
        to.takeText("host_add_tag", tag -> exchange().tags().add(tag));
        to.add("host_log", List.of(ValueType.I32, ValueType.I32), List.of(), (memory, arguments) -> {
            log.log(arguments.getFirst().asI32(), to.string(memory, arguments, 1));
            return List.of();
        });
        to.add(
                "host_get_unix_time_in_ms",
                List.of(),
                List.of(ValueType.I64),
                (_, _) -> List.of(Value.i64(System.currentTimeMillis())));
        to.add(
                "host_rand",
                List.of(),
                List.of(ValueType.F64),
                (_, _) -> List.of(Value.f64(ThreadLocalRandom.current().nextDouble())));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static byte[] read(byte @Nullable [] body) {
        if (body == null) {
            throw new IllegalStateException("The body is not here: it can be read in its own stage only.");
        }
        return body;
    }
}
