package dev.wasmscope.engine.wasi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What the arguments of a WASI preview 1 function are, after the `wasi_snapshot_preview1` witx.
///
/// @param moved which of the parameters says how many bytes were moved; -1 where none does
record WasiSignature(String function, List<Parameter> parameters, int moved) {
    /// `name:kind` is read before the call, `name>kind` after a call that succeeded. A star marks the number of bytes
    /// that were moved. Sockets beyond preview 1 are WasmEdge's.
    private static final Map<String, List<WasiSignature>> KNOWN =
            """
            args_get argv>arguments argv_buf>place
            args_sizes_get argc>u32 argv_buf_size>u32
            environ_get environ>environment environ_buf>place
            environ_sizes_get environc>u32 environ_buf_size>u32
            clock_res_get id:clock resolution>u64
            clock_time_get id:clock precision:u64 time>u64
            fd_advise fd:fd offset:u64 len:u64 advice:advice
            fd_allocate fd:fd offset:u64 len:u64
            fd_close fd:fd
            fd_datasync fd:fd
            fd_fdstat_get fd:fd stat>fdstat
            fd_fdstat_set_flags fd:fd flags:fdflags
            fd_fdstat_set_rights fd:fd rights:rights inheriting:rights
            fd_filestat_get fd:fd stat>filestat
            fd_filestat_set_size fd:fd size:u64
            fd_filestat_set_times fd:fd atim:u64 mtim:u64 flags:timeflags
            fd_pread fd:fd iovs>buffers offset:u64 nread>*u32
            fd_prestat_get fd:fd prestat>prestat
            fd_prestat_dir_name fd:fd path>*text
            fd_pwrite fd:fd iovs:buffers offset:u64 nwritten>*u32
            fd_read fd:fd iovs>buffers nread>*u32
            fd_readdir fd:fd buf>bytes cookie:u64 bufused>*u32
            fd_renumber fd:fd to:fd
            fd_seek fd:fd offset:s64 whence:whence newoffset>u64
            fd_sync fd:fd
            fd_tell fd:fd offset>u64
            fd_write fd:fd iovs:buffers nwritten>*u32
            path_create_directory fd:fd path:text
            path_filestat_get fd:fd lookup:lookup path:text stat>filestat
            path_filestat_set_times fd:fd lookup:lookup path:text atim:u64 mtim:u64 flags:timeflags
            path_link old_fd:fd lookup:lookup old_path:text new_fd:fd new_path:text
            path_open fd:fd lookup:lookup path:text oflags:oflags rights:rights inheriting:rights flags:fdflags opened>fd
            path_readlink fd:fd path:text buf>bytes bufused>*u32
            path_remove_directory fd:fd path:text
            path_rename fd:fd old_path:text new_fd:fd new_path:text
            path_symlink old_path:text fd:fd new_path:text
            path_unlink_file fd:fd path:text
            poll_oneoff in:subscriptions out>events nsubscriptions:u32 nevents>u32
            proc_exit code:u32
            proc_raise signal:signal
            random_get buf>*bytes
            sched_yield
            sock_accept fd:fd flags:fdflags accepted>fd
            sock_accept fd:fd accepted>fd
            sock_recv fd:fd data>buffers flags:receiveflags datalen>*u32 outflags>u16
            sock_send fd:fd data:buffers flags:u32 datalen>*u32
            sock_shutdown fd:fd how:shutdownflags
            sock_open family:family type:sockettype opened>fd
            sock_bind fd:fd addr:address port:u32
            sock_listen fd:fd backlog:u32
            sock_connect fd:fd addr:address port:u32
            sock_getaddrinfo node:text service:text hints:u32 results:u32 max:u32 count>u32
            sock_getlocaladdr fd:fd addr>address type>u32 port>u32
            sock_getpeeraddr fd:fd addr>address type>u32 port>u32
            sock_getsockopt fd:fd level:u32 name:socketoption value>u32 size>u32
            sock_setsockopt fd:fd level:u32 name:socketoption value:u32 size:u32
            adapter_open_badfd opened>fd
            adapter_close_badfd fd:fd
            """.lines().map(WasiSignature::parse).collect(Collectors.groupingBy(WasiSignature::function));

    /// @param out read after the call
    /// @param at index of its first raw argument
    record Parameter(String name, Kind kind, boolean out, int at) {}

    enum Kind {
        U16,
        U32,
        U64,
        S64,
        FD,
        CLOCK,
        WHENCE,
        ADVICE,
        SIGNAL,
        FDFLAGS,
        OFLAGS,
        LOOKUP,
        TIMEFLAGS,
        SHUTDOWNFLAGS,
        RECEIVEFLAGS,
        RIGHTS,
        FAMILY,
        SOCKETTYPE,
        SOCKETOPTION,
        ADDRESS,
        TEXT,
        BYTES,
        BUFFERS,
        ARGUMENTS,
        ENVIRONMENT,
        PLACE,
        FDSTAT,
        FILESTAT,
        PRESTAT,
        SUBSCRIPTIONS,
        EVENTS;

        /// Raw arguments it takes: a pointer and its length are two.
        int width() {
            return switch (this) {
                case TEXT, BYTES, BUFFERS -> 2;
                default -> 1;
            };
        }
    }

    /// Bytes behind a pointer to one, where it is no list.
    static int bytes(Kind kind) {
        return switch (kind) {
            case U16 -> 2;
            case U32, FD -> 4;
            case U64, PRESTAT -> 8;
            case FDSTAT -> 24;
            case FILESTAT -> 64;
            default -> 0;
        };
    }

    /// Raw arguments of a call.
    int width() {
        return parameters.stream().mapToInt(p -> p.kind.width()).sum();
    }

    /// @param width raw arguments of a function that is not known: they become plain numbers
    static WasiSignature of(String function, int width) {
        for (var known : KNOWN.getOrDefault(function, List.of())) {
            if (known.width() == width) {
                return known;
            }
        }
        var plain = new ArrayList<Parameter>();
        for (int i = 0; i < width; i++) {
            plain.add(new Parameter("arg" + i, Kind.U64, false, i));
        }
        return new WasiSignature(function, List.copyOf(plain), -1);
    }

    static boolean knows(String function) {
        return KNOWN.containsKey(function);
    }

    private static WasiSignature parse(String line) {
        var words = List.of(line.split(" "));
        var parameters = new ArrayList<Parameter>();
        var moved = -1;
        var at = 0;
        for (var word : words.subList(1, words.size())) {
            var out = word.contains(">");
            var parts = word.split("[:>]", 2);
            if (parts[1].startsWith("*")) {
                moved = parameters.size();
            }
            var kind = Kind.valueOf(parts[1].replace("*", "").toUpperCase(Locale.ROOT));
            parameters.add(new Parameter(parts[0], kind, out, at));
            at += kind.width();
        }
        return new WasiSignature(words.getFirst(), List.copyOf(parameters), moved);
    }
}
