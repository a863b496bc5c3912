// What task-tally.c does, in AssemblyScript.
import { takeText } from "../../sdk/assemblyscript/assembly/decaton";

let count: u32 = 0;
let sum: u64 = 0;

export function run(): void {
  const task = takeText();
  if (task == "trap") unreachable();
  count++;
  sum += String.UTF8.byteLength(task);
}

export function tasks(): u32 {
  return count;
}

export function bytes(): u64 {
  return sum;
}
