/* Strings both ways: the host allocates and frees what it gives, the answer stays the guest's. greeting-as.ts does the
 * same in AssemblyScript. */
#include "wasmscope.h"
#include <ctype.h>

WS_EXPORT(greet) const ws_block *greet(const ws_block *name) {
  char *text = ws_memory(name->size + 8);
  strcpy(text, "Hello, ");
  memcpy(text + 7, name->bytes, name->size);
  strcat(text, "!");
  const ws_block *answer = ws_answer(text);
  free(text);
  return answer;
}

WS_EXPORT(shout) const ws_block *shout(const ws_block *text) {
  const ws_block *answer = ws_answer(text->bytes);
  for (uint32_t i = 0; i + 1 < answer->size; i++) ws_answered->bytes[i] = (char)toupper((unsigned char)answer->bytes[i]);
  return answer;
}
