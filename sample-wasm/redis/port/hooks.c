/* Redis stops a script every 100,000 instructions to see whether it is slow. Here it does so ten times as often: that is
 * when the script looks into the mailbox, and a guest is slower than the machine it is on. */
#include "port.h"

#include <lua.h>

enum { LOOKS_PER_INTERVAL = 10 };

int port_script_hook(lua_State *lua, lua_Hook hook, int mask, int count);
int port_load_hook(lua_State *lua, lua_Hook hook, int mask, int count);

/* In place of lua_sethook. The hook itself looks: see port_script_interrupt. */
int port_script_hook(lua_State *lua, lua_Hook hook, int mask, int count) {
    return lua_sethook(lua, hook, mask, count / LOOKS_PER_INTERVAL);
}

static lua_Hook load_hook;

/* FUNCTION LOAD has a time limit, too, and serves nobody meanwhile: what comes waits for the call's end. */
static void look_first(lua_State *lua, lua_Debug *where) {
    port_mailbox_look();
    port_mailbox_look_ended();
    load_hook(lua, where);
}

int port_load_hook(lua_State *lua, lua_Hook hook, int mask, int count) {
    load_hook = hook;
    return lua_sethook(lua, hook ? look_first : NULL, mask, count / LOOKS_PER_INTERVAL);
}
