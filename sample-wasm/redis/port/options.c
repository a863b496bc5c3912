/* The command line that Redis's main() sees: what differs here from redis-server's defaults, then the host's options. */
#include "port.h"

#include <stdlib.h>
#include <string.h>

static char *const defaults[] = {
    "redis-server",
    /* Saving by itself would double the memory: files are in it, too. */
    "--save", "",
    "--daemonize", "no",
    /* Whoever reaches this server has the whole memory before them anyway. */
    "--enable-debug-command", "yes"};
enum { DEFAULTS = sizeof defaults / sizeof *defaults };

struct port_arguments port_arguments(const char *options, size_t length) {
    size_t count = DEFAULTS;
    for (size_t i = 0; i < length; i++) count += options[i] == 0;
    struct port_arguments arguments = {.count = (int)count, .values = calloc(count + 1, sizeof(char *))};
    if (!arguments.values) abort();
    memcpy(arguments.values, defaults, sizeof defaults);
    for (size_t i = DEFAULTS; i < count; i++, options += strlen(options) + 1)
        if (!(arguments.values[i] = strdup(options))) abort();
    return arguments;
}
