/* Redis and the port layer natively, under the sanitizers, driven through the calls of redis_wasm.h: random clients, requests
 * cut anywhere, mail for busy scripts, files, clocks, the end of memory. The same seed, the same run: drive SEED.
 *
 * A server starts once. Each life that follows begins with a copy of it, as hosts do: here by fork(). */
#include "calls.h"
#include "chance.h"
#include "commands.h"
#include "disk.h"
#include "heap.h"
#include "host.h"
#include "pure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LIVES = 8, ROUNDS = 1500, PURE_ROUNDS = 20000 };

static const uint64_t beginning = 1700000000000000u;

static int32_t start(const char *options, size_t length) {
    redis_address there = redis_alloc((uint32_t)length + 1);
    memcpy((void *)there, options, length);
    int32_t code = redis_init(there, (uint32_t)length, any_number(), beginning);
    redis_free(there);
    return code;
}

/* Requests */

static void send_in_pieces(uint32_t client, const char *bytes, size_t length) {
    size_t at = 0;
    while (at < length && host_lives()) {
        size_t n = 1 + below((uint32_t)(length - at));
        if (below(3)) n = length - at;
        host_send(client, bytes + at, n);
        at += n;
        if (below(4) == 0 && host_lives()) host_tick();
    }
}

static void request(char *make(size_t *length)) {
    size_t length;
    uint32_t client = host_any_client();
    if (make == commands_replica) host_expects_anything(client);
    char *bytes = make(&length);
    if (below(8)) host_send(client, bytes, length);
    else send_in_pieces(client, bytes, length);
    free(bytes);
}

/* Files of Redis's, as a host puts them: whole, cut, with another byte. */
static void change_file(void) {
    static const char *const names[] = {"dump.rdb", "appendonlydir/appendonly.aof.manifest", "users.acl", "redis.conf"};
    redis_address name = (redis_address)names[below(below(5) ? 1 : 4)];
    const struct redis_file *file = (const struct redis_file *)redis_file(name);
    if (!file || file->length == 0) return;
    uint32_t length = file->length;
    unsigned char *copy = malloc(length);
    memcpy(copy, (const void *)file->data, length);
    if (below(3) == 0) require(redis_file_delete(name) == 0, "a file that is there is deleted");
    if (below(3) == 0) length = below(length);
    /* Redis does not look for such in values unless it is told to. */
    else if (below(2) && name != (redis_address)names[0]) copy[below(length)] ^= (unsigned char)(1 + below(255));
    redis_file_put(name, (redis_address)copy, length);
    host_may_exit();
    free(copy);
}

static void other_call(void) {
    switch (below(13)) {
    case 0: redis_set_clock(redis_clock() + below(5000000)); break;
    case 1: redis_set_clock(below(UINT32_MAX)); break;
    case 2: redis_set_clock_step(below(20000)); break;
    case 3: redis_set_seed(any_number()); break;
    case 4: change_file(); break;
    case 5: use_file(); break;
    case 6: host_stall(host_any_client(), below(3)); break;
    case 7: host_disconnect(host_any_client()); break;
    case 8:
        redis_set_clock(redis_next_timer());
        host_tick();
        break;
    case 9: host_tick(); break;
    case 10: use_other_call(); break;
    default: host_connect();
    }
}

static void round_of_life(void) {
    switch (below(20)) {
    case 0:
        mail_post();
        request(commands_slow_script);
        break;
    case 1:
        if (below(3) == 0) request(commands_garbage);
        else if (below(8) == 0) request(commands_replica);
        break;
    case 2:
    case 3:
    case 4:
    case 5: other_call(); break;
    default:
        if (below(10) == 0) mail_post();
        request(commands_request);
    }
}

static void live(uint64_t seed) {
    chance_seed(seed);
    redis_begin(any_number(), beginning + below(1000000));
    if (below(3) == 0) heap_host_allows(heap_live() + below(16 << 20));
    for (int i = 0; i < 5; i++) host_connect();
    for (int round = 0; round < ROUNDS && host_lives(); round++) round_of_life();
    while (host_lives() && below(2)) request(commands_shutdown);
    forget_files();
}

/* A server that is told nonsense says so in its log and does not start. */
static void refuse(uint64_t seed) {
    static const char *const nonsense[] = {"--port\0none", "--maxmemory\0-1x", "--no-such-option\0yes", "--sentinel\0yes",
                                           "--cluster-enabled\0maybe", "--io-threads\0" "1000", "--save\0x y", "--user\0bad +nosuch", "--include\0/nowhere"};
    chance_seed(seed);
    const char *options = nonsense[below(sizeof nonsense / sizeof *nonsense)];
    size_t first = strlen(options) + 1;
    int32_t code = start(options, first + strlen(options + first) + 1);
    if (code <= 0 || redis_exit_code() != code) fprintf(stderr, "drive: %s %s: %d\n", options, options + first, code);
    require(code > 0 && redis_exit_code() == code, "nonsense was taken for options");
    require(((const struct redis_log *)redis_log())->written > 0, "there is no reason in the log");
}

/* In a copy of this process. */
static void in_copy(void work(uint64_t seed), uint64_t seed, uint64_t which) {
    fflush(NULL);
    pid_t child = fork();
    require(child >= 0, "no process for a life");
    if (child == 0) {
        /* Where Redis prints what DEBUG is asked for. */
        require(freopen("/dev/null", "w", stdout) != NULL, "no /dev/null");
        work(seed * 1000 + which);
        /* Where Redis was left in the middle, what it held is held by nobody. */
        if (!host_lives() || redis_exit_code() >= 0) _exit(0);
        exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
    fprintf(stderr, "drive: seed %llu, life %llu: ended with %d\n", (unsigned long long)seed, (unsigned long long)which, status);
    exit(1);
}

static int32_t start_well(void) {
    char options[200];
    /* From where Redis has hardly room to where the end is reached rarely. */
    uint32_t memory = (12 + below(90)) << 20;
    int length = snprintf(options, sizeof options, "--wasm-memory%c%u%c--wasm-memory-reserve%c%u%c--maxclients%c%d%c--hz%c%u", 0,
                          memory, 0, 0, below(2 * memory), 0, 0, MOST_CLIENTS, 0, 0, 1 + below(100)) + 1;
    return start(options, (size_t)length);
}

int main(int argc, char **argv) {
    uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    tally = mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    chance_seed(seed);
    for (int round = 0; round < PURE_ROUNDS; round++) use_pure_functions();
    in_copy(refuse, seed, 0);
    require(redis_abi() == REDIS_WASM_ABI && start_well() == 0, "Redis has not started");
    for (uint64_t life = 1; life <= LIVES; life++) in_copy(live, seed, life);
    printf("drive: seed %llu: %d lives, %llu calls with %llu bytes, %llu answers (%llu errors), %llu looks, %llu mails taken, "
           "%llu clients closed, ended %llu times by shutting down, %llu by the memory's end, %llu by an assertion\n",
           (unsigned long long)seed, LIVES, (unsigned long long)tally->calls, (unsigned long long)tally->bytes,
           (unsigned long long)tally->answered, (unsigned long long)tally->errors, (unsigned long long)tally->looks,
           (unsigned long long)tally->mail, (unsigned long long)tally->closed, (unsigned long long)tally->shut_down,
           (unsigned long long)tally->out_of_memory, (unsigned long long)tally->trapped);
    require(tally->answered > 1000 && tally->mail > 0 && tally->looks > 0, "too little was done");
    return 0;
}
