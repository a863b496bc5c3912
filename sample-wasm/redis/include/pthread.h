/* One thread only: locks are taken by nobody else, and creating a thread fails. */
#ifndef PORT_PTHREAD_H
#define PORT_PTHREAD_H

#include <errno.h>
#include <signal.h>
#include <sys/types.h>
#include <time.h>
#define __NEED_pthread_t
#define __NEED_pthread_mutex_t
#define __NEED_pthread_cond_t
#define __NEED_pthread_attr_t
#include <bits/alltypes.h>

#define PTHREAD_MUTEX_INITIALIZER {0}
#define PTHREAD_COND_INITIALIZER {0}
#define PTHREAD_CANCEL_ENABLE 0
#define PTHREAD_CANCEL_ASYNCHRONOUS 1

#define pthread_mutex_init(mutex, attributes) ((void)(mutex), 0)
#define pthread_mutex_destroy(mutex) ((void)(mutex), 0)
#define pthread_mutex_lock(mutex) ((void)(mutex), 0)
#define pthread_mutex_trylock(mutex) ((void)(mutex), 0)
#define pthread_mutex_unlock(mutex) ((void)(mutex), 0)
#define pthread_cond_init(condition, attributes) ((void)(condition), 0)
#define pthread_cond_wait(condition, mutex) ((void)(condition), 0)
#define pthread_cond_signal(condition) ((void)(condition), 0)
#define pthread_cond_broadcast(condition) ((void)(condition), 0)
#define pthread_attr_init(attributes) ((void)(attributes), 0)
#define pthread_attr_getstacksize(attributes, size) (*(size) = 0, 0)
#define pthread_attr_setstacksize(attributes, size) ((void)(size), 0)
#define pthread_create(thread, attributes, start, argument) ((void)(thread), (void)(start), (void)(argument), EAGAIN)
#define pthread_join(thread, result) ((void)(thread), 0)
#define pthread_cancel(thread) ((void)(thread), 0)
#define pthread_kill(thread, signal) ((void)(thread), 0)
#define pthread_detach(thread) ((void)(thread), 0)
#define pthread_self() ((pthread_t)1)
#define pthread_equal(a, b) ((a) == (b))
#define pthread_setcancelstate(state, old) 0
#define pthread_setcanceltype(type, old) 0
#define pthread_sigmask(how, set, old) ((void)(set), 0)
#define pthread_setname_np(thread, name) 0

#endif
