/* The exports that run Redis: each is a few turns of Redis's own event loop, between two states of rest. */
#include "server.h"
#include "script.h"
#include "port.h"
#include "redis_wasm.h"

#include <setjmp.h>

#define EXPORT(name) __attribute__((export_name(#name)))

void __wasm_call_ctors(void);
int port_script_interrupt(scriptRunCtx *run);
int redis_main(int argc, char **argv);
void port_set_oom_handler(void (*handler)(size_t));
void beforeSleep(struct aeEventLoop *loop);

enum { RUNNING = -1 };

static jmp_buf boundary;
static bool inside; /* of a call that may be left by it */
static bool out_of_memory;
static int exit_code = RUNNING;
static uint64_t timer; /* what redis_next_timer would say */

/* exit() anywhere inside of Redis leaves the call of the host's. */
_Noreturn void port_exit(int code) {
    exit_code = code;
    longjmp(boundary, 1);
}

/* Where Redis allocates it does not expect to fail: it says so in its log and aborts, which allocates. Here the call ends
 * in the middle of whatever it was doing, and the host goes back to before it. */
_Noreturn void port_no_memory(size_t bytes) {
    (void)bytes;
    if (!inside) __builtin_trap();
    out_of_memory = true;
    longjmp(boundary, 1);
}

/* In place of zmalloc_set_oom_handler, in main(). */
void port_set_oom_handler(void (*handler)(size_t)) {
    (void)handler;
    zmalloc_set_oom_handler(port_no_memory);
}

/* Redis's main() ends where the event loop would begin. */
void port_main_loop(aeEventLoop *loop) { (void)loop; }

void port_main_loop_ended(aeEventLoop *loop) { (void)loop; }

/* One turn, seen from after the poll: fire what is ready, then what Redis does before it would sleep. */
static int turn(int what) {
    int fired = aeProcessEvents(server.el, what | AE_DONT_WAIT | AE_CALL_AFTER_SLEEP);
    beforeSleep(server.el);
    return fired;
}

/* Replies over 64 KiB, and requests over 16 KiB, take several turns; freeing a client may leave words for others. */
static void settle(int what) {
    int fired = turn(what);
    while ((fired > 0 && port_connections_ready()) || listLength(server.clients_pending_write) > 0)
        fired = turn(AE_FILE_EVENTS);
}

static void end_all_clients(void) {
    for (uint32_t id; (id = port_connection_any()) != 0;) close(port_connection_find(id)->fd);
}

/* The host's limit came before ours: what Redis holds now is what it may hold, so that it answers -OOM to the next
 * write instead of running out in the middle of one. */
static void take_no_more(void) {
    unsigned long long most = zmalloc_used_memory() - zmalloc_used_memory() / 16;
    if (server.maxmemory != 0 && server.maxmemory <= most) return;
    server.maxmemory = most;
    serverLog(LL_WARNING, "The memory cannot grow any more: maxmemory is %llu bytes from now on", most);
}

static int32_t settled(int what) {
    port_replies_clear();
    port_mailbox_begin();
    inside = true;
    bool exited = setjmp(boundary) != 0;
    if (!exited) settle(what);
    inside = false;
    if (out_of_memory) return REDIS_OUT_OF_MEMORY;
    /* Also where a script was left in the middle of a look. */
    port_mailbox_look_ended();
    if (exited) end_all_clients();
    if (port_memory_ran_short()) take_no_more();
    timer = redis_next_timer();
    return port_replies_finish();
}

/* In place of scriptInterrupt, for script_lua.c's count hook. */
int port_script_interrupt(scriptRunCtx *run) {
    port_mailbox_look();
    int verdict = scriptInterrupt(run);
    port_mailbox_look_ended();
    return verdict;
}

EXPORT(redis_abi) uint32_t redis_abi(void) { return REDIS_WASM_ABI; }

EXPORT(redis_exit_code) int32_t redis_exit_code(void) { return exit_code; }

EXPORT(redis_init)
int32_t redis_init(redis_address options, uint32_t length, uint64_t seed, uint64_t now_us) {
    port_seed(seed);
    port_clock_start(now_us);
    __wasm_call_ctors();
    struct port_arguments arguments = port_arguments((const char *)options, length);
    if (setjmp(boundary) != 0) return out_of_memory ? REDIS_OUT_OF_MEMORY : exit_code;
    inside = true;
    redis_main(arguments.count, arguments.values);
    port_arguments_end(&arguments); /* Redis has made copies */
    port_refuse_commands();
    settle(AE_ALL_EVENTS);
    inside = false;
    timer = redis_next_timer();
    return 0;
}

