/* A Decaton processor that counts its tasks and their bytes; a task "trap" traps. */
#include "decaton.h"

static uint32_t tasks;
static uint64_t bytes;

DC_RUN {
  dc_bytes task = dc_take();
  if (strcmp(task.bytes, "trap") == 0) ws_fail();
  tasks++;
  bytes += task.size;
}

WS_EXPORT(tasks) uint32_t tally_tasks(void) { return tasks; }
WS_EXPORT(bytes) uint64_t tally_bytes(void) { return bytes; }
