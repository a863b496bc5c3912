// What is compiled, and how: Redis's server, Lua, hdr_histogram, the port layer.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const here = path.resolve(__dirname, '..');

// As src/Makefile's REDIS_SERVER_OBJ. Left out: bio and sentinel, which ../port replaces.
const server = `
  acl adlist ae anet aof bitops blocked call_reply childinfo cluster commands config connection crc16 crc64 crcspeed db
  debug defrag dict endianconv eval evict expire function_lua functions geo geohash geohash_helper hyperloglog intset
  latency lazyfree listpack localtime lolwut lolwut5 lolwut6 lzf_c lzf_d memtest module monotonic mt19937-64 multi
  networking notify object pqsort pubsub quicklist rand rax rdb redis-check-aof redis-check-rdb release replication
  resp_parser rio script script_lua sds server setcpuaffinity setproctitle sha1 sha256 siphash slowlog sort sparkline
  syncio syscheck t_hash t_list t_set t_stream t_string t_zset timeout tls tracking util ziplist zipmap zmalloc`;

const lua = `
  fpconv lapi lauxlib lbaselib lcode ldblib ldebug ldo ldump lfunc lgc llex lmathlib lmem lobject lopcodes loslib
  lparser lstate lstring lstrlib ltable ltablib ltm lua_bit lua_cjson lua_cmsgpack lua_struct lundump lvm lzio strbuf`;

const names = (list) => list.trim().split(/\s+/);

/// What the module is compiled for. The port layer's other target is this machine: ../native/build.js.
exports.webAssembly = {
  compiler: 'clang-19',
  common: [
    ...['--target=wasm32-wasi', '-O2', '-g0', '-std=gnu11', '-D_GNU_SOURCE'],
    ...['SIGNAL', 'MMAN', 'PROCESS_CLOCKS', 'GETPID'].map((part) => `-D_WASI_EMULATED_${part}`),
  ],
  compat: ['-include', path.join(here, 'include/compat.h'), `-I${path.join(here, 'include')}`],
  // Of the port's own files.
  strict: ['-Wall', '-Wextra', '-Werror'],
  // Redis's files see each other when they are linked: a reply of many elements is a chain of small functions in several files.
  whole: ['-flto'],
  // longjmp in whoever calls setjmp, and in whom it passes through.
  jumps: ['-mllvm', '-wasm-enable-sjlj', '-mexception-handling'],
  // The host's memory.copy is faster than a loop: see ../port/copy.c.
  copies: ['-mbulk-memory'],
  assembly: { files: ['tag', 'canonical'], flags: ['--target=wasm32-wasi', '-mexception-handling'] },
  leftOut: [],
};

const redis = ['-DHAVE_EPOLL', '-DUSE_MALLOC_USABLE_SIZE', '-DREDIS_STATIC='];
// Numbers of everyday size are read and written faster than by wasi-libc: see ../port/numbers.c.
const numbers = ['-Dstrtod=port_strtod'];
// A bulk string is added to a reply at once: see ../port/bulk.c, which needs the original, too.
const bulk = (name) => (name === 'networking' ? [] : ['-DaddReplyBulkCBuffer=port_add_reply_bulk']);
// Where a script may be refused memory: see ../port/scripts.c.
const protectedCalls = ['-Dlua_pcall=port_script_pcall', '-DluaL_loadbuffer=port_script_load'];
const serverFlags = {
  // Redis's own main() does all that comes before the event loop, and comes back.
  server: [
    ...['-Dmain=redis_main', '-DaeMain=port_main_loop', '-DaeDeleteEventLoop=port_main_loop_ended'],
    ...['-include', path.join(here, 'include/fork.h')],
    // What Redis says about the end of its memory takes memory.
    '-Dzmalloc_set_oom_handler=port_set_oom_handler',
  ],
  // Random bytes are port/seed.c's, which can be told another seed.
  util: ['-DgetRandomBytes=redis_random_bytes', '-DgetRandomHexChars=redis_random_hex_chars'],
  // Hash tables are written down, to be seeded anew: port/tables.c.
  dict: ['-DdictCreate=redis_dict_create', '-DdictRelease=redis_dict_release'],
  // Each count hook of a script is a look into the mailbox: see ../port/hooks.c. Each command is asked whether there is
  // memory for it.
  script_lua: [
    ...['-DscriptInterrupt=port_script_interrupt', '-Dlua_sethook=port_script_hook'],
    ...['-DscriptCall=port_script_call', ...protectedCalls],
  ],
  eval: protectedCalls,
  function_lua: ['-Dlua_sethook=port_load_hook', ...protectedCalls],
  multi: ['-Dcall=port_exec_call'],
  // A long range is answered a listpack at a time: see ../port/range.c.
  commands: ['-DlrangeCommand=port_lrange_command'],
  t_list: ['-DquicklistNext=port_quicklist_next'],
};
const luaFlags = {
  // A script may not take the memory that Redis needs for an answer.
  lauxlib: ['-Drealloc=port_script_realloc', '-Dfree=port_script_free'],
  lvm: ['-Dsprintf=port_number_text'],
};
const portFlags = ({ jumps, whole, copies }) => ({ abi: jumps, jump: jumps, bulk: whole, range: whole, steps: whole, copy: copies });

/// Each {name, folder, file, flags}: the compiler runs in the folder, so that no absolute path gets into __FILE__.
exports.units = (source, target = exports.webAssembly) => {
  const { common, compat, whole, jumps, assembly } = target;
  const at = (folder) => path.join(source.folder, folder);
  const headers = ['src', 'deps/lua/src', 'deps/hiredis', 'deps/linenoise', 'deps/hdr_histogram'].map(at);
  const quiet = ['-w', ...compat, ...headers.map((folder) => `-I${folder}`)];
  const strict = [
    ...[...target.strict, ...compat, `-I${path.join(here, 'port')}`],
    ...headers.flatMap((folder) => ['-isystem', folder]),
  ];
  return [
    ...names(server).map((name) => ({
      name,
      folder: at('src'),
      file: `${name}.c`,
      flags: [...common, ...whole, ...redis, ...numbers, ...bulk(name), ...quiet, ...(serverFlags[name] ?? [])],
    })),
    ...names(lua).map((name) => ({
      name: `lua-${name}`,
      folder: at('deps/lua/src'),
      file: `${name}.c`,
      flags: [
        ...[...common, ...redis, ...numbers, ...quiet, ...jumps],
        ...(luaFlags[name] ?? []),
        ...['-DLUA_ANSI', '-DENABLE_CJSON_GLOBAL', '-DLUA_USE_MKSTEMP', '-D__C99FEATURES__=1'],
      ],
    })),
    {
      name: 'hdr_histogram',
      folder: at('deps/hdr_histogram'),
      file: 'hdr_histogram.c',
      flags: [...common, ...quiet, '-DHDR_MALLOC_INCLUDE="hdr_redis_malloc.h"'],
    },
    ...fs
      .readdirSync(path.join(here, 'port'))
      .filter((file) => file.endsWith('.c') && !target.leftOut.includes(path.basename(file, '.c')))
      .sort()
      .map((file) => ({
        name: `port-${path.basename(file, '.c')}`,
        folder: path.join(here, 'port'),
        file,
        flags: [...common, ...redis, ...strict, ...(portFlags(target)[path.basename(file, '.c')] ?? [])],
      })),
    ...assembly.files.map((name) => ({
      name: `port-${name}`,
      folder: path.join(here, 'port'),
      file: `${name}.s`,
      flags: assembly.flags,
    })),
  ];
};
