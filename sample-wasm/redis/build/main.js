#!/usr/bin/env node
// Builds Redis as one WebAssembly module: target/classes/dev/wasmscope/redis/{redis.wasm,redis-LICENSE.txt,redis.json}.
//
// Does nothing when no input changed, and takes a module that this machine has built before from the user's cache.
// Where a compiler or Redis's source is missing, the module is left out: redis.json says what to install.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const { compileAll } = require('./compile');
const { linkModule } = require('./link');
const { findSource, redisVersion } = require('./source');
const { inputHash, cacheFolder } = require('./inputs');
const { findTools, installOptimizer } = require('./tools');
const { say } = require('./say');

const project = path.resolve(__dirname, '../..');
const work = path.join(project, 'target/redis');
const out = path.join(project, 'target/classes/dev/wasmscope/redis');
const stamp = path.join(work, 'stamp');

function describe(facts) {
  fs.mkdirSync(out, { recursive: true });
  fs.writeFileSync(path.join(out, 'redis.json'), `${JSON.stringify({ redis: redisVersion, ...facts }, null, 2)}\n`);
}

function leaveOut(reason, install) {
  fs.rmSync(out, { recursive: true, force: true });
  fs.rmSync(stamp, { force: true });
  describe({ module: null, reason, install });
  say(`left out: ${reason}${install.length > 0 ? `; to have it: apt-get install ${install.join(' ')}` : ''}`);
}

/// Writes through a temporary name, since several builds may share the cache.
function put(from, to) {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  const temporary = `${to}.${process.pid}`;
  fs.copyFileSync(from, temporary);
  fs.renameSync(temporary, to);
}

async function build(tools, source) {
  installOptimizer();
  const start = Date.now();
  const objects = await compileAll(tools, source, path.join(work, 'objects'));
  const module = path.join(work, 'redis.wasm');
  linkModule(tools, objects, module);
  say(`built in ${((Date.now() - start) / 1000).toFixed(1)} s, ${fs.statSync(module).size} bytes`);
  return module;
}

async function main() {
  fs.mkdirSync(work, { recursive: true });
  const tools = findTools();
  if (tools.missing.length > 0) {
    leaveOut('compilers are missing', tools.missing);
    return;
  }
  const source = findSource(work);
  if (source.missing) {
    leaveOut(source.missing, []);
    return;
  }
  const hash = inputHash(tools, source);
  const module = path.join(out, 'redis.wasm');
  if (fs.existsSync(module) && fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hash) {
    return;
  }
  const cached = path.join(cacheFolder(), `redis-${hash.slice(0, 32)}.wasm`);
  if (!fs.existsSync(cached)) {
    put(await build(tools, source), cached);
  }
  put(cached, module);
  put(path.join(source.folder, 'COPYING'), path.join(out, 'redis-LICENSE.txt'));
  describe({ module: 'redis.wasm', inputs: hash });
  fs.writeFileSync(stamp, hash);
}

main().catch((error) => {
  console.error(`redis: ${error.message}`);
  process.exit(1);
});
