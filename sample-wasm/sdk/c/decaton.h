/* Wasmscope's C kit, Decaton profile: processors of Kafka tasks, for `wasmscope process`.
 *
 *     #include "decaton.h"
 *     DC_RUN {
 *       dc_bytes task = dc_take();
 *       ...
 *     }
 *
 * Build it as a reactor, see wasmscope.h. A trap gives the task back: it is tried again. SPDX: Apache-2.0. */
#ifndef DECATON_H
#define DECATON_H

#define WASMSCOPE_NO_ALLOCATOR
#include "wasmscope.h"

/* The longest task that is taken; a longer one is a failed task. */
#ifndef DC_TASK_BYTES
#define DC_TASK_BYTES (1024 * 1024)
#endif

/* The processor's entry, called once for each task. */
#define DC_RUN WS_EXPORT(run) void run(void)

typedef struct {
  char *bytes; /* good until the next task is taken; a zero follows the last one */
  uint32_t size;
} dc_bytes;

WS_IMPORT(decaton, poll_task) int32_t dc_poll_task(int64_t address, int32_t capacity);

/* The task of this call of run. Traps when it was taken already, or does not fit. */
static inline dc_bytes dc_take(void) {
  static char task[DC_TASK_BYTES + 1];
  int32_t size = dc_poll_task((int64_t)(uintptr_t)task, DC_TASK_BYTES);
  if (size < 0) ws_fail();
  task[size] = 0;
  return (dc_bytes){task, (uint32_t)size};
}

#endif
