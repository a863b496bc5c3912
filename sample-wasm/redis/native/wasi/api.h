/* wasi-libc's declarations for a native build. Its checks of a 32-bit layout are left out, and what fails does so with the
 * numbers of this machine's errno.h. */
#ifndef NATIVE_WASI_API_H
#define NATIVE_WASI_API_H
#pragma GCC system_header

#include <errno.h>

#define __wasi__ 1
#define __wasm32__ 1
#define _Static_assert(...) struct port_unchecked
#include PORT_WASI_API
#undef _Static_assert
#undef __wasi__
#undef __wasm32__

#undef __WASI_ERRNO_AGAIN
#undef __WASI_ERRNO_BADF
#undef __WASI_ERRNO_EXIST
#undef __WASI_ERRNO_FBIG
#undef __WASI_ERRNO_INVAL
#undef __WASI_ERRNO_ISDIR
#undef __WASI_ERRNO_NOENT
#undef __WASI_ERRNO_NOMEM
#undef __WASI_ERRNO_NOSPC
#undef __WASI_ERRNO_NOTDIR
#undef __WASI_ERRNO_NOTSUP
#undef __WASI_ERRNO_SPIPE
#define __WASI_ERRNO_AGAIN EAGAIN
#define __WASI_ERRNO_BADF EBADF
#define __WASI_ERRNO_EXIST EEXIST
#define __WASI_ERRNO_FBIG EFBIG
#define __WASI_ERRNO_INVAL EINVAL
#define __WASI_ERRNO_ISDIR EISDIR
#define __WASI_ERRNO_NOENT ENOENT
#define __WASI_ERRNO_NOMEM ENOMEM
#define __WASI_ERRNO_NOSPC ENOSPC
#define __WASI_ERRNO_NOTDIR ENOTDIR
#define __WASI_ERRNO_NOTSUP ENOTSUP
#define __WASI_ERRNO_SPIPE ESPIPE

#endif
