#include "commands.h"

#include "chance.h"
#include "vocabulary.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ARGUMENTS = 400 };

struct text {
    char *bytes;
    size_t length, capacity;
};

static void add(struct text *to, const void *bytes, size_t length) {
    if (to->capacity - to->length < length) {
        to->capacity = 2 * to->capacity + length + 64;
        to->bytes = realloc(to->bytes, to->capacity);
    }
    if (length > 0) memcpy(to->bytes + to->length, bytes, length);
    to->length += length;
}

static void add_format(struct text *to, const char *format, ...) {
    char line[300];
    va_list rest;
    va_start(rest, format);
    int length = vsnprintf(line, sizeof line, format, rest);
    va_end(rest);
    add(to, line, (size_t)length);
}

/* Arguments */

static void add_value(struct text *to) {
    uint32_t kind = below(20);
    if (kind < 6) add_format(to, "%u", below(kind < 3 ? 100 : 1u << 30));
    else if (kind < 10) add_format(to, "value-%u", below(1000));
    else if (kind == 10) return;
    else {
        uint32_t length = below(50) ? below(kind < 17 ? 80 : 2000) : below(300000);
        unsigned char byte = (unsigned char)below(256);
        for (uint32_t i = 0; i < length; i++) {
            if (kind & 1) byte = (unsigned char)below(256);
            add(to, &byte, 1);
        }
    }
}

static void add_integer(struct text *to) {
    static const char *const edges[] = {"0",           "-1",          "2147483647",           "2147483648",           "4294967295",
                                        "-2147483648", "4294967296",  "9223372036854775807",  "-9223372036854775808", "9223372036854775808",
                                        "268435456",   "1e3",         "18446744073709551615", "-0",                   "007"};
    if (below(8) == 0) add_format(to, "%s", edges[below(sizeof edges / sizeof *edges)]);
    else add_format(to, "%d", (int)below(below(2) ? 20 : 2000) - (int)below(10));
}

static void add_float(struct text *to) {
    static const char *const edges[] = {"inf", "-inf", "nan", "1e308", "-1e-320", "0x1p3", "3.0000000000000000001", "(1", "+inf"};
    if (below(6) == 0) add_format(to, "%s", edges[below(sizeof edges / sizeof *edges)]);
    else add_format(to, "%.*f", (int)below(12), (double)below(100000) / (below(300) + 1) - below(200));
}

static void add_stream_id(struct text *to) {
    static const char *const special[] = {"*", "$", ">", "-", "+", "0", "0-0", "1-*", "18446744073709551615-18446744073709551615"};
    if (below(2)) add_format(to, "%s", special[below(sizeof special / sizeof *special)]);
    else add_format(to, "%u-%u", below(50), below(5));
}

static void add_key(struct text *to, char kind) {
    if (kind == 'k' || below(12) == 0) kind = "slhtzxgpb"[below(9)];
    add_format(to, "%c%u", kind, below(4));
}

/* What a word of vocabulary.c with a % stands for. */
static void add_argument(struct text *to, const char *word) {
    if (word[0] != '%') {
        add(to, word, strlen(word));
        return;
    }
    switch (word[1]) {
    case 'v': add_value(to); break;
    case 'i': add_integer(to); break;
    case 'n': add_format(to, "%u", below(8)); break;
    case 'f': add_float(to); break;
    case 'm': add_format(to, "m%u", below(below(3) ? 10 : 600)); break;
    case 'c': add_format(to, "channel-%u", below(4)); break;
    case 'd': add_stream_id(to); break;
    case 'u': {
        const char *script = scripts[below(script_count)];
        add(to, script, strlen(script));
        break;
    }
    case 'y': add_format(to, "%u", below(60)); break;
    default: add_key(to, word[1]);
    }
}

struct arguments {
    struct text each[MOST_ARGUMENTS];
    size_t count;
};

static void fill(struct arguments *to, const char *pattern) {
    while (*pattern && to->count < MOST_ARGUMENTS) {
        char word[64];
        size_t length = strcspn(pattern, " ");
        memcpy(word, pattern, length);
        word[length] = 0;
        pattern += length + (pattern[length] == ' ');
        /* "%m+": several of them. */
        uint32_t times = 1;
        if (length > 2 && word[length - 1] == '+' && word[0] == '%') times = below(40) ? 1 + below(5) : 1 + below(300);
        for (; times > 0 && to->count < MOST_ARGUMENTS; times--) add_argument(&to->each[to->count++], word);
    }
}

