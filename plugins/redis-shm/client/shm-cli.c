/* redis-cli's latency modes and single commands, over shared memory.
 *
 *     shm-cli [-s ADDRESS] [--wait adaptive|spin|park | --socket] COMMAND [ARGUMENT...]
 *     shm-cli [...] --latency | --latency-history [-i SECONDS] [--rate PER_SECOND] [--samples N]
 *
 * Ends with 0, with 1 when an answer was an error or there is no server, with 2 for options that it does not know, and
 * with 3 when the connection was lost.
 */
#define _GNU_SOURCE
#include "wasmscope_shm.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

struct options {
    const char *address;
    enum shm_wait wait;
    bool latency;
    bool history;
    double interval;
    /* 0: as fast as it goes. redis-cli sends a hundred a second. */
    double rate;
    long samples;
};

#define LOST 3

static int usage(void) {
    fputs("Usage: shm-cli [-s HOST:PORT|PATH] [--wait adaptive|spin|park | --socket] COMMAND [ARGUMENT...]\n"
          "       shm-cli [...] --latency|--latency-history [-i SECONDS] [--rate PER_SECOND, 0 for no pause] "
          "[--samples N]\n",
          stderr);
    return 2;
}

/* By the errno of a command that failed. */
static int lost(const char *address, int problem) {
    fprintf(stderr, "shm-cli: the connection to %s is lost: %s\n", address,
            problem == EPIPE     ? "the server has gone"
            : problem == EBADMSG ? "the server has written a position into its ring that cannot be"
            : problem == EPROTO  ? "the server spoke nonsense"
                                 : strerror(problem));
    return LOST;
}

static int print_reply(const char *reply, long length) {
    fwrite(reply, 1, (size_t)length, stdout);
    return reply[0] == '-' ? 1 : 0;
}

static double now_micros(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static int compare(const void *one, const void *other) {
    float a = *(const float *)one, b = *(const float *)other;
    return a < b ? -1 : a > b;
}

static void print_window(float *micros, size_t count, double seconds) {
    if (count == 0) {
        return;
    }
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += micros[i];
    }
    qsort(micros, count, sizeof *micros, compare);
    /* In milliseconds, as redis-cli says it; the median as well, which one slow sample does not move. */
    printf("min: %.4f, max: %.4f, avg: %.4f, median: %.4f ms (%zu samples) -- %.2f seconds\n", micros[0] / 1e3,
           micros[count - 1] / 1e3, sum / (double)count / 1e3, micros[count / 2] / 1e3, count, seconds);
    fflush(stdout);
}

#define MOST_SAMPLES 4000000

static int latency(struct shm_client *client, const struct options *options) {
    static const char *const words[] = {"PING"};
    static const size_t lengths[] = {4};
    float *micros = malloc(MOST_SAMPLES * sizeof *micros);
    if (micros == NULL) {
        fputs("shm-cli: there is no memory for the samples\n", stderr);
        return 1;
    }
    size_t count = 0;
    double begin = now_micros();
    for (long sample = 0; options->samples == 0 || sample < options->samples; sample++) {
        const char *reply;
        double sent = now_micros();
        if (shm_command(client, 1, words, lengths, &reply) < 0) {
            int result = lost(options->address, errno);
            free(micros);
            return result;
        }
        double now = now_micros();
        micros[count++] = (float)(now - sent);
        if (options->rate > 0) {
            double pause = sent + 1e6 / options->rate - now;
            if (pause > 0) {
                struct timespec nap = {(time_t)(pause / 1e6), (long)((pause - 1e6 * (double)(long)(pause / 1e6)) * 1e3)};
                nanosleep(&nap, NULL);
            }
        }
        if ((options->history && now - begin >= options->interval * 1e6) || count == MOST_SAMPLES) {
            print_window(micros, count, (now - begin) / 1e6);
            count = 0;
            begin = now_micros();
        }
    }
    print_window(micros, count, (now_micros() - begin) / 1e6);
    free(micros);
    return 0;
}

static int command(struct shm_client *client, const char *address, int count, char **words) {
    size_t *lengths = calloc((size_t)count, sizeof *lengths);
    if (lengths == NULL) {
        return 1;
    }
    for (int i = 0; i < count; i++) {
        lengths[i] = strlen(words[i]);
    }
    const char *reply;
    long length = shm_command(client, count, (const char *const *)words, lengths, &reply);
    free(lengths);
    if (length < 0) {
        return lost(address, errno);
    }
    return print_reply(reply, length);
}

/* What has been read and not yet been a line. */
struct input {
    char *data;
    size_t room;
    size_t length;
    size_t taken;
};

