#define _GNU_SOURCE
#include "poller.h"

#include "turns.h"

#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define MOST_RINGS 64
/* At once, by the kernel: its own limit. */
#define MOST_WORDS 128
/* In one go, so that one client's pipeline does not hold up the others, nor Redis. */
#define MOST_REQUESTS 64
#define LOOKS 64
#define WARM_EVERY 1024
#define LOOK_AROUND_NANOS 100000000
#define LOOK_AT_UNWATCHED_NANOS 1000000
#define PARK_NANOS 50000

#ifndef SYS_futex_waitv
#define SYS_futex_waitv 449
#endif

struct watched {
    uint64_t value;
    uint64_t address;
    uint32_t flags;
    uint32_t reserved;
};
#define WATCHED_32_BITS 2

static pthread_t thread;
static bool started;
static atomic_bool stopping;
static RedisModuleCtx *context;
static enum wait_strategy strategy;
/* Wakes the thread from within this process: RING_FUTEX while it sleeps. */
static _Atomic uint32_t own_word;

/* Changed with Redis's lock held only; read by the thread, which takes new ones over when it is told. */
static struct session *rings[MOST_RINGS];
static int ring_count;
static atomic_bool changed;

/* For keeping the way of a request warm; made when that is wanted first. */
static struct session *warm;
static struct ring warm_client;

/* The thread's own copy. */
static struct session *served[MOST_RINGS];
static int served_count;

static void wake_thread(void) {
    if (atomic_exchange(&own_word, RING_AWAKE) == RING_FUTEX) {
        ring_wake(&own_word);
    }
}

bool poller_may_add(uint64_t client) {
    for (int i = 0; i < ring_count; i++) {
        if (rings[i]->client == client) {
            return false;
        }
    }
    return ring_count < MOST_RINGS;
}

void poller_add(struct session *session) {
    rings[ring_count++] = session;
    atomic_store(&changed, true);
    wake_thread();
}

void poller_client_gone(uint64_t client) {
    for (int i = 0; i < ring_count; i++) {
        if (rings[i]->client == client) {
            atomic_store(&rings[i]->gone, true);
            wake_thread();
        }
    }
}

int poller_rings(void) {
    return ring_count;
}

/* ---- the thread ---- */

static bool ended(const struct session *session) {
    return session->broken != NULL || atomic_load_explicit(&session->gone, memory_order_relaxed);
}

/* Takes over what came, and lets go of what went. */
static void refresh(void) {
    turns_lock();
    int kept = 0;
    for (int i = 0; i < ring_count; i++) {
        if (!ended(rings[i])) {
            rings[kept++] = rings[i];
            continue;
        }
        if (rings[i]->broken != NULL) {
            RedisModule_Log(context, "warning", "The ring of client %llu is closed: %s.",
                            (unsigned long long)rings[i]->client, rings[i]->broken);
        }
        session_free(rings[i]);
    }
    ring_count = kept;
    atomic_store(&changed, false);
    memcpy(served, rings, sizeof rings[0] * (size_t)ring_count);
    served_count = ring_count;
    turns_unlock();
}

static void run_all(void) {
    turns_lock();
    /* While clients are paused nothing may be written; Redis knows whom else it makes wait, but does not tell. */
    bool held = RedisModule_AvoidReplicaTraffic() != 0;
    enum effect most = EFFECT_NONE;
    for (int i = 0; i < served_count; i++) {
        enum effect effect = session_run(served[i], context, MOST_REQUESTS, held);
        most = effect > most ? effect : most;
    }
    enum keep keep = most == EFFECT_NONE ? KEEP_NOWHERE : turns_due(most);
    turns_unlock();
    turns_keep(keep);
}

/* By Redis's thread, while the other one waits for the lock: what it would do, without Redis. */
static void serve_busy(void) {
    for (int i = 0; i < ring_count; i++) {
        if (!ended(rings[i])) {
            session_take(rings[i]);
            session_run(rings[i], context, MOST_REQUESTS, true);
            session_flush(rings[i]);
        }
    }
}

/* Returns whether there was anything. */
static bool serve(void) {
    bool found = false, waiting = false, lost = atomic_load_explicit(&changed, memory_order_relaxed);
    for (int i = 0; i < served_count; i++) {
        found |= session_take(served[i]);
        waiting |= served[i]->whole;
        lost |= ended(served[i]);
    }
    if (waiting) {
        run_all();
    }
    turns_remind(false);
    /* Outside the lock: a slow reader must not hold up Redis. */
    for (int i = 0; i < served_count; i++) {
        found |= session_flush(served[i]);
        lost |= ended(served[i]);
    }
    if (lost) {
        refresh();
    }
    return found;
}

static void say(bool sleeping) {
    for (int i = 0; i < served_count; i++) {
        struct session *session = served[i];
        atomic_store(&session->ring.in.control->consumer_waiting, sleeping ? RING_FUTEX : RING_AWAKE);
        bool full = session->out.length > session->sent;
        atomic_store(&session->ring.out.control->producer_waiting, sleeping && full ? RING_FUTEX : RING_AWAKE);
    }
}

