package dev.wasmscope.engine.wasi;

/// Error numbers of WASI preview 1 that files and sockets answer with.
enum Errno {
    SUCCESS(0),
    TOOBIG(1),
    ACCES(2),
    ADDRINUSE(3),
    ADDRNOTAVAIL(4),
    AFNOSUPPORT(5),
    AGAIN(6),
    ALREADY(7),
    BADF(8),
    BUSY(10),
    CHILD(12),
    CONNREFUSED(14),
    CONNRESET(15),
    DEADLK(16),
    DOM(18),
    DQUOT(19),
    EXIST(20),
    FAULT(21),
    FBIG(22),
    HOSTUNREACH(23),
    INPROGRESS(26),
    INTR(27),
    INVAL(28),
    IO(29),
    ISCONN(30),
    ISDIR(31),
    LOOP(32),
    MFILE(33),
    MLINK(34),
    NAMETOOLONG(37),
    NETUNREACH(40),
    NFILE(41),
    NODEV(43),
    NOENT(44),
    NOEXEC(45),
    NOLCK(46),
    NOMEM(48),
    NOPROTOOPT(50),
    NOSPC(51),
    NOSYS(52),
    NOTCONN(53),
    NOTDIR(54),
    NOTEMPTY(55),
    NOTSUP(58),
    NOTTY(59),
    NXIO(60),
    OVERFLOW(61),
    PERM(63),
    PIPE(64),
    PROTONOSUPPORT(66),
    RANGE(68),
    ROFS(69),
    SPIPE(70),
    SRCH(71),
    STALE(72),
    TIMEDOUT(73),
    TXTBSY(74),
    XDEV(75),
    NOTCAPABLE(76);

    private final int code;

    Errno(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
