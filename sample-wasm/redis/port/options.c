/* The command line that Redis's main() sees: defaults that fit a module, then the host's options, which win.
 *
 * Two options are the port's own: --wasm-memory BYTES, how large the memory may become (1 GiB unless told), and
 * --wasm-memory-reserve BYTES, how much of it to take at the start. */
#include "port.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DEFAULTS = 32 };

static size_t memory_limit = 1u << 30;

static void *checked(void *allocated) {
    if (!allocated) abort();
    return allocated;
}

static void add(struct port_arguments *to, const char *value) { to->values[to->count++] = checked(strdup(value)); }

static void add_size(struct port_arguments *to, const char *option, size_t bytes) {
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", bytes);
    add(to, option);
    add(to, digits);
}

/* So much for each that all together fit: Redis then answers an error, or closes a client, where malloc would fail. */
static void share_memory(struct port_arguments *to) {
    enum { LEAST_BULK = 1 << 20 };
    size_t bulk = memory_limit / 16;
    add_size(to, "--maxmemory", memory_limit / 2);
    add_size(to, "--maxmemory-clients", memory_limit / 8);
    add_size(to, "--client-query-buffer-limit", memory_limit / 8 > LEAST_BULK ? memory_limit / 8 : LEAST_BULK);
    add_size(to, "--proto-max-bulk-len", bulk > LEAST_BULK ? bulk : LEAST_BULK);
    add(to, "--client-output-buffer-limit");
    add(to, "normal");
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", memory_limit / 8);
    add(to, digits);
    add(to, "0");
    add(to, "0");
    port_scripts_limit(memory_limit / 8);
}

/* Takes an option of the port's own. */
static bool taken(const char *option, const char *value) {
    if (strcmp(option, "--wasm-memory") == 0) memory_limit = strtoul(value, NULL, 10);
    else if (strcmp(option, "--wasm-memory-reserve") == 0) port_memory_reserve(strtoul(value, NULL, 10));
    else return false;
    return true;
}

struct port_arguments port_arguments(const char *options, size_t length) {
    const char *end = options + length;
    size_t count = 0;
    for (size_t i = 0; i < length; i++) count += options[i] == 0;
    const char **given = checked(calloc(count + 1, sizeof *given));
    size_t kept = 0;
    for (const char *at = options; at < end; at += strlen(at) + 1) {
        const char *value = at + strlen(at) + 1;
        if (value < end && taken(at, value)) at = value;
        else given[kept++] = at;
    }
    port_memory_limit(memory_limit);
    struct port_arguments all = {.values = checked(calloc(MOST_DEFAULTS + kept + 1, sizeof(char *)))};
    add(&all, "redis-server");
    /* Saving by itself would double the memory: files are in it, too. */
    add(&all, "--save");
    add(&all, "");
    add(&all, "--daemonize");
    add(&all, "no");
    /* Whoever reaches this server has its whole memory before them anyway. */
    add(&all, "--enable-debug-command");
    add(&all, "yes");
    share_memory(&all);
    for (size_t i = 0; i < kept; i++) add(&all, given[i]);
    free(given);
    return all;
}

void port_arguments_end(struct port_arguments *all) {
    for (int i = 0; i < all->count; i++) free(all->values[i]);
    free(all->values);
}
