/* Asks the gateway for everything that it offers to a filter (Easegress's profile), by path:
 *
 *   /report            answers with all that can be read of the request
 *   /data              answers with what became of shared data
 *   /change            passes another request on: method, host, path, query, headers, cookies and body
 *   /headers           passes on with other headers altogether
 *   /response          has the upstream server's answer changed
 *   /response-headers  gives it other headers altogether
 *
 * gateway-probe-as.ts does the same in AssemblyScript. */
#include "easegress.h"
#include <stdarg.h>
#include <stdio.h>

static char page[8192];
static uint32_t page_size;

__attribute__((format(printf, 1, 2))) static void line(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int written = vsnprintf(page + page_size, sizeof page - page_size, format, arguments);
  va_end(arguments);
  if (written < 0 || (size_t)written >= sizeof page - page_size) ws_fail();
  page_size += (uint32_t)written;
}

static void fact(const char *name, char *value) {
  line("%s=%s\n", name, value);
  free(value);
}

static int32_t answer(int32_t result) {
  eg_set_status(200);
  eg_set_response_header("Content-Type", "text/plain");
  eg_set_response_body(page, page_size);
  return result;
}

static int32_t report(void) {
  fact("ip", eg_real_ip());
  fact("scheme", eg_scheme());
  fact("proto", eg_proto());
  fact("method", eg_method());
  fact("host", eg_host());
  fact("path", eg_path());
  fact("escaped", eg_escaped_path());
  fact("query", eg_query());
  fact("fragment", eg_fragment());
  fact("one", eg_request_header("x-one"));
  fact("none", eg_request_header("X-None"));
  fact("cookie", eg_cookie("b"));
  uint32_t left;
  void *cookies = eg_cookies();
  for (ws_block *at = ws_first(cookies, &left); left; at = ws_next(at, &left)) line("cookies=%s\n", at->bytes);
  free(cookies);
  ws_block *body = eg_request_body();
  line("body=%.*s\n", (int)body->size, body->bytes);
  free(body);
  fact("headers", eg_request_headers());
  return answer(2);
}

static int32_t data(void) {
  eg_put_shared_text("probe.text", "gr\xC3\xBC\xC3\x9F" "e");
  eg_put_shared_bytes("probe.bytes", "\0\1\xFF", 3);
  eg_put_shared_integer("probe.integer", 40);
  eg_put_shared_float("probe.float", 0.25);
  fact("text", eg_shared_text("probe.text"));
  fact("nothing", eg_shared_text("probe.nothing"));
  ws_block *bytes = eg_shared_bytes("probe.bytes");
  line("bytes=%u %d\n", bytes->size, bytes->bytes[2] & 0xFF);
  free(bytes);
  line("sum=%lld\n", (long long)eg_add_shared_integer("probe.integer", 2));
  line("integer=%lld\n", (long long)eg_shared_integer("probe.integer"));
  line("hundredths=%d\n", (int)(100 * eg_add_shared_float("probe.float", 0.5)));
  line("float=%d\n", (int)(100 * eg_shared_float("probe.float")));
  line("count=%d\n", eg_count_shared("probe."));
  double random = eg_random();
  line("time=%d random=%d\n", eg_unix_time_ms() > 1600000000000LL, random >= 0 && random < 1);
  return answer(3);
}

static int32_t change(void) {
  eg_set_method("PUT");
  eg_set_host("other.example");
  eg_set_path("/changed path");
  eg_set_query("x=1&y=2");
  eg_set_request_header("X-One", "first");
  eg_add_request_header("X-One", "second");
  eg_del_request_header("X-Gone");
  eg_add_cookie("c=3");
  eg_set_request_body("from the filter", 15);
  eg_add_tag("changed");
  eg_log(EG_INFO, "a request was changed");
  return EG_CONTINUE;
}

static int is(const char *path, const char *wanted) { return strcmp(path, wanted) == 0; }

EG_RUN {
  char *path = eg_escaped_path();
  int32_t result = EG_CONTINUE;
  page_size = 0;
  if (is(path, "/report") || is(path, "/re%70ort")) result = report();
  if (is(path, "/data")) result = data();
  if (is(path, "/change")) result = change();
  if (is(path, "/headers")) eg_set_request_headers("X-Only: this\r\nX-More: that\r\n");
  free(path);
  return result;
}

EG_RUN_RESPONSE {
  char *path = eg_path();
  page_size = 0;
  if (is(path, "/response")) {
    ws_block *body = eg_response_body();
    line("status=%d\nsize=%u\n", eg_status(), body->size);
    free(body);
    fact("upstream", eg_response_header("x-upstream"));
    fact("headers", eg_response_headers());
    eg_set_status(201);
    eg_del_response_header("X-Upstream");
    eg_set_response_header("X-One", "first");
    eg_add_response_header("X-One", "second");
    eg_set_cookie("seen=yes; Path=/");
    eg_set_response_body(page, page_size);
  }
  if (is(path, "/response-headers")) eg_set_response_headers("X-Only: this\r\n");
  free(path);
  return EG_CONTINUE;
}
