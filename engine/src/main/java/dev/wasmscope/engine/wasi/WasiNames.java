package dev.wasmscope.engine.wasi;

import dev.wasmscope.engine.spi.WasiValue;
import java.util.ArrayList;
import java.util.List;

/// Names of constants, in the order of the `wasi_snapshot_preview1` witx.
final class WasiNames {
    private static final List<String> ERRNO = names("""
            ESUCCESS E2BIG EACCES EADDRINUSE EADDRNOTAVAIL EAFNOSUPPORT EAGAIN EALREADY EBADF EBADMSG EBUSY ECANCELED
            ECHILD ECONNABORTED ECONNREFUSED ECONNRESET EDEADLK EDESTADDRREQ EDOM EDQUOT EEXIST EFAULT EFBIG
            EHOSTUNREACH EIDRM EILSEQ EINPROGRESS EINTR EINVAL EIO EISCONN EISDIR ELOOP EMFILE EMLINK EMSGSIZE
            EMULTIHOP ENAMETOOLONG ENETDOWN ENETRESET ENETUNREACH ENFILE ENOBUFS ENODEV ENOENT ENOEXEC ENOLCK ENOLINK
            ENOMEM ENOMSG ENOPROTOOPT ENOSPC ENOSYS ENOTCONN ENOTDIR ENOTEMPTY ENOTRECOVERABLE ENOTSOCK ENOTSUP
            ENOTTY ENXIO EOVERFLOW EOWNERDEAD EPERM EPIPE EPROTO EPROTONOSUPPORT EPROTOTYPE ERANGE EROFS ESPIPE ESRCH
            ESTALE ETIMEDOUT ETXTBSY EXDEV ENOTCAPABLE""");
    static final List<String> CLOCK = names("realtime monotonic process_cputime thread_cputime");
    static final List<String> WHENCE = names("set cur end");
    static final List<String> ADVICE = names("normal sequential random willneed dontneed noreuse");
    static final List<String> FILE_TYPE = names(
            "unknown block_device character_device directory regular_file socket_dgram socket_stream symbolic_link");
    static final List<String> EVENT = names("clock fd_read fd_write");
    static final List<String> PREOPEN = names("dir");
    static final List<String> SIGNAL = names("""
            none hup int quit ill trap abrt bus fpe kill usr1 segv usr2 pipe alrm term chld cont stop tstp ttin ttou
            urg xcpu xfsz vtalrm prof winch poll pwr sys""");

    static final List<String> FAMILY = names("unspec inet4 inet6");
    static final List<String> SOCKET_TYPE = names("any datagram stream");
    static final List<String> SOCKET_OPTION = names("""
            reuseaddr type error dontroute broadcast sndbuf rcvbuf keepalive oobinline linger rcvlowat rcvtimeo sndtimeo
            acceptconn bindtodevice""");

    static final List<String> FD_FLAGS = names("append dsync nonblock rsync sync");
    static final List<String> OPEN_FLAGS = names("creat directory excl trunc");
    static final List<String> LOOKUP_FLAGS = names("symlink_follow");
    static final List<String> TIME_FLAGS = names("atim atim_now mtim mtim_now");
    static final List<String> SHUTDOWN_FLAGS = names("rd wr");
    static final List<String> RECEIVE_FLAGS = names("peek waitall");
    static final List<String> RIGHTS = names("""
            fd_datasync fd_read fd_seek fd_fdstat_set_flags fd_sync fd_tell fd_write fd_advise fd_allocate
            path_create_directory path_create_file path_link_source path_link_target path_open fd_readdir
            path_readlink path_rename_source path_rename_target path_filestat_get path_filestat_set_size
            path_filestat_set_times fd_filestat_get fd_filestat_set_size fd_filestat_set_times path_symlink
            path_remove_directory path_unlink_file poll_fd_readwrite sock_shutdown sock_accept""");

    private WasiNames() {}

    static String errno(int code) {
        return code >= 0 && code < ERRNO.size() ? ERRNO.get(code) : "errno " + Integer.toUnsignedString(code);
    }

    static WasiValue errnoValue(int code) {
        return new WasiValue.Named(code, errno(code));
    }

    static WasiValue one(List<String> names, long value) {
        return value >= 0 && value < names.size()
                ? new WasiValue.Named(value, names.get((int) value))
                : new WasiValue.Plain(value);
    }

    static WasiValue flags(List<String> names, long value) {
        var set = new ArrayList<String>();
        var rest = value;
        for (int i = 0; i < names.size(); i++) {
            if ((value >>> i & 1) != 0) {
                set.add(names.get(i));
                rest &= ~(1L << i);
            }
        }
        if (rest != 0) {
            set.add("0x" + Long.toHexString(rest));
        }
        return new WasiValue.Flags(value, set);
    }

    private static List<String> names(String text) {
        return List.of(text.split("\\s+"));
    }
}
