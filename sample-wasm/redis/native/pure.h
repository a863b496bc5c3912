#ifndef PURE_H
#define PURE_H

#include <stdint.h>

/* A random number below another. */
typedef uint32_t below_t(uint32_t n);

void use_pure_functions(below_t *below);

#endif
