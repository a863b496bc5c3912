package dev.wasmscope.engine.wasi;

/// Error numbers of Linux as WASI has them.
final class LinuxErrno {
    /// By Linux's number, from 0 to 40.
    private static final Errno[] FIRST = {
        Errno.SUCCESS,
        Errno.PERM,
        Errno.NOENT,
        Errno.SRCH,
        Errno.INTR,
        Errno.IO,
        Errno.NXIO,
        Errno.TOOBIG,
        Errno.NOEXEC,
        Errno.BADF,
        Errno.CHILD,
        Errno.AGAIN,
        Errno.NOMEM,
        Errno.ACCES,
        Errno.FAULT,
        Errno.IO,
        Errno.BUSY,
        Errno.EXIST,
        Errno.XDEV,
        Errno.NODEV,
        Errno.NOTDIR,
        Errno.ISDIR,
        Errno.INVAL,
        Errno.NFILE,
        Errno.MFILE,
        Errno.NOTTY,
        Errno.TXTBSY,
        Errno.FBIG,
        Errno.NOSPC,
        Errno.SPIPE,
        Errno.ROFS,
        Errno.MLINK,
        Errno.PIPE,
        Errno.DOM,
        Errno.RANGE,
        Errno.DEADLK,
        Errno.NAMETOOLONG,
        Errno.NOLCK,
        Errno.NOSYS,
        Errno.NOTEMPTY,
        Errno.LOOP
    };

    private LinuxErrno() {}

    private static Errno of(int linux) {
        return switch (linux) {
            case 75 -> Errno.OVERFLOW;
            case 95 -> Errno.NOTSUP;
            case 116 -> Errno.STALE;
            case 122 -> Errno.DQUOT;
            default -> linux < FIRST.length ? FIRST[linux] : Errno.IO;
        };
    }

    /// @param result of [LinuxFiles]
    /// @return it, when it is none of an error
    static int check(int result, String what) throws WasiFailure {
        return (int) check((long) result, what);
    }

    static long check(long result, String what) throws WasiFailure {
        if (result < 0) {
            throw new WasiFailure(of((int) -result), "%s: errno %d of Linux".formatted(what, -result));
        }
        return result;
    }
}