static void watch(struct watched *watched, _Atomic uint32_t *word) {
    *watched = (struct watched){RING_FUTEX, (uint64_t)(uintptr_t)word, WATCHED_32_BITS, 0};
}

static void doze(long nanos) {
    struct timespec time = {0, nanos};
    nanosleep(&time, NULL);
}

/* Until one of the words changes; at most 100 ms. With every ring in use and their readers all slow there is a word too
 * many: the ring of the last is looked at more often. */
static void sleep_on_words(void) {
    struct watched words[MOST_WORDS];
    unsigned count = 0;
    long nanos = LOOK_AROUND_NANOS;
    watch(&words[count++], &own_word);
    for (int i = 0; i < served_count; i++) {
        watch(&words[count++], &served[i]->ring.in.control->consumer_waiting);
    }
    for (int i = 0; i < served_count; i++) {
        if (served[i]->out.length > served[i]->sent) {
            if (count == MOST_WORDS) {
                nanos = LOOK_AT_UNWATCHED_NANOS;
                break;
            }
            watch(&words[count++], &served[i]->ring.out.control->producer_waiting);
        }
    }
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += nanos;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    if (syscall(SYS_futex_waitv, words, count, 0, &until, CLOCK_MONOTONIC) < 0 && errno == ENOSYS) {
        /* Before Linux 5.16 one can watch one word only: look now and then instead. */
        doze(PARK_NANOS);
    }
}

static void sleep_until_woken(void) {
    turns_remind(true);
    atomic_store(&own_word, RING_FUTEX);
    say(true);
    atomic_thread_fence(memory_order_seq_cst);
    /* What came before they could know that this sleeps. */
    if (!atomic_load(&stopping) && !atomic_load(&changed) && !serve()) {
        sleep_on_words();
    }
    say(false);
    atomic_store(&own_word, RING_AWAKE);
}

/* Between slow requests the way of a request goes cold, from the ring through Redis and back: a harmless one that takes
 * all of it keeps the code warm, and a look at one client after the other its memory. Only while nobody sleeps. */
static void keep_warm(void) {
    static const char request[] = "*2\r\n$4\r\nECHO\r\n$4\r\nwarm\r\n";
    static unsigned turn;
    if (served_count > 0) {
        session_keep_near(served[turn++ % (unsigned)served_count]);
    }
    char answer[64];
    if (RedisModule_ThreadSafeContextTryLock(context) != REDISMODULE_OK) {
        return;
    }
    if (warm == NULL) {
        warm = session_own(&warm_client);
    }
    if (warm != NULL && warm->broken == NULL) {
        ring_write(&warm_client.out, request, sizeof request - 1);
        session_take(warm);
        session_run(warm, context, MOST_REQUESTS, false);
    }
    RedisModule_ThreadSafeContextUnlock(context);
    if (warm != NULL) {
        session_flush(warm);
        ring_read(&warm_client.in, answer, sizeof answer);
    }
}

/* Returns whether there was something before the budget was spent. */
static bool spin(struct spin_budget *budget, uint64_t begin) {
    for (unsigned round = 1; !atomic_load_explicit(&stopping, memory_order_relaxed); round++) {
        for (int i = 0; i < LOOKS; i++) {
            if (serve()) {
                spin_hit(budget);
                return true;
            }
            cpu_relax();
        }
        if (strategy != WAIT_SPIN && now_nanos() - begin > budget->nanos) {
            break;
        }
        if (round % (WARM_EVERY / LOOKS) == 0) {
            keep_warm();
        }
    }
    return false;
}

static void *serve_all(void *unused) {
    (void)unused;
    prctl(PR_SET_NAME, "shm-rings");
    struct spin_budget budget = SPIN_BUDGET_FIRST;
    while (!atomic_load(&stopping)) {
        if (serve()) {
            continue;
        }
        uint64_t begin = now_nanos();
        if (strategy == WAIT_PARK && served_count > 0) {
            doze(PARK_NANOS);
        } else if (served_count == 0 || !spin(&budget, begin)) {
            sleep_until_woken();
            spin_slept(&budget, now_nanos() - begin);
        }
    }
    return NULL;
}

int poller_start(RedisModuleCtx *ctx, enum wait_strategy how) {
    context = RedisModule_GetDetachedThreadSafeContext(ctx);
    if (turns_begin(ctx, context, serve_busy) != REDISMODULE_OK) {
        return ENOTSUP;
    }
    strategy = how;
    atomic_store(&stopping, false);
    int problem = pthread_create(&thread, NULL, serve_all, NULL);
    started = problem == 0;
    return problem;
}

void poller_stop(void) {
    if (!started) {
        return;
    }
    atomic_store(&stopping, true);
    wake_thread();
    pthread_join(thread, NULL);
    started = false;
    if (warm != NULL) {
        session_free(warm);
        warm = NULL;
    }
    RedisModule_FreeThreadSafeContext(context);
}
