/* A hash seed of their own for servers that begin with a copy of the same initialised memory.
 *
 * A table's entries lie where the seed puts them, and redis_init has filled some: commands, options, users. Which ones
 * there are is written down until a server begins; then they are built anew with its seed. dict.c's own functions are
 * called redis_dict_... (../build/units.js). */
#include "port.h"

#include "dict.h"

#include <stdlib.h>

dict *redis_dict_create(dictType *type);
void redis_dict_release(dict *table);

static dict **tables;
static size_t count, capacity;
static bool begun;

dict *dictCreate(dictType *type) {
    dict *table = redis_dict_create(type);
    if (begun) return table;
    if (count == capacity) {
        capacity = capacity == 0 ? 256 : 2 * capacity;
        tables = realloc(tables, capacity * sizeof *tables);
        if (!tables) abort();
    }
    tables[count++] = table;
    return table;
}

void dictRelease(dict *table) {
    if (!begun) {
        /* The last ones go first. */
        size_t at = count;
        while (at > 0 && tables[at - 1] != table) at--;
        if (at > 0) tables[at - 1] = tables[--count];
    }
    redis_dict_release(table);
}

static void move_entries(dict *table) {
    while (dictRehash(table, 1000)) {}
}

void port_tables_seed(void) {
    for (size_t i = 0; i < count; i++) move_entries(tables[i]);
    uint8_t seed[16];
    port_random_bytes(seed, sizeof seed);
    dictSetHashFunctionSeed(seed);
    for (size_t i = 0; i < count; i++) {
        if (dictSize(tables[i]) == 0) continue;
        dictExpand(tables[i], 2 * DICTHT_SIZE(tables[i]->ht_size_exp[0]));
        move_entries(tables[i]);
    }
}

void port_tables_begun(void) {
    if (begun) return;
    begun = true;
    free(tables);
    tables = NULL;
    count = capacity = 0;
}
