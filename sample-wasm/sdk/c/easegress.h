/* Wasmscope's C kit, Easegress profile: filters of HTTP messages, for `wasmscope gateway` and for Easegress itself.
 *
 *     #include "easegress.h"
 *     EG_RUN {
 *       eg_set_request_header("X-Seen", "yes");
 *       return EG_CONTINUE;
 *     }
 *
 * Strings that a function returns are the caller's: free() them. SPDX: Apache-2.0. */
#ifndef EASEGRESS_H
#define EASEGRESS_H

#include "wasmscope.h"

/* The filter's entry: returns EG_CONTINUE, or 1 to 9 to answer the request itself. */
#define EG_RUN WS_EXPORT(wasm_run) int32_t wasm_run(void)
/* Optional, Wasmscope's gateway only: called again when the upstream server has answered. */
#define EG_RUN_RESPONSE WS_EXPORT(wasm_run_response) int32_t wasm_run_response(void)
#define EG_CONTINUE 0

enum eg_level { EG_DEBUG, EG_INFO, EG_WARNING, EG_ERROR };

#define EG_IMPORT(name) WS_IMPORT(easegress, name)

/* As the host has them. */
#define EG_GET_TEXT(function, name)                                \
  EG_IMPORT(name) ws_block *name(void);                            \
  static inline char *function(void) { return ws_text(name()); }
#define EG_GET_TEXT_BY(function, name)                             \
  EG_IMPORT(name) ws_block *name(const ws_block *);                \
  static inline char *function(const char *key) {                  \
    ws_block *k = ws_string(key);                                  \
    ws_block *value = name(k);                                     \
    free(k);                                                       \
    return ws_text(value);                                         \
  }
#define EG_SET_TEXT(function, name)                                \
  EG_IMPORT(name) void name(const ws_block *);                     \
  static inline void function(const char *text) {                  \
    ws_block *t = ws_string(text);                                 \
    name(t);                                                       \
    free(t);                                                       \
  }
#define EG_SET_TEXTS(function, name)                               \
  EG_IMPORT(name) void name(const ws_block *, const ws_block *);   \
  static inline void function(const char *key, const char *value) {\
    ws_block *k = ws_string(key), *v = ws_string(value);           \
    name(k, v);                                                    \
    free(k);                                                       \
    free(v);                                                       \
  }
/* A block of `size` bytes, to be freed. */
#define EG_GET_BYTES(function, name)                               \
  EG_IMPORT(name) ws_block *name(void);                            \
  static inline ws_block *function(void) { return name(); }
#define EG_SET_BYTES(function, name)                               \
  EG_IMPORT(name) void name(const ws_block *);                     \
  static inline void function(const void *bytes, uint32_t size) {  \
    ws_block *b = ws_bytes(bytes, size);                           \
    name(b);                                                       \
    free(b);                                                       \
  }

/* The request. */
EG_GET_TEXT(eg_real_ip, host_req_get_real_ip)
EG_GET_TEXT(eg_scheme, host_req_get_scheme)
EG_GET_TEXT(eg_proto, host_req_get_proto)
EG_GET_TEXT(eg_method, host_req_get_method)
EG_SET_TEXT(eg_set_method, host_req_set_method)
EG_GET_TEXT(eg_host, host_req_get_host)
EG_SET_TEXT(eg_set_host, host_req_set_host)
EG_GET_TEXT(eg_path, host_req_get_path)
EG_SET_TEXT(eg_set_path, host_req_set_path)
EG_GET_TEXT(eg_escaped_path, host_req_get_escaped_path)
EG_GET_TEXT(eg_query, host_req_get_query)
EG_SET_TEXT(eg_set_query, host_req_set_query)
EG_GET_TEXT(eg_fragment, host_req_get_fragment)
EG_GET_TEXT_BY(eg_request_header, host_req_get_header)
EG_GET_TEXT(eg_request_headers, host_req_get_all_header)
EG_SET_TEXTS(eg_set_request_header, host_req_set_header)
EG_SET_TEXT(eg_set_request_headers, host_req_set_all_header)
EG_SET_TEXTS(eg_add_request_header, host_req_add_header)
EG_SET_TEXT(eg_del_request_header, host_req_del_header)
EG_GET_TEXT_BY(eg_cookie, host_req_get_cookie)
/* A list of `name=value`, see ws_first; to be freed. */
EG_IMPORT(host_req_get_all_cookie) void *eg_cookies(void);
EG_SET_TEXT(eg_add_cookie, host_req_add_cookie)
EG_GET_BYTES(eg_request_body, host_req_get_body)
EG_SET_BYTES(eg_set_request_body, host_req_set_body)

