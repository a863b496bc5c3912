/* wasi-libc's declarations for a native build: its checks of a 32-bit layout are left out. */
#pragma GCC system_header
#define _Static_assert(...) struct port_unchecked
#include PORT_WASI_API
#undef _Static_assert
