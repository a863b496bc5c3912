#!/usr/bin/env node
// Builds Redis and the port layer for this machine, with the address sanitizer; the port's files with the undefined-behaviour
// sanitizer, too: `node sample-wasm/redis/native/build.js`. The program is target/redis/native/drive. Needs gcc, and
// wasi-libc's headers.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const { compileAll } = require('../build/compile');
const { run } = require('../build/run');
const { findSource } = require('../build/source');

const here = __dirname;
const work = path.resolve(here, '../../target/redis');
const wasi = '/usr/include/wasm32-wasi/wasi/api.h';

const sanitized = ['-g1', '-O1', '-fno-omit-frame-pointer', '-fno-pie', '-fsanitize=address'];
const ours = [
  ...['-Wall', '-Wextra', '-Werror', '-Wno-attributes', '-Wno-nonnull-compare', '-g'],
  ...['-fsanitize=undefined', '-fno-sanitize-recover=all', `-I${here}`, `-DPORT_WASI_API="${wasi}"`],
];
const common = ['-std=gnu11', '-D_GNU_SOURCE', '-D_FILE_OFFSET_BITS=64', ...sanitized];

/// What the files of ../build/units.js are compiled for here. Redis is told of no Linux, as in the module: its own ways
/// around libc would lead past the port layer.
const machine = {
  compiler: 'gcc',
  common: [...common, '-U__linux__', '-U__linux', '-Ulinux'],
  compat: [
    ...['-include', path.join(here, 'names.h'), `-I${here}`],
    ...['-idirafter', path.resolve(here, '../include')],
  ],
  strict: ours,
  whole: [],
  jumps: [],
  // The sanitizer's own copies see more; the port's are tried beside them.
  copies: ['memcpy', 'memmove', 'memset'].map((name) => `-D${name}=guest_${name}`),
  assembly: { files: [], flags: [] },
  // WebAssembly's exceptions; natively setjmp is libc's.
  leftOut: ['jump'],
  headers: ['names.h', 'guest.h', 'heap.h', 'compat.h', 'wasi/api.h'].map((name) => path.join(here, name)),
};

async function main() {
  if (!fs.existsSync(wasi)) {
    throw new Error(`${wasi} is missing: apt-get install wasi-libc`);
  }
  fs.mkdirSync(work, { recursive: true });
  const source = findSource(work);
  if (source.missing) {
    throw new Error(source.missing);
  }
  const gcc = run('gcc', ['--version']).split('\n')[0];
  const objects = await compileAll({ versions: { gcc } }, source, path.join(work, 'native/objects'), machine);
  const own = fs.readdirSync(here).filter((file) => file.endsWith('.c'));
  const drive = path.join(work, 'native/drive');
  const includes = [`-I${path.resolve(here, '../port')}`];
  run('gcc', [...common, ...ours, ...includes, '-no-pie', ...own, ...objects, '-lm', '-o', drive], { cwd: here });
}

main().catch((error) => {
  console.error(`native redis: ${error.message}`);
  process.exit(1);
});
