// The processor of the article "Adding experimental WebAssembly support to Decaton": appends the message of every task
// to /messages. Tasks are like {"message":"Hello"}.
#include <stdio.h>
#include <stdlib.h>

#include "task.h"

__attribute__((export_name("run"))) void run(void) {
    take_task();
    const char *message = member("message");
    FILE *file = fopen("/messages", "a");
    if (!file || fputs(message, file) < 0 || fputc('\n', file) < 0 || fclose(file) != 0) {
        perror("/messages");
        abort();
    }
}
