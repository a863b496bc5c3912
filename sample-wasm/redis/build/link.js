// Objects to module: wasm-ld called by us (clang's driver runs any wasm-opt on the path), then binaryen.
'use strict';

const path = require('node:path');

const { run } = require('./run');

const stackBytes = 4 << 20;
// What Chicory can hold: one page less than 2 GiB.
const mostBytes = 32767 * 65536;
const emulated = ['signal', 'mman', 'process-clocks', 'getpid'].map((part) => `-lwasi-emulated-${part}`);
const features = [
  ...['exception-handling', 'reference-types', 'bulk-memory', 'mutable-globals', 'sign-ext'],
  ...['nontrapping-float-to-int', 'multivalue'],
].map((feature) => `--enable-${feature}`);

exports.linkModule = (tools, objects, module) => {
  const linked = path.join(path.dirname(module), 'linked.wasm');
  run('wasm-ld-19', [
    ...['-m', 'wasm32', `-L${tools.library}`, ...objects, '--no-entry', '--gc-sections', '--strip-debug'],
    // Below the data, the stack overflows into a trap instead of into variables.
    ...['--stack-first', '-z', `stack-size=${stackBytes}`, `--max-memory=${mostBytes}`],
    ...['-lc-printscan-long-double', ...emulated, '-lm', '-lc', tools.builtins, '-o', linked],
  ]);
  // LLVM 19 writes the older encoding of exceptions, whatever it is told.
  run(process.execPath, [
    ...[tools.optimizer, ...features, '--translate-to-exnref', '-O3', '-g', '--strip-producers'],
    ...[linked, '-o', module],
  ]);
};
