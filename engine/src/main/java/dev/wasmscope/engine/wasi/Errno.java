package dev.wasmscope.engine.wasi;

/// Error numbers of WASI preview 1 that sockets answer with.
enum Errno {
    SUCCESS(0),
    ACCES(2),
    ADDRINUSE(3),
    ADDRNOTAVAIL(4),
    AFNOSUPPORT(5),
    AGAIN(6),
    ALREADY(7),
    BADF(8),
    CONNREFUSED(14),
    CONNRESET(15),
    FAULT(21),
    HOSTUNREACH(23),
    INPROGRESS(26),
    INVAL(28),
    IO(29),
    ISCONN(30),
    MFILE(33),
    NETUNREACH(40),
    NOENT(44),
    NOPROTOOPT(50),
    NOTCONN(53),
    NOTSUP(58),
    PIPE(64),
    PROTONOSUPPORT(66),
    SPIPE(70),
    TIMEDOUT(73);

    private final int code;

    Errno(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
