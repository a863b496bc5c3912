// A filter for `wasmscope gateway` in AssemblyScript, after Easegress's flash sale: so many are let through, whoever
// comes later reads that all is sold. The count is shared by all instances of the filter.
//
//     wasmscope gateway --upstream http://127.0.0.1:3000 --filter sample:gateway-flashsale --param stock=3
import { CONTINUE, parameter, request, response, shared } from "../../sdk/assemblyscript/assembly/easegress";

export { wasm_alloc, wasm_free, wasm_init } from "../../sdk/assemblyscript/assembly/easegress";

export function wasm_run(): i32 {
  if (request.path() != "/buy") return CONTINUE;
  const stock = I64.parseInt(parameter("stock", "10"));
  const number = shared.addInteger("sold", 1);
  if (number <= stock) {
    request.setHeader("X-Order", number.toString());
    return CONTINUE;
  }
  response.setStatus(410);
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.setBodyText(`All ${stock} are sold, ${request.header("User-Agent")}.\n`);
  return 1;
}
