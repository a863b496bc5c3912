package dev.wasmscope.engine.marshal;

import dev.wasmscope.engine.spi.ExportInfo;
import dev.wasmscope.engine.spi.FunctionType;
import dev.wasmscope.engine.spi.HostStub;
import dev.wasmscope.engine.spi.HostStub.Answer;
import dev.wasmscope.engine.spi.StringForm;
import java.util.List;
import java.util.Map;

/// What a host that is not there would answer, as far as a module needs it to run.
public final class Presets {
    /// Of Easegress: a request GET / without headers or body.
    private static final Map<String, String> EASEGRESS = Map.ofEntries(
            Map.entry("host_log", "log"),
            Map.entry("host_add_tag", "log"),
            Map.entry("host_req_get_method", "text:GET"),
            Map.entry("host_req_get_path", "text:/"),
            Map.entry("host_req_get_escaped_path", "text:/"),
            Map.entry("host_req_get_scheme", "text:http"),
            Map.entry("host_req_get_proto", "text:HTTP/1.1"),
            Map.entry("host_req_get_host", "text:localhost"),
            Map.entry("host_req_get_real_ip", "text:127.0.0.1"),
            Map.entry("host_resp_get_status_code", "constant:200"),
            Map.entry("host_rand", "constant:0.5"));

    private Presets() {}

    /// How strings cross in a module: by its profile, else by its exports.
    ///
    /// @param profile id of a host profile; empty where there is none
    public static StringForm form(String profile, List<ExportInfo> exports) {
        if (profile.equals("easegress")) {
            return StringForm.LENGTH_FIRST;
        }
        return exports.stream().anyMatch(export -> export.name().equals("__new"))
                ? StringForm.ASSEMBLYSCRIPT
                : StringForm.POINTER_LENGTH;
    }

    public static HostStub of(String module, String name, FunctionType type, StringForm form) {
        return new HostStub(module, name, answer(module, name, type), form);
    }

    private static Answer answer(String module, String name, FunctionType type) {
        if (module.equals("decaton") && name.equals("poll_task")) {
            // No more tasks: whoever wants one writes it here.
            return new Answer.Constant(List.of("-1"));
        }
        if (module.equals("easegress")) {
            var known = EASEGRESS.get(name);
            if (known != null && !type.results().isEmpty() == !known.equals("log")) {
                return HostStubs.answer(known);
            }
            var number = name.contains("integer") || name.contains("float") || name.contains("count");
            return name.contains("_get_")
                            && !number
                            && !name.contains("time")
                            && type.results().size() == 1
                    ? new Answer.Text("")
                    : new Answer.Zero();
        }
        return type.results().isEmpty() || name.equals("proxy_log") ? new Answer.Log() : new Answer.Zero();
    }
}
