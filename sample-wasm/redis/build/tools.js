// The compilers, their versions, and what to install where one is missing.
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const { run } = require('./run');
const { say } = require('./say');

const library = '/usr/lib/wasm32-wasi';
const builtins = '/usr/lib/llvm-19/lib/clang/19/lib/wasi/libclang_rt.builtins-wasm32.a';
const project = path.resolve(__dirname, '../..');
const optimizer = path.join(project, 'node_modules/binaryen');

function version(program) {
  const result = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return result.status === 0 ? result.stdout.split('\n')[0] : undefined;
}

/// By the lock file, unless that was done before.
exports.installOptimizer = () => {
  const wanted = JSON.parse(fs.readFileSync(path.join(project, 'package.json'), 'utf8')).dependencies.binaryen;
  const facts = path.join(optimizer, 'package.json');
  if (fs.existsSync(facts) && JSON.parse(fs.readFileSync(facts, 'utf8')).version === wanted) {
    return;
  }
  say('fetching npm packages');
  run('npm', ['ci', '--prefer-offline', '--loglevel=error'], { cwd: project });
};

exports.findTools = () => {
  const clang = version('clang-19');
  const linker = version('wasm-ld-19');
  const missing = [
    [clang, 'clang-19'],
    [linker, 'lld-19'],
    [fs.existsSync(path.join(library, 'libc.a')), 'wasi-libc'],
    [fs.existsSync(builtins), 'libclang-rt-19-dev-wasm32'],
  ]
    .filter(([found]) => !found)
    .map(([, name]) => name);
  return { missing, versions: { clang, linker }, library, builtins, optimizer: path.join(optimizer, 'bin/wasm-opt') };
};
