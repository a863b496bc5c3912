/* How long a cache line takes from one processor to another and back: the floor of every ring in shared memory.
 * cacheline [A B]: two processors, the first and the last unless told. Prints the median of a round trip in ns. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define BATCH 1000
#define BATCHES 2000

static _Alignas(128) atomic_uint there;
static _Alignas(128) atomic_uint back;

static void pin(int processor) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((size_t)processor, &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0) perror("cacheline: not pinned");
}

static void *answer(void *processor) {
    pin(*(int *)processor);
    for (unsigned i = 1; i <= BATCH * BATCHES; i++) {
        while (atomic_load_explicit(&there, memory_order_acquire) != i) {}
        atomic_store_explicit(&back, i, memory_order_release);
    }
    return NULL;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int count, char **words) {
    int first = count > 2 ? atoi(words[1]) : 0;
    int second = count > 2 ? atoi(words[2]) : (int)sysconf(_SC_NPROCESSORS_ONLN) - 1;
    static double batches[BATCHES];
    pthread_t thread;
    if (first == second) {
        fputs("cacheline: this needs two processors\n", stderr);
        return 1;
    }
    if (pthread_create(&thread, NULL, answer, &second) != 0) return 1;
    pin(first);
    unsigned i = 0;
    for (int batch = 0; batch < BATCHES; batch++) {
        double begun = now();
        for (unsigned end = i + BATCH; i < end;) {
            i++;
            atomic_store_explicit(&there, i, memory_order_release);
            while (atomic_load_explicit(&back, memory_order_acquire) != i) {}
        }
        batches[batch] = (now() - begun) / BATCH;
    }
    pthread_join(thread, NULL);
    qsort(batches, BATCHES, sizeof *batches, ascending);
    printf("%.1f\n", batches[BATCHES / 2]);
    return 0;
}
