// A Decaton processor's side of the contract: the host calls run for every task, run takes it by poll_task.
#ifndef TASK_H
#define TASK_H

#include <stdint.h>
#include <string.h>

#define TASK_BYTES (1024 * 1024)

__attribute__((import_module("decaton"), import_name("poll_task"))) int32_t poll_task(int64_t address, int32_t capacity);

static char task[TASK_BYTES + 1];

// Takes the task. Traps when there is none or it does not fit: the host gives it to whom comes next.
static void take_task(void) {
    int32_t length = poll_task((int64_t)(uintptr_t)task, TASK_BYTES);
    if (length < 0) {
        __builtin_trap();
    }
    task[length] = 0;
}

// The text of a member of the task, which is a flat JSON object, with escapes of one character undone, in place. Traps
// where it is none.
static char *member(const char *name) {
    size_t length = strlen(name);
    for (char *at = strchr(task, '"'); at; at = strchr(at + 1, '"')) {
        if (strncmp(at + 1, name, length) != 0 || at[1 + length] != '"') {
            continue;
        }
        char *from = at + 2 + length;
        from += strspn(from, " \t\r\n");
        if (*from++ != ':') {
            continue;
        }
        from += strspn(from, " \t\r\n");
        if (*from++ != '"') {
            break;
        }
        char *text = from;
        for (char *to = text; *from; from++) {
            if (*from == '"') {
                *to = 0;
                return text;
            }
            if (*from == '\\') {
                from++;
            }
            *to++ = *from;
        }
        break;
    }
    __builtin_trap();
}

#endif
