// Wasmscope's AssemblyScript kit, Decaton profile: processors of Kafka tasks, for `wasmscope process`.
//
//     import { takeText } from "wasmscope-sdk/decaton";
//
//     export function run(): void {
//       const task = takeText();
//     }
//
// A trap gives the task back: it is tried again. SPDX-License-Identifier: Apache-2.0

/** The longest task that is taken; a longer one is a failed task. */
const TASK_BYTES: i32 = 1024 * 1024;

// @ts-ignore: decorator
@external("decaton", "poll_task")
declare function poll_task(address: i64, capacity: i32): i32;

const buffer = new ArrayBuffer(TASK_BYTES);

/** The task of this call of `run`. Traps when it was taken already, or does not fit. */
export function take(): ArrayBuffer {
  const size = poll_task(<i64>changetype<usize>(buffer), TASK_BYTES);
  if (size < 0) unreachable();
  return buffer.slice(0, size);
}

/** The same as text. */
export function takeText(): string {
  return String.UTF8.decode(take());
}
