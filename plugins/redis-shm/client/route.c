#define _GNU_SOURCE
#include "route.h"

#include "exchange.h"

#include <string.h>

static void lower(const char *word, size_t length, char name[LONGEST_NAME + 3]) {
    size_t kept = length < LONGEST_NAME ? length : LONGEST_NAME;
    name[0] = ' ';
    for (size_t i = 0; i < kept; i++) {
        name[i + 1] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] + 32) : word[i];
    }
    name[kept + 1] = ' ';
    name[kept + 2] = '\0';
}

static bool is(const char *name, const char *word) {
    size_t length = strlen(word);
    return strncmp(name + 1, word, length) == 0 && name[length + 1] == ' ';
}

static bool ring_takes(const struct shm_client *client, const char *name) {
    return client->commands == NULL || is(name, "multi") || is(name, "exec") || is(name, "discard") ||
           strstr(client->commands, name) != NULL;
}

/* The ring takes over the control connection's user, database and protocol, and forgets what it had queued or sent
 * back. One that does not is used no more. */
static int tell_session(struct shm_client *client) {
    static const char two[] = "*2\r\n$11\r\nSHM.SESSION\r\n$1\r\n2\r\n";
    static const char three[] = "*2\r\n$11\r\nSHM.SESSION\r\n$1\r\n3\r\n";
    struct bytes kept = client->reply;
    client->reply = (struct bytes){0};
    long length = exchange(client, RING, client->resp3 ? three : two, sizeof two - 1);
    if (length > 0 && client->reply.data[0] != '+') {
        client->refusal = "the ring does not follow the login";
    }
    bytes_free(&client->reply);
    client->reply = kept;
    return length < 0 ? -1 : 0;
}

static bool changes_session(const char *name) {
    return is(name, "auth") || is(name, "select") || is(name, "hello") || is(name, "reset");
}

static bool is_plain(const char *name) {
    static const char *const others[] = {"multi", "exec", "discard", "watch", "unwatch"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (is(name, others[i])) {
            return false;
        }
    }
    return !changes_session(name);
}

/* Says the transaction again over the socket, because what comes now is not for the ring. */
static int move_transaction(struct shm_client *client) {
    client->multi_path = SOCKET;
    return tell_session(client) != 0
               ? -1
               : exchange_and_drop(client, client->queued.data, client->queued.length, client->queued_count);
}

static int choose(struct shm_client *client, const char *name, enum path *path) {
    if (client->refusal != NULL) {
        *path = SOCKET;
        return 0;
    }
    if (client->multi && client->multi_path == RING && !ring_takes(client, name) && move_transaction(client) != 0) {
        return -1;
    }
    if (client->multi) {
        *path = client->multi_path;
    } else {
        *path = ring_takes(client, name) && !(is(name, "multi") && client->watching) ? RING : SOCKET;
    }
    return 0;
}

static void remember(struct shm_client *client, const char *name, enum path path, bool good) {
    if (is(name, "multi") && good && !client->multi) {
        client->multi = true;
        client->multi_path = path;
        client->queued.length = 0;
        client->queued_count = 0;
    } else if (is(name, "exec") || is(name, "discard") || is(name, "reset")) {
        client->multi = false;
        client->watching = false;
    } else if (is(name, "watch") && good) {
        client->watching = true;
    } else if (is(name, "unwatch") && !client->multi) {
        client->watching = false;
    }
    if (client->multi && good) {
        bytes_add(&client->queued, client->request.data, client->request.length);
        client->queued_count++;
    }
}

/* The server has sent it back, and nothing else is under way. */
static long say_again(struct shm_client *client, const char *name) {
    if (client->multi && is(name, "exec")) {
        if (move_transaction(client) != 0) {
            return -1;
        }
    } else if (tell_session(client) != 0) {
        return -1;
    }
    return exchange(client, SOCKET, client->request.data, client->request.length);
}

long route(struct shm_client *client, int count, const char *const *words, const size_t *lengths) {
    static const char other_path[] = "-SHMPATH";
    char name[LONGEST_NAME + 3];
    enum path path = RING;
    lower(words[0], lengths[0], name);
    /* As before: asked at a slow pace, all the questions below cost more than the answer. */
    bool again = !client->multi && client->refusal == NULL && strcmp(name, client->plain) == 0;
    if (!again && choose(client, name, &path) != 0) {
        return -1;
    }
    long length = exchange(client, path, client->request.data, client->request.length);
    if (length >= (long)sizeof other_path && path == RING &&
        strncmp(client->reply.data, other_path, sizeof other_path - 1) == 0) {
        length = say_again(client, name);
    }
    if (length < 0 || again) {
        return length;
    }
    bool good = client->reply.data[0] != '-';
    remember(client, name, path, good);
    if (is(name, "hello") && count > 1 && good) {
        client->resp3 = words[1][0] == '3';
    } else if (is(name, "reset")) {
        client->resp3 = false;
    }
    if (client->refusal == NULL && client->commands != NULL && good && !client->multi && changes_session(name) &&
        tell_session(client) != 0) {
        return -1;
    }
    if (path == RING && !client->multi && is_plain(name)) {
        memcpy(client->plain, name, sizeof name);
    }
    return length;
}
