#!/usr/bin/env node
// Builds Redis as one WebAssembly module. In target/classes/dev/wasmscope/redis: redis.wasm, redis-legacy.wasm (the same
// with the older encoding of exceptions), redis-LICENSE.txt, and redis.json, which says what is there.
//
// Does nothing when no input changed, and takes a module that this machine has built before from the user's cache.
// Where a compiler or Redis's source is missing, the module is left out: redis.json says what to install.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const { compileAll } = require('./compile');
const { linkModule } = require('./link');
const { findSource, redisVersion } = require('./source');
const { inputHash, cacheFolder, sha256File, trimCache } = require('./inputs');
const { findTools, installOptimizer } = require('./tools');
const { say } = require('./say');

const project = path.resolve(__dirname, '../..');
const work = path.join(project, 'target/redis');
const out = path.join(project, 'target/classes/dev/wasmscope/redis');
const modules = ['redis.wasm', 'redis-legacy.wasm'];
const stamp = path.join(work, 'stamp');

function describe(facts) {
  fs.mkdirSync(out, { recursive: true });
  fs.writeFileSync(path.join(out, 'redis.json'), `${JSON.stringify({ redis: redisVersion, ...facts }, null, 2)}\n`);
}

function leaveOut(reason, install) {
  fs.rmSync(out, { recursive: true, force: true });
  fs.rmSync(stamp, { force: true });
  describe({ modules: [], reason, install });
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
  linkModule(tools, objects, ...modules.map((name) => path.join(work, name)));
  say(`built in ${((Date.now() - start) / 1000).toFixed(1)} s`);
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
  if (modules.every((name) => fs.existsSync(path.join(out, name))) && fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hash) {
    return;
  }
  const cached = path.join(cacheFolder(), hash.slice(0, 32));
  if (!modules.every((name) => fs.existsSync(path.join(cached, name)))) {
    await build(tools, source);
    modules.forEach((name) => put(path.join(work, name), path.join(cached, name)));
    trimCache();
  }
  modules.forEach((name) => put(path.join(cached, name), path.join(out, name)));
  put(path.join(source.folder, 'COPYING'), path.join(out, 'redis-LICENSE.txt'));
  const hashes = Object.fromEntries(modules.map((name) => [name, sha256File(path.join(out, name))]));
  describe({ modules, sha256: hashes, inputs: hash });
  fs.writeFileSync(stamp, hash);
}

main().catch((error) => {
  console.error(`redis: ${error.message}`);
  process.exit(1);
});
