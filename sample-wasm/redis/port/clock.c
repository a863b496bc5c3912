/* The logical clock: the only time there is. */
#include "port.h"

#include <string.h>
#include <sys/time.h>
#include <time.h>

static uint64_t now_ns, step_ns = 1000;

void port_clock_start(uint64_t us) { now_ns = us * 1000; }

void port_clock_set(uint64_t us) {
    if (us * 1000 > now_ns) now_ns = us * 1000;
}

void port_clock_set_step(uint64_t ns) { step_ns = ns; }

void port_clock_advance(uint64_t ns) { now_ns += ns; }

uint64_t port_clock_peek(void) { return now_ns; }

uint64_t port_clock_look(void) { return now_ns += step_ns; }

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    uint64_t ns = port_clock_look();
    if (now) {
        now->tv_sec = (time_t)(ns / 1000000000);
        now->tv_usec = (suseconds_t)(ns % 1000000000 / 1000);
    }
    if (zone) memset(zone, 0, sizeof(struct timezone)); /* UTC */
    return 0;
}

int clock_gettime(clockid_t id, struct timespec *now) {
    (void)id;
    uint64_t ns = port_clock_look();
    now->tv_sec = (time_t)(ns / 1000000000);
    now->tv_nsec = (long)(ns % 1000000000);
    return 0;
}

void tzset(void) {}
