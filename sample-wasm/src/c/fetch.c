// The article's second processor: gets the path of every task from a server. Tasks are like {"path":"/README.md"}; the
// server is 127.0.0.1:8080, or ADDRESS and PORT of the environment.
#include <stdlib.h>

#include "http.h"
#include "task.h"

static const char *variable(const char *name, const char *usual) {
    const char *value = getenv(name);
    return value ? value : usual;
}

__attribute__((export_name("run"))) void run(void) {
    take_task();
    const char *address = variable("ADDRESS", "127.0.0.1");
    const char *port = variable("PORT", "8080");
    if (get(address, (uint32_t)atoi(port), member("path")) != 0) {
        fprintf(stderr, "%s:%s: %s\n", address, port, strerror(errno));
        fflush(stderr);
        abort();
    }
}