/* Waits for more, and for the server's end. 1, 0 at the end of the input, or -1 with errno set. */
static int read_more(struct input *input, int server) {
    if (input->taken > 0) {
        memmove(input->data, input->data + input->taken, input->length - input->taken);
        input->length -= input->taken;
        input->taken = 0;
    }
    if (input->room - input->length < 2) {
        char *larger = realloc(input->data, 2 * input->room + 4096);
        if (larger == NULL) {
            return -1;
        }
        input->data = larger;
        input->room = 2 * input->room + 4096;
    }
    struct pollfd ends[] = {{STDIN_FILENO, POLLIN, 0}, {server, POLLRDHUP, 0}};
    while (poll(ends, 2, -1) < 0) {
        if (errno != EINTR) {
            return -1;
        }
    }
    if (ends[0].revents == 0) {
        errno = EPIPE;
        return -1;
    }
    ssize_t got = read(STDIN_FILENO, input->data + input->length, input->room - input->length - 1);
    input->length += got > 0 ? (size_t)got : 0;
    return got > 0 ? 1 : (int)got;
}

/* The next line without its end, or NULL: errno is 0 at the end of the input. */
static char *next_line(struct input *input, int server) {
    for (;;) {
        char *line = input->data + input->taken;
        size_t left = input->length - input->taken;
        char *end = left > 0 ? memchr(line, '\n', left) : NULL;
        if (end != NULL) {
            *end = '\0';
            input->taken += (size_t)(end - line) + 1;
            return line;
        }
        int more = read_more(input, server);
        if (more <= 0) {
            errno = more < 0 ? errno : 0;
            left = input->length - input->taken;
            if (more < 0 || left == 0) {
                return NULL;
            }
            input->data[input->length] = '\0';
            input->taken = input->length;
            return input->data;
        }
    }
}

/* One command a line, words between blanks. */
static int commands(struct shm_client *client, const char *address) {
    /* What was answered is told, even should this be killed. */
    setvbuf(stdout, NULL, _IOLBF, 0);
    struct input input = {0};
    int result = 0;
    char *line;
    bool quit = false;
    while (result != LOST && !quit && (line = next_line(&input, shm_descriptor(client))) != NULL) {
        char *words[1024], *rest = NULL;
        int count = 0;
        for (char *word = strtok_r(line, " \r", &rest); word != NULL && count < 1024;
             word = strtok_r(NULL, " \r", &rest)) {
            words[count++] = word;
        }
        if (count > 0) {
            int one = command(client, address, count, words);
            result = one > result ? one : result;
            quit = strcasecmp(words[0], "quit") == 0;
        }
    }
    if (result != LOST && !quit && errno != 0) {
        result = lost(address, errno);
    }
    free(input.data);
    return result;
}

static bool wait_of(const char *text, enum shm_wait *wait) {
    static const char *const names[] = {"adaptive", "spin", "park"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(text, names[i]) == 0) {
            *wait = (enum shm_wait)i;
            return true;
        }
    }
    return false;
}

/* The first word that is no option; -1 for nonsense. */
static int read_options(struct options *options, int count, char **words) {
    int at = 1;
    for (; at < count && words[at][0] == '-'; at++) {
        const char *value = at + 1 < count ? words[at + 1] : NULL;
        if (strcmp(words[at], "--latency") == 0) {
            options->latency = true;
            continue;
        }
        if (strcmp(words[at], "--latency-history") == 0) {
            options->latency = options->history = true;
            continue;
        }
        if (strcmp(words[at], "--socket") == 0) {
            options->wait = SHM_NEVER;
            continue;
        }
        if (value == NULL) {
            return -1;
        }
        if (strcmp(words[at], "-s") == 0) {
            options->address = value;
        } else if (strcmp(words[at], "-i") == 0) {
            options->interval = strtod(value, NULL);
        } else if (strcmp(words[at], "--rate") == 0) {
            options->rate = strtod(value, NULL);
        } else if (strcmp(words[at], "--samples") == 0) {
            options->samples = strtol(value, NULL, 10);
        } else if (strcmp(words[at], "--wait") != 0 || !wait_of(value, &options->wait)) {
            return -1;
        }
        at++;
    }
    return options->interval > 0 && options->rate >= 0 && options->samples >= 0 ? at : -1;
}

int main(int count, char **words) {
    struct options options = {"127.0.0.1:6379", SHM_ADAPTIVE, false, false, 15, 100, 0};
    int at = read_options(&options, count, words);
    if (at < 0 || (options.latency && at < count)) {
        return usage();
    }
    struct shm_client *client = shm_connect(options.address, options.wait);
    if (client == NULL) {
        fprintf(stderr, "shm-cli: no server at %s: %s\n", options.address, strerror(errno));
        return 1;
    }
    if (shm_refusal(client) != NULL && options.wait != SHM_NEVER) {
        fprintf(stderr, "shm-cli: over the socket, as %s\n", shm_refusal(client));
    }
    int result = options.latency ? latency(client, &options)
                 : at < count    ? command(client, options.address, count - at, words + at)
                                 : commands(client, options.address);
    shm_close(client);
    return result;
}
