package dev.wasmscope.engine.binary;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a module may import from `easegress`.
final class EasegressFunctions {
    private static final String REQUEST = "get_real_ip get_scheme get_proto get_method set_method get_host set_host"
            + " get_path set_path get_escaped_path get_query set_query get_fragment get_header get_all_header set_header"
            + " set_all_header add_header del_header get_cookie get_all_cookie add_cookie get_body set_body";
    private static final String RESPONSE = "get_status_code set_status_code get_header get_all_header set_header"
            + " set_all_header add_header del_header set_cookie get_body set_body";
    private static final String CLUSTER = "get_binary put_binary get_string put_string get_integer put_integer"
            + " add_integer get_float put_float add_float count_key";
    private static final String OTHER = "add_tag log get_unix_time_in_ms rand";

    static final Set<String> NAMES = Stream.of(
                    prefixed("host_req_", REQUEST),
                    prefixed("host_resp_", RESPONSE),
                    prefixed("host_cluster_", CLUSTER),
                    prefixed("host_", OTHER))
            .flatMap(names -> names)
            .collect(Collectors.toUnmodifiableSet());

    private EasegressFunctions() {}

    private static Stream<String> prefixed(String prefix, String names) {
        return Stream.of(names.split(" ")).map(name -> prefix + name);
    }
}
