/* A filter for `wasmscope gateway` (Easegress's profile): stamps what passes, counts it for all instances, and keeps
 * those out who do not know the word. Try it:
 *
 *     wasmscope gateway --upstream http://127.0.0.1:3000 --filter sample:gateway-filter --param word=sesame
 *
 * Its bad manners are for trying out what a gateway makes of them: ?loop never ends, ?trap divides by zero, ?answer=N
 * answers with result N. */
#define EG_PARAMETERS
#include "easegress.h"
#include <stdio.h>

static int asks(const char *query, const char *name) {
  const char *at = strstr(query, name);
  return at && (at == query || at[-1] == '&');
}

static int32_t answer(int32_t status, int32_t result, const char *sentence) {
  eg_set_status(status);
  eg_set_response_header("Content-Type", "text/plain; charset=utf-8");
  eg_set_response_body(sentence, (uint32_t)strlen(sentence));
  return result;
}

EG_RUN {
  char *query = eg_query();
  const char *word = eg_parameter("word");
  volatile int zero = 0;
  if (asks(query, "loop")) {
    for (;;) zero = 0;
  }
  if (asks(query, "trap")) return 100 / zero;
  const char *wanted = strstr(query, "answer=");
  if (wanted) {
    int32_t result = atoi(wanted + 7);
    free(query);
    return answer(200, result, "The filter answers itself.\n");
  }
  free(query);

  if (word) {
    char *given = eg_request_header("X-Word");
    int good = strcmp(given, word) == 0;
    free(given);
    if (!good) return answer(403, 1, "Say the word in X-Word.\n");
  }

  char number[24];
  snprintf(number, sizeof number, "%lld", (long long)eg_add_shared_integer("requests", 1));
  eg_set_request_header("X-Number", number);
  eg_set_request_header("X-Filter", "gateway-filter");
  return EG_CONTINUE;
}

EG_RUN_RESPONSE {
  eg_set_response_header("X-Filter", "gateway-filter");
  return EG_CONTINUE;
}
