/* What is random in a run, by its seed; and what is required of it. */
#ifndef CHANCE_H
#define CHANCE_H

#include <stdbool.h>
#include <stdint.h>

void chance_seed(uint64_t seed);
uint32_t below(uint32_t n);
uint64_t any_number(void);

void require(bool is, const char *what);

#endif
