/* setjmp and longjmp over WebAssembly's exceptions: the three functions that LLVM's lowering calls. */
#include <setjmp.h>
#include <stdint.h>

/* Number of the first tag; ../port/tag.s is it. */
enum { LONGJMP_TAG = 1 };

typedef __typeof__(((jmp_buf *)0)[0][0]) environment_t;

void __wasm_setjmp(environment_t *environment, uint32_t label, void *function);
uint32_t __wasm_setjmp_test(environment_t *environment, void *function);
_Noreturn void __wasm_longjmp(environment_t *environment, int value);

void __wasm_setjmp(environment_t *environment, uint32_t label, void *function) {
    environment->function = function;
    environment->label = label;
}

/* Which setjmp of the running function is meant; 0: none, it goes on to the caller. */
uint32_t __wasm_setjmp_test(environment_t *environment, void *function) {
    return environment->function == function ? environment->label : 0;
}

void __wasm_longjmp(environment_t *environment, int value) {
    environment->thrown.environment = environment;
    environment->thrown.value = value ? value : 1;
    __builtin_wasm_throw(LONGJMP_TAG, &environment->thrown);
}
