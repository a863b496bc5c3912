/* In place of sentinel.c: watching other servers needs a network. */
#include "server.h"

void initSentinelConfig(void) {}
void initSentinel(void) {}
void sentinelTimer(void) {}
/* Started with --sentinel. */
void sentinelIsRunning(void) {
    serverLog(LL_WARNING, "Sentinel needs a network, and this Redis is a WebAssembly module without one");
    exit(1);
}
void sentinelCheckConfigFile(void) {}
void loadSentinelConfigFromQueue(void) {}

const char *sentinelHandleConfiguration(char **argv, int argc) {
    (void)argv;
    (void)argc;
    return "Sentinel needs a network, and this Redis is a WebAssembly module without one";
}

void queueSentinelConfig(sds *argv, int argc, int linenum, sds line) {
    (void)argv;
    (void)argc;
    (void)linenum;
    (void)line;
}

void rewriteConfigSentinelOption(struct rewriteConfigState *state) { (void)state; }

static void refuse(client *c) {
    addReplyError(c, "Sentinel needs a network, and this Redis is a WebAssembly module without one");
}
void sentinelCommand(client *c) { refuse(c); }
void sentinelInfoCommand(client *c) { refuse(c); }
void sentinelPublishCommand(client *c) { refuse(c); }
void sentinelRoleCommand(client *c) { refuse(c); }