EXPORT(redis_connect) uint32_t redis_connect(void) {
    if (exit_code != RUNNING) return 0;
    if (setjmp(boundary) != 0) return (uint32_t)REDIS_OUT_OF_MEMORY;
    inside = true;
    uint32_t id = port_accept();
    inside = false;
    return id;
}

uint32_t port_accept(void) {
    port_tables_begun();
    if (server.next_client_id >= (uint32_t)REDIS_OUT_OF_MEMORY) return 0;
    struct port_connection *connection = port_connection_open();
    if (!connection) return 0;
    int fd = connection->fd;
    port_accept_next(connection);
    acceptTcpHandler(server.el, server.ipfd.fd[0], NULL, AE_READABLE);
    /* Refused: Redis has closed it. */
    struct port_descriptor *descriptor = port_descriptor(fd);
    if (!descriptor || descriptor->kind != PORT_CONNECTION) return 0;
    client *c = connGetPrivateData((struct connection *)server.el->events[fd].clientData);
    port_connection_name(connection, (uint32_t)c->id);
    return connection->id;
}

EXPORT(redis_disconnect) int32_t redis_disconnect(uint32_t id) {
    struct port_connection *connection = port_connection_find(id);
    if (!connection) return -1;
    connection->gone = true;
    port_connection_refresh(connection);
    return settled(AE_FILE_EVENTS);
}

EXPORT(redis_set_writable) int32_t redis_set_writable(uint32_t id, uint32_t writable) {
    struct port_connection *connection = port_connection_find(id);
    if (!connection) return -1;
    connection->stalled = !writable;
    port_connection_refresh(connection);
    return settled(AE_FILE_EVENTS);
}

EXPORT(redis_handle) int32_t redis_handle(uint32_t id, redis_address data, uint32_t length) {
    struct port_connection *connection = port_connection_find(id);
    if (!connection) return -1;
    if (connection->input_length > 0) {
        port_connection_append(connection, (const void *)data, length);
    } else {
        connection->input = (const unsigned char *)data;
        connection->input_length = length;
        port_connection_refresh(connection);
    }
    int32_t entries = settled(AE_FILE_EVENTS);
    if (entries == REDIS_OUT_OF_MEMORY) return entries;
    /* Rarely: a client that may not be read now. */
    connection = port_connection_find(id);
    if (connection && connection->input_length > 0) port_connection_append(connection, NULL, 0);
    return entries;
}

EXPORT(redis_tick) int32_t redis_tick(void) {
    if (exit_code != RUNNING) return 0;
    return settled(AE_ALL_EVENTS);
}

/* Of the blocked clients: the table's keys begin with the time in milliseconds, big endian. */
static uint64_t first_time_out(void) {
    if (raxSize(server.clients_timeout_table) == 0) return UINT64_MAX;
    raxIterator it;
    uint64_t ms = 0;
    raxStart(&it, server.clients_timeout_table);
    raxSeek(&it, "^", NULL, 0);
    if (raxNext(&it)) memcpy(&ms, it.key, sizeof ms);
    raxStop(&it);
    return (ntohu64(ms) + 1) * 1000;
}

EXPORT(redis_next_timer) uint64_t redis_next_timer(void) {
    if (exit_code != RUNNING) return UINT64_MAX;
    uint64_t first = UINT64_MAX;
    for (aeTimeEvent *each = server.el->timeEventHead; each; each = each->next)
        if (each->id != AE_DELETED_EVENT_ID && each->when < first) first = each->when;
    uint64_t unblocked = first_time_out();
    return unblocked < first ? unblocked : first;
}

EXPORT(redis_timer) redis_address redis_timer(void) { return (redis_address)&timer; }

EXPORT(redis_set_clock) void redis_set_clock(uint64_t us) { port_clock_set(us); }

EXPORT(redis_set_clock_step) void redis_set_clock_step(uint64_t ns) { port_clock_set_step(ns); }

EXPORT(redis_clock) uint64_t redis_clock(void) { return port_clock_peek() / 1000; }

/* Clients see what these generators make, and must not get from there to the seed. */
EXPORT(redis_set_seed) void redis_set_seed(uint64_t seed) {
    port_seed(seed);
    uint64_t drawn[3];
    port_random_bytes(drawn, sizeof drawn);
    srandom((unsigned)drawn[0]);
    srand((unsigned)drawn[1]);
    init_genrand64(drawn[2]);
}

/* The hash seed, and what Redis wrote down about its own start. */
EXPORT(redis_begin) void redis_begin(uint64_t seed, uint64_t now_us) {
    redis_set_seed(seed);
    port_tables_seed();
    port_tables_begun();
    port_clock_set(now_us);
    updateCachedTime(1);
    server.stat_starttime = server.lastsave = server.unixtime;
    getRandomHexChars(server.runid, CONFIG_RUN_ID_SIZE);
    changeReplicationId();
    timer = redis_next_timer();
}
