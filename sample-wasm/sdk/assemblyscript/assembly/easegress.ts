// Wasmscope's AssemblyScript kit, Easegress profile: filters of HTTP messages, for `wasmscope gateway` and Easegress.
//
//     import { request } from "wasmscope-sdk/easegress";
//     export { wasm_alloc, wasm_free } from "wasmscope-sdk/easegress";
//
//     export function wasm_run(): i32 {
//       request.setHeader("X-Seen", "yes");
//       return CONTINUE;
//     }
//
// SPDX-License-Identifier: Apache-2.0
import { blockOf, blockOfText, bytesAt, textAt, textsAt, wasm_alloc, wasm_free } from "./index";

export { wasm_alloc, wasm_free };

/** What wasm_run returns to let the request go on; 1 to 9 answer it. */
export const CONTINUE: i32 = 0;

const parametersKept = new Map<string, string>();

/** Keeps the parameters for `parameter`. Re-export it from your entry file where you ask for them. */
export function wasm_init(list: usize): void {
  const texts = textsAt(list);
  for (let i = 0; i + 1 < texts.length; i += 2) {
    parametersKept.set(texts[i], texts[i + 1]);
  }
}

/** A parameter of the gateway's, or `otherwise`. */
export function parameter(key: string, otherwise: string = ""): string {
  return parametersKept.has(key) ? parametersKept.get(key) : otherwise;
}

// @ts-ignore: decorator
@external("easegress", "host_req_get_real_ip")
declare function host_req_get_real_ip(): usize;

// @ts-ignore: decorator
@external("easegress", "host_req_get_scheme")
declare function host_req_get_scheme(): usize;

// @ts-ignore: decorator
@external("easegress", "host_req_get_proto")
declare function host_req_get_proto(): usize;

// @ts-ignore: decorator
@external("easegress", "host_req_get_method")
declare function host_req_get_method(): usize;

