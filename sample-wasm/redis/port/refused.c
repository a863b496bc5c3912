/* Commands that cannot do here what they say. They answer so, instead of failing in a way that looks like a defect. */
#include "server.h"
#include "port.h"

static redisCommandProc *original_replicaof, *original_debug, *original_sync, *original_migrate;

static void refuse_network(client *c) {
    addReplyErrorFormat(c, "%s is not possible: this Redis is a WebAssembly module and has no network",
                        c->cmd->fullname);
}

static void refuse_code(client *c) {
    addReplyErrorFormat(c, "%s is not possible: this Redis is a WebAssembly module and cannot load native code",
                        c->cmd->fullname);
}

static void refuse_process(client *c) {
    addReplyErrorFormat(c, "%s is not possible: this Redis is a WebAssembly module and has no processes",
                        c->cmd->fullname);
}

/* Where nothing would be sent, and where that is not what is meant, Redis's own answer tells more. */
static void migrate(client *c) {
    int first = 3, end = 4;
    for (int i = 6; i < c->argc && first == 3; i++) {
        if (strcasecmp(c->argv[i]->ptr, "keys") != 0) continue;
        first = i + 1;
        end = c->argc;
    }
    bool one_and_several = first != 3 && sdslen(c->argv[3]->ptr) != 0;
    bool any = false;
    for (int i = first; i < end; i++) any |= lookupKeyRead(c->db, c->argv[i]) != NULL;
    (any && !one_and_several ? refuse_network : original_migrate)(c);
}

/* REPLICAOF NO ONE asks for what is. */
static void replicaof(client *c) {
    bool no_one = !strcasecmp(c->argv[1]->ptr, "no") && !strcasecmp(c->argv[2]->ptr, "one");
    (no_one ? original_replicaof : refuse_network)(c);
}

/* A replica elsewhere asks for the data and all that follows. Only a child could write into its connection while the
 * server goes on: the copy goes through a file, which every replica knows how to take. */
static void send_copy(client *c) {
    c->slave_capa &= ~SLAVE_CAPA_EOF;
    original_sync(c);
}

static void debug(client *c) {
    const char *what = c->argv[1]->ptr;
    if (!strcasecmp(what, "segfault")) __builtin_trap(); /* address 0 is memory like any other here */
    bool restarts = !strcasecmp(what, "restart") || !strcasecmp(what, "crash-and-recover");
    /* The original reads arguments that may not be there, and exits when there is no file. */
    bool cluster = !strcasecmp(what, "clusterlink");
    bool no_file = !strcasecmp(what, "loadaof") && !server.aof_manifest->base_aof_info &&
                   listLength(server.aof_manifest->incr_aof_list) == 0;
    if (restarts) addReplyErrorFormat(c, "DEBUG %s is not possible: the host starts a new instance", what);
    else if (cluster) addReplyError(c, "This instance has cluster support disabled");
    else if (no_file) addReplyError(c, "DEBUG LOADAOF is not possible: there is no file, BGREWRITEAOF writes one");
    else original_debug(c);
}

static redisCommandProc *replace(const char *name, redisCommandProc *with) {
    struct redisCommand *command = lookupCommandByCString(name);
    serverAssert(command != NULL);
    redisCommandProc *original = command->proc;
    command->proc = with;
    return original;
}

void port_refuse_commands(void) {
    original_replicaof = replace("replicaof", replicaof);
    replace("slaveof", replicaof);
    original_sync = replace("psync", send_copy);
    replace("sync", send_copy);
    replace("failover", refuse_network);
    original_migrate = replace("migrate", migrate);
    replace("module|load", refuse_code);
    replace("module|loadex", refuse_code);
    replace("script|debug", refuse_process);
    original_debug = replace("debug", debug);
}
