// A WASI command that shows what it was given: arguments, environment, standard input, a file. Its exit code is 0, or
// the number after --exit.
//
//   hello [--exit CODE] [--read FILE] [NAME...]

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

static void greet(int count, char **names) {
    if (count == 0) {
        puts("Hello, world!");
    }
    for (int i = 0; i < count; i++) {
        printf("Hello, %s!\n", names[i]);
    }
}

static void show_environment(void) {
    for (char **variable = environ; variable && *variable; variable++) {
        printf("env %s\n", *variable);
    }
}

static void echo_input(void) {
    char line[4096];
    int number = 0;
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        printf("stdin %d: %s\n", ++number, line);
    }
}

static int show_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "hello: cannot read %s: %s\n", path, strerror(errno));
        return 1;
    }
    printf("file %s:\n", path);
    char bytes[4096];
    size_t length;
    while ((length = fread(bytes, 1, sizeof bytes, file)) > 0) {
        fwrite(bytes, 1, length, stdout);
    }
    fclose(file);
    return 0;
}

int main(int count, char **arguments) {
    int code = 0;
    const char *path = NULL;
    int first = 1;
    while (first + 1 < count) {
        if (strcmp(arguments[first], "--exit") == 0) {
            code = atoi(arguments[first + 1]);
        } else if (strcmp(arguments[first], "--read") == 0) {
            path = arguments[first + 1];
        } else {
            break;
        }
        first += 2;
    }
    greet(count > first ? count - first : 0, arguments + first);
    show_environment();
    echo_input();
    if (path && show_file(path) != 0) {
        return code ? code : 1;
    }
    return code;
}