/* One too few, one too many, another one. */
static void spoil(struct arguments *all) {
    if (all->count < 2) return;
    size_t at = 1 + below((uint32_t)all->count - 1);
    switch (below(3)) {
    case 0: free(all->each[--all->count].bytes); break;
    case 1:
        if (all->count < MOST_ARGUMENTS) add_value(&all->each[all->count++]);
        break;
    default:
        all->each[at].length = 0;
        add_value(&all->each[at]);
    }
}

static void add_command(struct text *to, const char *pattern) {
    static struct arguments all;
    memset(&all, 0, sizeof all);
    fill(&all, pattern);
    if (below(30) == 0) spoil(&all);
    add_format(to, "*%zu\r\n", all.count);
    for (size_t i = 0; i < all.count; i++) {
        add_format(to, "$%zu\r\n", all.each[i].length);
        add(to, all.each[i].bytes, all.each[i].length);
        add(to, "\r\n", 2);
        free(all.each[i].bytes);
    }
}

static char *finished(const struct text *text, size_t *length) {
    *length = text->length;
    return text->bytes;
}

static void add_script(struct text *to, const char *command, const char *script) {
    add_format(to, "*6\r\n$%zu\r\n%s\r\n$%zu\r\n", strlen(command), command, strlen(script));
    add(to, script, strlen(script));
    add_format(to, "\r\n$1\r\n2\r\n$2\r\ns1\r\n$2\r\nl1\r\n");
    struct text value = {0};
    add_value(&value);
    add_format(to, "$%zu\r\n", value.length);
    add(to, value.bytes, value.length);
    add(to, "\r\n", 2);
    free(value.bytes);
}

static void add_library(struct text *to) {
    const char *code = libraries[below(library_count)];
    add_format(to, "*4\r\n$8\r\nFUNCTION\r\n$4\r\nLOAD\r\n$7\r\nREPLACE\r\n$%zu\r\n", strlen(code));
    add(to, code, strlen(code));
    add(to, "\r\n", 2);
}

static void add_any(struct text *to) {
    uint32_t kind = below(60);
    if (kind < 4) add_script(to, below(5) ? "EVAL" : "EVAL_RO", scripts[below(script_count)]);
    else if (kind == 4) add_library(to);
    else if (kind == 5) add_format(to, "%s\r\n", inline_commands[below(inline_command_count)]);
    else add_command(to, commands[below(command_count)]);
}

char *commands_request(size_t *length) {
    struct text text = {0};
    for (uint32_t n = below(20) ? 1 + below(3) : 1 + below(60); n > 0; n--) add_any(&text);
    return finished(&text, length);
}

char *commands_replica(size_t *length) {
    struct text text = {0};
    static const char *const ways[] = {"SYNC", "PSYNC ? -1", "PSYNC 0123456789012345678901234567890123456789 1"};
    if (below(2)) add_command(&text, "REPLCONF capa eof capa psync2");
    if (below(2)) add_command(&text, "REPLCONF listening-port %n");
    add_command(&text, ways[below(3)]);
    return finished(&text, length);
}

char *commands_slow_script(size_t *length) {
    struct text text = {0};
    add_script(&text, "EVAL", slow_scripts[below(slow_script_count)]);
    while (below(3)) add_any(&text);
    return finished(&text, length);
}

char *commands_while_busy(size_t *length) {
    struct text text = {0};
    if (below(400) == 0) add_command(&text, "SHUTDOWN NOSAVE");
    else if (below(30) == 0) for (int i = 0; i < 4000; i++) add(&text, "PING\r\n", 6); /* more answers than the mailbox holds */
    else if (below(4)) add_command(&text, busy_commands[below(busy_command_count)]);
    else add_any(&text);
    /* Cut somewhere: the rest never comes. */
    if (below(10) == 0) text.length = below((uint32_t)text.length);
    return finished(&text, length);
}

char *commands_garbage(size_t *length) {
    struct text text = {0};
    if (below(2)) {
        add_format(&text, "%s", absurd_requests[below(absurd_request_count)]);
    } else {
        add_any(&text);
        for (uint32_t n = 1 + below(5); n > 0; n--) text.bytes[below((uint32_t)text.length)] = (char)below(256);
    }
    return finished(&text, length);
}

char *commands_shutdown(size_t *length) {
    struct text text = {0};
    add_command(&text, below(2) ? "SHUTDOWN NOSAVE" : "SHUTDOWN SAVE");
    return finished(&text, length);
}
