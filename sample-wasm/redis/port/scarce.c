/* Redis asks whether there is memory when a script or a transaction begins, and then lets it go on. Here memory has an
 * end, and beyond it a trap: when there is little left, the commands inside that take more are refused like others. */
#include "server.h"
#include "script.h"
#include "port.h"

void port_script_call(scriptRunCtx *run, sds *error);
void port_exec_call(client *c, int flags);

static bool refused(struct redisCommand *command) {
    if (!command || !(command->flags & CMD_DENYOOM) || !port_memory_scarce(zmalloc_used_memory())) return false;
    incrCommandStatsOnError(command, ERROR_COMMAND_REJECTED);
    return true;
}

/* In place of scriptCall. */
void port_script_call(scriptRunCtx *run, sds *error) {
    client *c = run->c;
    if (!refused(lookupCommand(c->argv, c->argc))) {
        scriptCall(run, error);
        return;
    }
    *error = sdsdup(shared.oomerr->ptr);
    afterErrorReply(c, *error, sdslen(*error), 0);
}

/* In place of call, in EXEC. */
void port_exec_call(client *c, int flags) {
    if (refused(c->cmd)) addReplyErrorObject(c, shared.oomerr);
    else call(c, flags);
}