// @ts-ignore: decorator
@external("easegress", "host_req_set_method")
declare function host_req_set_method(text: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_req_get_host")
declare function host_req_get_host(): usize;

// @ts-ignore: decorator
@external("easegress", "host_req_set_host")
declare function host_req_set_host(text: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_req_get_path")
declare function host_req_get_path(): usize;

// @ts-ignore: decorator
@external("easegress", "host_req_set_path")
declare function host_req_set_path(text: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_req_get_escaped_path")
declare function host_req_get_escaped_path(): usize;

// @ts-ignore: decorator
@external("easegress", "host_req_get_query")
declare function host_req_get_query(): usize;

// @ts-ignore: decorator
@external("easegress", "host_req_set_query")
declare function host_req_set_query(text: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_req_get_fragment")
declare function host_req_get_fragment(): usize;

// @ts-ignore: decorator
@external("easegress", "host_req_get_header")
declare function host_req_get_header(key: ArrayBuffer): usize;

// @ts-ignore: decorator
@external("easegress", "host_req_get_all_header")
declare function host_req_get_all_header(): usize;

// @ts-ignore: decorator
@external("easegress", "host_req_set_header")
declare function host_req_set_header(key: ArrayBuffer, value: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_req_set_all_header")
declare function host_req_set_all_header(text: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_req_add_header")
declare function host_req_add_header(key: ArrayBuffer, value: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_req_del_header")
declare function host_req_del_header(text: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_req_get_cookie")
declare function host_req_get_cookie(key: ArrayBuffer): usize;

// @ts-ignore: decorator
@external("easegress", "host_req_get_all_cookie")
declare function host_req_get_all_cookie(): usize;

// @ts-ignore: decorator
@external("easegress", "host_req_add_cookie")
declare function host_req_add_cookie(text: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_req_get_body")
declare function host_req_get_body(): usize;

// @ts-ignore: decorator
@external("easegress", "host_req_set_body")
declare function host_req_set_body(bytes: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_resp_get_status_code")
declare function host_resp_get_status_code(): i32;

// @ts-ignore: decorator
@external("easegress", "host_resp_set_status_code")
declare function host_resp_set_status_code(code: i32): void;

// @ts-ignore: decorator
@external("easegress", "host_resp_get_header")
declare function host_resp_get_header(key: ArrayBuffer): usize;

// @ts-ignore: decorator
@external("easegress", "host_resp_get_all_header")
declare function host_resp_get_all_header(): usize;

// @ts-ignore: decorator
@external("easegress", "host_resp_set_header")
declare function host_resp_set_header(key: ArrayBuffer, value: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_resp_set_all_header")
declare function host_resp_set_all_header(text: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_resp_add_header")
declare function host_resp_add_header(key: ArrayBuffer, value: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_resp_del_header")
declare function host_resp_del_header(text: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_resp_set_cookie")
declare function host_resp_set_cookie(text: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_resp_get_body")
declare function host_resp_get_body(): usize;

// @ts-ignore: decorator
@external("easegress", "host_resp_set_body")
declare function host_resp_set_body(bytes: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_cluster_get_binary")
declare function host_cluster_get_binary(key: ArrayBuffer): usize;

// @ts-ignore: decorator
@external("easegress", "host_cluster_put_binary")
declare function host_cluster_put_binary(key: ArrayBuffer, value: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_cluster_get_string")
declare function host_cluster_get_string(key: ArrayBuffer): usize;

// @ts-ignore: decorator
@external("easegress", "host_cluster_put_string")
declare function host_cluster_put_string(key: ArrayBuffer, value: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_cluster_get_integer")
declare function host_cluster_get_integer(key: ArrayBuffer): i64;

// @ts-ignore: decorator
@external("easegress", "host_cluster_put_integer")
declare function host_cluster_put_integer(key: ArrayBuffer, value: i64): void;

// @ts-ignore: decorator
@external("easegress", "host_cluster_add_integer")
declare function host_cluster_add_integer(key: ArrayBuffer, addend: i64): i64;

// @ts-ignore: decorator
@external("easegress", "host_cluster_get_float")
declare function host_cluster_get_float(key: ArrayBuffer): f64;

// @ts-ignore: decorator
@external("easegress", "host_cluster_put_float")
declare function host_cluster_put_float(key: ArrayBuffer, value: f64): void;

// @ts-ignore: decorator
@external("easegress", "host_cluster_add_float")
declare function host_cluster_add_float(key: ArrayBuffer, addend: f64): f64;

// @ts-ignore: decorator
@external("easegress", "host_cluster_count_key")
declare function host_cluster_count_key(prefix: ArrayBuffer): i32;

// @ts-ignore: decorator
@external("easegress", "host_add_tag")
declare function host_add_tag(text: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_log")
declare function host_log(level: i32, text: ArrayBuffer): void;

// @ts-ignore: decorator
@external("easegress", "host_get_unix_time_in_ms")
declare function host_get_unix_time_in_ms(): i64;

// @ts-ignore: decorator
@external("easegress", "host_rand")
declare function host_rand(): f64;

/** The request under way. */
export namespace request {
  /** The address of the client. */
  export function realIp(): string {
    return textAt(host_req_get_real_ip());
  }

  /** `http` or `https`. */
  export function scheme(): string {
    return textAt(host_req_get_scheme());
  }

  /** `HTTP/1.1` or `HTTP/2.0`. */
  export function proto(): string {
    return textAt(host_req_get_proto());
  }

  /** `GET` */
  export function method(): string {
    return textAt(host_req_get_method());
  }

  /** `POST` */
  export function setMethod(method: string): void {
    host_req_set_method(blockOfText(method));
  }

  /** As the client named it. */
  export function host(): string {
    return textAt(host_req_get_host());
  }

  /** Whom the upstream server is asked for. */
  export function setHost(host: string): void {
    host_req_set_host(blockOfText(host));
  }

  /** Without escapes. */
  export function path(): string {
    return textAt(host_req_get_path());
  }

  /** Without escapes. */
  export function setPath(path: string): void {
    host_req_set_path(blockOfText(path));
  }

  /** As it came. */
  export function escapedPath(): string {
    return textAt(host_req_get_escaped_path());
  }

  /** What follows the question mark, as it came. */
  export function query(): string {
    return textAt(host_req_get_query());
  }

  /** Escaped. */
  export function setQuery(query: string): void {
    host_req_set_query(blockOfText(query));
  }

  /** Hardly ever anything: clients keep it. */
  export function fragment(): string {
    return textAt(host_req_get_fragment());
  }

  /** The first value of that name, or an empty string. */
  export function header(name: string): string {
    return textAt(host_req_get_header(blockOfText(name)));
  }

  /** As lines `Name: value`, each ended by CR LF. */
  export function headers(): string {
    return textAt(host_req_get_all_header());
  }

  /** In the place of all fields of that name. */
  export function setHeader(name: string, value: string): void {
    host_req_set_header(blockOfText(name), blockOfText(value));
  }

  /** Lines as `headers` gives them, in the place of everything. */
  export function setHeaders(lines: string): void {
    host_req_set_all_header(blockOfText(lines));
  }

  /** One more field. */
  export function addHeader(name: string, value: string): void {
    host_req_add_header(blockOfText(name), blockOfText(value));
  }

  /** All fields of that name. */
  export function deleteHeader(name: string): void {
    host_req_del_header(blockOfText(name));
  }

  /** `name=value`, or an empty string. */
  export function cookie(name: string): string {
    return textAt(host_req_get_cookie(blockOfText(name)));
  }

  /** Each as `name=value`. */
  export function cookies(): Array<string> {
    return textsAt(host_req_get_all_cookie());
  }

  /** `name=value` */
  export function addCookie(cookie: string): void {
    host_req_add_cookie(blockOfText(cookie));
  }

  export function body(): ArrayBuffer {
    return bytesAt(host_req_get_body());
  }

  export function bodyText(): string {
    return String.UTF8.decode(body());
  }

  export function setBody(bytes: ArrayBuffer): void {
    host_req_set_body(blockOf(bytes));
  }

  export function setBodyText(text: string): void {
    setBody(String.UTF8.encode(text));
  }
}

/** Its response: what the upstream server said, or what you answer. */
export namespace response {
  export function status(): i32 {
    return host_resp_get_status_code();
  }

  export function setStatus(code: i32): void {
    host_resp_set_status_code(code);
  }

  /** The first value of that name, or an empty string. */
  export function header(name: string): string {
    return textAt(host_resp_get_header(blockOfText(name)));
  }

  /** As lines `Name: value`, each ended by CR LF. */
  export function headers(): string {
    return textAt(host_resp_get_all_header());
  }

  /** In the place of all fields of that name. */
  export function setHeader(name: string, value: string): void {
    host_resp_set_header(blockOfText(name), blockOfText(value));
  }

  /** Lines as `headers` gives them, in the place of everything. */
  export function setHeaders(lines: string): void {
    host_resp_set_all_header(blockOfText(lines));
  }

  /** One more field. */
  export function addHeader(name: string, value: string): void {
    host_resp_add_header(blockOfText(name), blockOfText(value));
  }

  /** All fields of that name. */
  export function deleteHeader(name: string): void {
    host_resp_del_header(blockOfText(name));
  }

  /** `name=value; Path=/` */
  export function setCookie(cookie: string): void {
    host_resp_set_cookie(blockOfText(cookie));
  }

  export function body(): ArrayBuffer {
    return bytesAt(host_resp_get_body());
  }

  export function bodyText(): string {
    return String.UTF8.decode(body());
  }

  export function setBody(bytes: ArrayBuffer): void {
    host_resp_set_body(blockOf(bytes));
  }

  export function setBodyText(text: string): void {
    setBody(String.UTF8.encode(text));
  }
}

/** Data that all instances of the filter share. */
export namespace shared {
  export function bytes(key: string): ArrayBuffer {
    return bytesAt(host_cluster_get_binary(blockOfText(key)));
  }

  export function putBytes(key: string, value: ArrayBuffer): void {
    host_cluster_put_binary(blockOfText(key), blockOf(value));
  }

  /** What is kept, or an empty string. */
  export function text(key: string): string {
    return textAt(host_cluster_get_string(blockOfText(key)));
  }

  /** Keeps it. */
  export function putText(key: string, value: string): void {
    host_cluster_put_string(blockOfText(key), blockOfText(value));
  }

  export function integer(key: string): i64 {
    return host_cluster_get_integer(blockOfText(key));
  }

  export function putInteger(key: string, value: i64): void {
    host_cluster_put_integer(blockOfText(key), value);
  }

  /** In one step, whoever else adds. Returns the sum. */
  export function addInteger(key: string, addend: i64): i64 {
    return host_cluster_add_integer(blockOfText(key), addend);
  }

  export function float(key: string): f64 {
    return host_cluster_get_float(blockOfText(key));
  }

  export function putFloat(key: string, value: f64): void {
    host_cluster_put_float(blockOfText(key), value);
  }

  /** In one step, whoever else adds. Returns the sum. */
  export function addFloat(key: string, addend: f64): f64 {
    return host_cluster_add_float(blockOfText(key), addend);
  }

  /** How many keys begin so. */
  export function count(prefix: string): i32 {
    return host_cluster_count_key(blockOfText(prefix));
  }
}

/** What the gateway's list of requests shows with this one. */
export function addTag(tag: string): void {
  host_add_tag(blockOfText(tag));
}

export enum Level {
  DEBUG,
  INFO,
  WARNING,
  ERROR,
}

export function log(level: Level, text: string): void {
  host_log(level, blockOfText(text));
}

export function unixTimeMs(): i64 {
  return host_get_unix_time_in_ms();
}

/** From 0 on, below 1. */
export function random(): f64 {
  return host_rand();
}
