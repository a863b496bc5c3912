/* wasi-libc has none; LLVM turns calls of these into exceptions that ../port/jump.c throws. */
#ifndef PORT_SETJMP_H
#define PORT_SETJMP_H

typedef struct {
    void *function;
    unsigned label;
    struct {
        void *environment;
        int value;
    } thrown;
} jmp_buf[1];

int setjmp(jmp_buf environment) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf environment, int value);

#endif
