// What gateway-probe.c does, in AssemblyScript: asks the gateway for everything that it offers to a filter.
import {
  addTag,
  CONTINUE,
  Level,
  log,
  random,
  request,
  response,
  shared,
  unixTimeMs,
} from "../../sdk/assemblyscript/assembly/easegress";

export { wasm_alloc, wasm_free } from "../../sdk/assemblyscript/assembly/easegress";

function answer(lines: string[], result: i32): i32 {
  response.setStatus(200);
  response.setHeader("Content-Type", "text/plain");
  response.setBodyText(lines.join("\n") + "\n");
  return result;
}

function report(): i32 {
  const lines = [
    "ip=" + request.realIp(),
    "scheme=" + request.scheme(),
    "proto=" + request.proto(),
    "method=" + request.method(),
    "host=" + request.host(),
    "path=" + request.path(),
    "escaped=" + request.escapedPath(),
    "query=" + request.query(),
    "fragment=" + request.fragment(),
    "one=" + request.header("x-one"),
    "none=" + request.header("X-None"),
    "cookie=" + request.cookie("b"),
  ];
  const cookies = request.cookies();
  for (let i = 0; i < cookies.length; i++) lines.push("cookies=" + cookies[i]);
  lines.push("body=" + request.bodyText());
  lines.push("headers=" + request.headers());
  return answer(lines, 2);
}

function data(): i32 {
  shared.putText("probe.text", "grüße");
  const three = new Uint8Array(3);
  three[1] = 1;
  three[2] = 0xff;
  shared.putBytes("probe.bytes", three.buffer);
  shared.putInteger("probe.integer", 40);
  shared.putFloat("probe.float", 0.25);
  const bytes = Uint8Array.wrap(shared.bytes("probe.bytes"));
  const chance = random();
  return answer(
    [
      "text=" + shared.text("probe.text"),
      "nothing=" + shared.text("probe.nothing"),
      "bytes=" + bytes.length.toString() + " " + bytes[2].toString(),
      "sum=" + shared.addInteger("probe.integer", 2).toString(),
      "integer=" + shared.integer("probe.integer").toString(),
      "hundredths=" + (<i32>(100 * shared.addFloat("probe.float", 0.5))).toString(),
      "float=" + (<i32>(100 * shared.float("probe.float"))).toString(),
      "count=" + shared.count("probe.").toString(),
      "time=" + i32(unixTimeMs() > 1600000000000).toString() + " random=" + i32(chance >= 0 && chance < 1).toString(),
    ],
    3,
  );
}

function change(): void {
  request.setMethod("PUT");
  request.setHost("other.example");
  request.setPath("/changed path");
  request.setQuery("x=1&y=2");
  request.setHeader("X-One", "first");
  request.addHeader("X-One", "second");
  request.deleteHeader("X-Gone");
  request.addCookie("c=3");
  request.setBodyText("from the filter");
  addTag("changed");
  log(Level.INFO, "a request was changed");
}

export function wasm_run(): i32 {
  const path = request.escapedPath();
  if (path == "/report" || path == "/re%70ort") return report();
  if (path == "/data") return data();
  if (path == "/change") change();
  if (path == "/headers") request.setHeaders("X-Only: this\r\nX-More: that\r\n");
  return CONTINUE;
}

export function wasm_run_response(): i32 {
  const path = request.path();
  if (path == "/response") {
    const lines = [
      "status=" + response.status().toString(),
      "size=" + response.body().byteLength.toString(),
      "upstream=" + response.header("x-upstream"),
      "headers=" + response.headers(),
    ];
    response.setStatus(201);
    response.deleteHeader("X-Upstream");
    response.setHeader("X-One", "first");
    response.addHeader("X-One", "second");
    response.setCookie("seen=yes; Path=/");
    response.setBodyText(lines.join("\n"));
  }
  if (path == "/response-headers") response.setHeaders("X-Only: this\r\n");
  return CONTINUE;
}
