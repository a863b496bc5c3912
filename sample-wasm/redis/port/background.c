/* In place of bio.c: without threads each background job is done at once. */
#include "server.h"
#include "bio.h"

enum { MOST_ARGUMENTS = 8 };

void bioInit(void) {}

void bioKillThreads(void) {}

unsigned long long bioPendingJobsOfType(int type) {
    (void)type;
    return 0;
}

unsigned long long bioWaitStepOfType(int type) {
    (void)type;
    return 0;
}

void bioCreateCloseJob(int fd, int need_fsync) {
    if (need_fsync) redis_fsync(fd);
    close(fd);
}

void bioCreateFsyncJob(int fd) { redis_fsync(fd); }

void bioCreateLazyFreeJob(lazy_free_fn free_fn, int arg_count, ...) {
    void *args[MOST_ARGUMENTS] = {0};
    va_list list;
    va_start(list, arg_count);
    for (int i = 0; i < arg_count && i < MOST_ARGUMENTS; i++) args[i] = va_arg(list, void *);
    va_end(list);
    free_fn(args);
}
