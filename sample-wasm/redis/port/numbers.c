/* Numbers from and to text. wasi-libc computes both in software, with floats of 128 bits, which takes it a microsecond or
 * more; most numbers are short and need none of that. What is not goes the long way: the results are the same. */
#include "port.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Up to this many digits an integer is exact in a double, and so is the power of ten that they may have to be divided by:
 * one rounding, which is the right one (W. D. Clinger, How to Read Floating Point Numbers Accurately, 1990). */
enum { EXACT_DIGITS = 15 };

static const double powers[EXACT_DIGITS + 1] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

double port_strtod(const char *text, char **end);
int port_number_text(char *to, const char *format, ...);

/* In place of strtod: [-]digits[.digits] at once. */
double port_strtod(const char *text, char **end) {
    bool negative = *text == '-';
    const char *at = text + negative;
    int64_t value = 0;
    int digits = 0, fraction = 0;
    for (bool point = false;; at++) {
        if (*at >= '0' && *at <= '9') {
            if (++digits > EXACT_DIGITS) return strtod(text, end);
            value = 10 * value + (*at - '0');
            fraction += point;
        } else if (*at == '.' && !point) point = true;
        else break;
    }
    /* An exponent, hexadecimal, infinity, blanks in front, nothing. */
    if (digits == 0 || (*at | 0x20) == 'e' || (*at | 0x20) == 'x') return strtod(text, end);
    if (end) *end = (char *)at;
    double number = (double)value / powers[fraction];
    return negative ? -number : number;
}

/* In place of sprintf where Lua makes a string of a number. */
int port_number_text(char *to, const char *format, ...) {
    va_list rest;
    va_start(rest, format);
    double number = va_arg(rest, double);
    va_end(rest);
    if (strcmp(format, "%.14g") != 0 || !(fabs(number) < 1e14) || number != (double)(int64_t)number ||
        (number == 0 && signbit(number)))
        return sprintf(to, format, number);
    char reversed[EXACT_DIGITS];
    int count = 0, length = 0;
    int64_t left = (int64_t)fabs(number);
    do {
        reversed[count++] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (number < 0) to[length++] = '-';
    while (count > 0) to[length++] = reversed[--count];
    to[length] = 0;
    return length;
}
