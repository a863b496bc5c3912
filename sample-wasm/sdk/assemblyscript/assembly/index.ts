// Wasmscope's AssemblyScript kit, common part: blocks, strings and lists as they cross between a guest and its host.
//
// A block is a u32 with the number of bytes that follow it; a string counts the zero at its end; a list of strings is a
// u32 with their number and each as a block. What the host gives was allocated by wasm_alloc and belongs to the guest.
// SPDX-License-Identifier: Apache-2.0

/** Hosts call this to hand something over. Re-export it from your entry file. */
export function wasm_alloc(size: u32): usize {
  return __pin(changetype<usize>(new ArrayBuffer(<i32>size)));
}

/** Gives back what wasm_alloc gave. Re-export it from your entry file. */
export function wasm_free(block: usize): void {
  if (block != 0) __unpin(block);
}

/** Bytes as a block. It lives as long as somebody refers to it, through a host's call at least. */
export function blockOf(bytes: ArrayBuffer): ArrayBuffer {
  const block = new ArrayBuffer(4 + bytes.byteLength);
  const at = changetype<usize>(block);
  store<u32>(at, <u32>bytes.byteLength);
  memory.copy(at + 4, changetype<usize>(bytes), bytes.byteLength);
  return block;
}

/** A string as a block. */
export function blockOfText(text: string): ArrayBuffer {
  return blockOf(String.UTF8.encode(text, true));
}

/** The bytes of a block that the host gave, which is freed. */
export function bytesAt(block: usize): ArrayBuffer {
  const size = load<u32>(block);
  const bytes = changetype<ArrayBuffer>(block).slice(4, 4 + <i32>size);
  wasm_free(block);
  return bytes;
}

/** The string of a block that the host gave, which is freed. */
export function textAt(block: usize): string {
  const size = load<u32>(block);
  const text = String.UTF8.decodeUnsafe(block + 4, size - 1);
  wasm_free(block);
  return text;
}

/** The string of an argument in profile wasmscope: the host has allocated it and frees it. */
export function argument(block: usize): string {
  return String.UTF8.decodeUnsafe(block + 4, load<u32>(block) - 1);
}

let answered = new ArrayBuffer(0);

/** What a function answers in profile wasmscope: good until a function answers again. */
export function answer(text: string): usize {
  answered = blockOfText(text);
  return changetype<usize>(answered);
}

/** The list that the host gave, which is freed. */
export function textsAt(list: usize): Array<string> {
  const count = <i32>load<u32>(list);
  const texts = new Array<string>(count);
  let at = list + 4;
  for (let i = 0; i < count; i++) {
    const size = load<u32>(at);
    texts[i] = String.UTF8.decodeUnsafe(at + 4, size - 1);
    at += 4 + size;
  }
  wasm_free(list);
  return texts;
}