/* The response. */
EG_IMPORT(host_resp_get_status_code) int32_t eg_status(void);
EG_IMPORT(host_resp_set_status_code) void eg_set_status(int32_t code);
EG_GET_TEXT_BY(eg_response_header, host_resp_get_header)
EG_GET_TEXT(eg_response_headers, host_resp_get_all_header)
EG_SET_TEXTS(eg_set_response_header, host_resp_set_header)
EG_SET_TEXT(eg_set_response_headers, host_resp_set_all_header)
EG_SET_TEXTS(eg_add_response_header, host_resp_add_header)
EG_SET_TEXT(eg_del_response_header, host_resp_del_header)
EG_SET_TEXT(eg_set_cookie, host_resp_set_cookie)
EG_GET_BYTES(eg_response_body, host_resp_get_body)
EG_SET_BYTES(eg_set_response_body, host_resp_set_body)

/* Data that all instances share. */
EG_IMPORT(host_cluster_get_binary) ws_block *host_cluster_get_binary(const ws_block *);
EG_IMPORT(host_cluster_put_binary) void host_cluster_put_binary(const ws_block *, const ws_block *);
EG_GET_TEXT_BY(eg_shared_text, host_cluster_get_string)
EG_SET_TEXTS(eg_put_shared_text, host_cluster_put_string)

static inline ws_block *eg_shared_bytes(const char *key) {
  ws_block *k = ws_string(key);
  ws_block *value = host_cluster_get_binary(k);
  free(k);
  return value;
}

static inline void eg_put_shared_bytes(const char *key, const void *bytes, uint32_t size) {
  ws_block *k = ws_string(key), *v = ws_bytes(bytes, size);
  host_cluster_put_binary(k, v);
  free(k);
  free(v);
}

#define EG_SHARED_NUMBER(type, suffix)                                                         \
  EG_IMPORT(host_cluster_get_##suffix) type host_cluster_get_##suffix(const ws_block *);       \
  EG_IMPORT(host_cluster_put_##suffix) void host_cluster_put_##suffix(const ws_block *, type); \
  EG_IMPORT(host_cluster_add_##suffix) type host_cluster_add_##suffix(const ws_block *, type); \
  static inline type eg_shared_##suffix(const char *key) {                                     \
    ws_block *k = ws_string(key);                                                              \
    type value = host_cluster_get_##suffix(k);                                                 \
    free(k);                                                                                   \
    return value;                                                                              \
  }                                                                                            \
  static inline void eg_put_shared_##suffix(const char *key, type value) {                     \
    ws_block *k = ws_string(key);                                                              \
    host_cluster_put_##suffix(k, value);                                                       \
    free(k);                                                                                   \
  }                                                                                            \
  static inline type eg_add_shared_##suffix(const char *key, type addend) {                    \
    ws_block *k = ws_string(key);                                                              \
    type sum = host_cluster_add_##suffix(k, addend);                                           \
    free(k);                                                                                   \
    return sum;                                                                                \
  }

EG_SHARED_NUMBER(int64_t, integer)
EG_SHARED_NUMBER(double, float)

EG_IMPORT(host_cluster_count_key) int32_t host_cluster_count_key(const ws_block *);
static inline int32_t eg_count_shared(const char *prefix) {
  ws_block *p = ws_string(prefix);
  int32_t count = host_cluster_count_key(p);
  free(p);
  return count;
}

/* And more. */
EG_SET_TEXT(eg_add_tag, host_add_tag)
EG_IMPORT(host_log) void host_log(int32_t level, const ws_block *);
static inline void eg_log(enum eg_level level, const char *text) {
  ws_block *t = ws_string(text);
  host_log((int32_t)level, t);
  free(t);
}
EG_IMPORT(host_get_unix_time_in_ms) int64_t eg_unix_time_ms(void);
EG_IMPORT(host_rand) double eg_random(void);

/* Parameters: define EG_PARAMETERS to have wasm_init keep them, and ask with eg_parameter, which gives NULL for those
 * that are not there. What it gives lives as long as the instance. */
#ifdef EG_PARAMETERS
static void *eg_parameters;

WS_EXPORT(wasm_init) void wasm_init(void *list) { eg_parameters = list; }

static inline const char *eg_parameter(const char *key) {
  uint32_t left;
  if (!eg_parameters) return NULL;
  for (ws_block *at = ws_first(eg_parameters, &left); left > 1;) {
    ws_block *value = ws_next(at, &left);
    if (strcmp(at->bytes, key) == 0) return value->bytes;
    at = ws_next(value, &left);
  }
  return NULL;
}
#endif

#endif
