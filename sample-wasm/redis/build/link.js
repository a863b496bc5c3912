// Objects to modules: wasm-ld called by us (clang's driver runs any wasm-opt on the path), then binaryen.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const { canonical } = require('./canonical');
const { run } = require('./run');

const stackBytes = 4 << 20;
// What Chicory can hold: one page less than 2 GiB.
const mostBytes = 32767 * 65536;
// What binaryen may move into its only caller, in its own units. Redis's start is a chain of such functions; together they
// would be more than a method of the JVM may hold, and Chicory interprets what it cannot compile.
const onlyCaller = ['--one-caller-inline-max-function-size', '2000'];
const emulated = ['signal', 'mman', 'process-clocks', 'getpid'].map((part) => `-lwasi-emulated-${part}`);
const features = [
  ...['exception-handling', 'reference-types', 'bulk-memory', 'mutable-globals', 'sign-ext'],
  ...['nontrapping-float-to-int', 'multivalue'],
].map((feature) => `--enable-${feature}`);

/// Writes `module`, and `legacy`: the same with the older encoding of exceptions, which is all that LLVM 19 writes.
exports.linkModule = (tools, objects, module, legacy) => {
  const linked = path.join(path.dirname(module), 'linked.wasm');
  run('wasm-ld-19', [
    ...['-m', 'wasm32', `-L${tools.library}`, ...objects, '--no-entry', '--gc-sections', '--strip-debug', '--lto-O3'],
    // More than twice LLVM's own measure: what is inlined here keeps its results in locals and asks for no interrupt, which
    // no JIT does with the calls that are left. LRANGE gains a third by it, the module grows by a fifth.
    ...['-mllvm', '-inline-threshold=500'],
    // Below the data, the stack overflows into a trap instead of into variables.
    ...['--stack-first', '-z', `stack-size=${stackBytes}`, `--max-memory=${mostBytes}`],
    ...['--export=port_canonical32', '--export=port_canonical64'],
    ...['-lc-printscan-long-double', ...emulated, '-lm', '-lc', tools.builtins, '-o', linked],
  ]);
  fs.writeFileSync(linked, canonical(fs.readFileSync(linked)));
  const optimize = (...args) => run(process.execPath, [tools.optimizer, ...features, '-g', ...args]);
  optimize('-O3', ...onlyCaller, '--strip-producers', linked, '-o', legacy);
  optimize('--translate-to-exnref', '-O1', legacy, '-o', module);
};
