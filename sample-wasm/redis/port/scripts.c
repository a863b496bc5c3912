/* The memory of Lua: counted and bounded, so that a greedy script gets Lua's own "not enough memory" while Redis still
 * has what it needs to answer. lauxlib.c's allocator is compiled onto these.
 *
 * Lua raises that error only inside of lua_pcall and lua_load; elsewhere it would end the program. There Redis takes what
 * little it needs for its own part beyond the limit. */
#include "port.h"

#include <lauxlib.h>
#include <malloc.h>
#include <stdlib.h>

void *port_script_realloc(void *block, size_t size);
void port_script_free(void *block);
int port_script_pcall(lua_State *lua, int arguments, int results, int handler);
int port_script_load(lua_State *lua, const char *text, size_t length, const char *name);

static size_t used, most = SIZE_MAX;
static unsigned protected; /* how many protected calls are running */
static bool refused; /* memory, during the outermost of them */

void port_scripts_limit(size_t bytes) { most = bytes; }

void *port_script_realloc(void *block, size_t size) {
    size_t before = block ? malloc_usable_size(block) : 0;
    bool fits = size <= before || size - before <= most - (used < most ? used : most);
    void *moved = fits || protected == 0 ? realloc(block, size) : NULL;
    if (moved) used = used - before + malloc_usable_size(moved);
    else if (protected == 0) port_no_memory(size);
    else refused = true;
    return moved;
}

void port_script_free(void *block) {
    if (!block) return;
    used -= malloc_usable_size(block);
    free(block);
}

/* What filled the memory is garbage by now. Lua would look for it later, and refuse the next scripts until then. */
static int ended(lua_State *lua, int status) {
    if (--protected == 0 && refused) {
        refused = false;
        lua_gc(lua, LUA_GCCOLLECT, 0);
    }
    return status;
}

/* In place of lua_pcall. */
int port_script_pcall(lua_State *lua, int arguments, int results, int handler) {
    protected++;
    return ended(lua, lua_pcall(lua, arguments, results, handler));
}

/* In place of luaL_loadbuffer. */
int port_script_load(lua_State *lua, const char *text, size_t length, const char *name) {
    protected++;
    return ended(lua, luaL_loadbuffer(lua, text, length, name));
}
