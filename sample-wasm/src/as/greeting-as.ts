// What greeting.c does, in AssemblyScript.
import { answer, argument } from "../../sdk/assemblyscript/assembly/index";

export { wasm_alloc, wasm_free } from "../../sdk/assemblyscript/assembly/index";

export function greet(name: usize): usize {
  return answer("Hello, " + argument(name) + "!");
}

export function shout(text: usize): usize {
  return answer(argument(text).toUpperCase());
}
