/* What a message of 16 bytes takes through a pair of rings and back, both sides spinning, beside the floor that the
 * machine sets: a cache line from one processor to another and back.
 * ring [A B]: two processors, the first and the last unless told. Prints three medians of a round trip in ns, of batches
 * in turns: a cache line; the rings; the rings as both sides use them, who look after each write for a peer that sleeps. */
#define _GNU_SOURCE
#include "ring.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 1000, BATCHES = 2000, MESSAGE = 16, WAYS = 3 };

static _Alignas(128) atomic_uint there;
static _Alignas(128) atomic_uint back;
static struct ring server, client;

static void pin(int processor) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((size_t)processor, &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0) perror("ring: not pinned");
}

static void take(struct ring_end *in, unsigned char *message) {
    for (size_t has = 0; has < MESSAGE;) {
        long more = ring_read(in, message + has, MESSAGE - has);
        if (more < 0) abort();
        has += (size_t)more;
    }
}

static void give(struct ring_end *out, const unsigned char *message, bool wake) {
    for (size_t had = 0; had < MESSAGE;) {
        long more = ring_write(out, message + had, MESSAGE - had);
        if (more < 0) abort();
        had += (size_t)more;
    }
    if (wake) ring_wake_consumer(out);
}

static void *answer(void *processor) {
    pin(*(int *)processor);
    unsigned char message[MESSAGE];
    for (unsigned batch = 0, seen = 0; batch < BATCHES * WAYS; batch++) {
        for (int i = 0; i < BATCH; i++) {
            if (batch % WAYS == 0) {
                seen++;
                while (atomic_load_explicit(&there, memory_order_acquire) != seen) {}
                atomic_store_explicit(&back, seen, memory_order_release);
            } else {
                take(&server.in, message);
                give(&server.out, message, batch % WAYS == 2);
            }
        }
    }
    return NULL;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int count, char **words) {
    int first = count > 2 ? atoi(words[1]) : 0;
    int second = count > 2 ? atoi(words[2]) : (int)sysconf(_SC_NPROCESSORS_ONLN) - 1;
    if (first == second) {
        fputs("ring: this needs two processors\n", stderr);
        return 1;
    }
    char path[64];
    int file = ring_make(&server, 1);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    const char *problem = file < 0 ? "no shared memory" : ring_open(&client, path, RING_SIZE, 1);
    if (problem) {
        fprintf(stderr, "ring: %s\n", problem);
        return 1;
    }
    static double batches[WAYS][BATCHES];
    pthread_t thread;
    if (pthread_create(&thread, NULL, answer, &second) != 0) return 1;
    pin(first);
    unsigned char message[MESSAGE] = "wasmscope's ring";
    for (unsigned batch = 0, sent = 0; batch < BATCHES * WAYS; batch++) {
        uint64_t begun = now_nanos();
        for (int i = 0; i < BATCH; i++) {
            if (batch % WAYS == 0) {
                atomic_store_explicit(&there, ++sent, memory_order_release);
                while (atomic_load_explicit(&back, memory_order_acquire) != sent) {}
            } else {
                give(&client.out, message, batch % WAYS == 2);
                take(&client.in, message);
            }
        }
        batches[batch % WAYS][batch / WAYS] = (double)(now_nanos() - begun) / BATCH;
    }
    pthread_join(thread, NULL);
    for (int way = 0; way < WAYS; way++) {
        qsort(batches[way], BATCHES, sizeof *batches[way], ascending);
        printf("%.1f%c", batches[way][BATCHES / 2], way < WAYS - 1 ? ' ' : '\n');
    }
    return 0;
}
