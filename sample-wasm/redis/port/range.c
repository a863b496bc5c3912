/* LRANGE's reply, a listpack at a time. Redis asks its list for one element after the other, and adds each to the reply:
 * a dozen calls for a few bytes, which was most of the time of a long range. */
#include "port.h"
#include "server.h"

#include "listpack.h"

#include <string.h>

enum {
    STAGE = 4096,
    /* Longer ones gain nothing. */
    SHORT_STRING = 63,
    /* "$", up to two digits, two line ends. */
    AROUND = 7,
    /* So many bytes leave room for none. */
    FULL = STAGE - SHORT_STRING - AROUND
};

/* What of a reply has not been added yet. */
struct stage {
    client *c;
    size_t length;
    char bytes[STAGE];
};

void port_lrange_command(client *c);

static void flush(struct stage *stage) {
    if (stage->length > 0) addReplyProto(stage->c, stage->bytes, stage->length);
    stage->length = 0;
}

/* By few and wide moves: what it costs is the number of them. */
static void copy(char *to, const unsigned char *from, size_t length) {
    if (length >= 8) {
        for (size_t at = 0; at + 8 < length; at += 8) __builtin_memcpy(to + at, from + at, 8);
        __builtin_memcpy(to + length - 8, from + length - 8, 8);
    } else if (length >= 4) {
        __builtin_memcpy(to, from, 4);
        __builtin_memcpy(to + length - 4, from + length - 4, 4);
    } else if (length >= 2) {
        __builtin_memcpy(to, from, 2);
        __builtin_memcpy(to + length - 2, from + length - 2, 2);
    } else if (length > 0) {
        *to = (char)*from;
    }
}

/* A bulk string. Returns where the next one goes. */
static char *put(char *to, const unsigned char *value, size_t length) {
    char head[4] = {'$', (char)('0' + length), '\r', '\n'};
    if (length > 9) {
        *to++ = '$';
        head[0] = (char)('0' + length / 10);
        head[1] = (char)('0' + length % 10);
    }
    __builtin_memcpy(to, head, 4);
    copy(to + 4, value, length);
    __builtin_memcpy(to + 4 + length, "\r\n", 2);
    return to + 4 + length + 2;
}

static void add(struct stage *stage, const unsigned char *value, size_t length) {
    if (length > SHORT_STRING) {
        flush(stage);
        addReplyBulkCBuffer(stage->c, value, length);
        return;
    }
    if (stage->length > FULL) flush(stage);
    stage->length = (size_t)(put(stage->bytes + stage->length, value, length) - stage->bytes);
}

static void add_value(struct stage *stage, unsigned char *at) {
    unsigned int length = 0;
    long long number = 0;
    char digits[LONG_STR_SIZE];
    unsigned char *value = lpGetValue(at, &length, &number);
    if (value) add(stage, value, length);
    else add(stage, (unsigned char *)digits, (size_t)ll2string(digits, sizeof digits, number));
}

/* Adds short strings from `at` on, at most `most`: two bits, six of the length, the bytes, the entry's size in one byte.
 * Returns how many; `*last` and `*next` are the last of them and what comes then. */
static long add_short(struct stage *stage, unsigned char *at, const unsigned char *end, long most, unsigned char **last,
                      unsigned char **next) {
    char *to = stage->bytes + stage->length;
    long added = 0;
    for (; added < most && (*at & 0xC0) == 0x80; added++) {
        size_t length = *at & 0x3F;
        serverAssert(at + length + 2 <= end);
        if (to > stage->bytes + FULL) {
            stage->length = (size_t)(to - stage->bytes);
            flush(stage);
            to = stage->bytes;
        }
        to = put(to, at + 1, length);
        *last = at;
        at += length + 2;
    }
    stage->length = (size_t)(to - stage->bytes);
    *next = at;
    return added;
}

/* Adds at most `most` elements from `*at` on. Returns how many; `*at` is the last of them. */
static long add_listpack(struct stage *stage, unsigned char *listpack, unsigned char **at, long most) {
    const unsigned char *end = listpack + lpBytes(listpack) - 1;
    unsigned char *next = *at;
    long added = 0;
    while (added < most && next && next != end) {
        long some = add_short(stage, next, end, most - added, at, &next);
        added += some;
        if (some == 0) {
            *at = next;
            add_value(stage, next);
            next = lpNext(listpack, next);
            added++;
        }
    }
    return added;
}

static void reply(client *c, quicklist *list, long start, long count) {
    struct stage stage;
    stage.c = c;
    stage.length = 0;
    addReplyArrayLen(c, count);
    quicklistIter *iter = quicklistGetIteratorAtIdx(list, AL_START_HEAD, start);
    while (count > 0) {
        quicklistEntry entry;
        serverAssert(quicklistNext(iter, &entry)); /* fails on corrupt data */
        if (QL_NODE_IS_PLAIN(entry.node)) {
            add(&stage, entry.value, entry.sz);
            count--;
            continue;
        }
        long added = add_listpack(&stage, entry.node->entry, &iter->zi, count);
        iter->offset += added - 1;
        count -= added;
    }
    quicklistReleaseIterator(iter);
    flush(&stage);
}

/* In place of lrangeCommand, in the table of commands: the same bytes. */
void port_lrange_command(client *c) {
    long start, end;
    if (getLongFromObjectOrReply(c, c->argv[2], &start, NULL) != C_OK ||
        getLongFromObjectOrReply(c, c->argv[3], &end, NULL) != C_OK)
        return;
    robj *list = lookupKeyReadOrReply(c, c->argv[1], shared.emptyarray);
    if (!list || checkType(c, list, OBJ_LIST)) return;
    long length = (long)listTypeLength(list);
    if (start < 0) start += length;
    if (end < 0) end += length;
    if (start < 0) start = 0;
    if (end >= length) end = length - 1;
    if (start > end) addReply(c, shared.emptyarray);
    else reply(c, list->ptr, start, end - start + 1);
}
