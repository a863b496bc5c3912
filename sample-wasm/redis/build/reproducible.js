#!/usr/bin/env node
// Builds the module a second time, in another folder, from another copy of the source, with nothing cached, and compares
// the bytes with those in target/: `node sample-wasm/redis/build/reproducible.js`. Takes as long as a build.
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const { run } = require('./run');
const { findSource } = require('./source');

const project = path.resolve(__dirname, '../..');
const results = 'target/classes/dev/wasmscope/redis';

function main() {
  const source = findSource(path.join(project, 'target/redis'));
  if (source.missing) {
    throw new Error(source.missing);
  }
  const elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), 'redis-again-'));
  try {
    const copy = path.join(elsewhere, 'a/longer/path');
    for (const part of ['redis', 'package.json', 'package-lock.json']) {
      fs.cpSync(path.join(project, part), path.join(copy, part), { recursive: true });
    }
    fs.symlinkSync(path.join(project, 'node_modules'), path.join(copy, 'node_modules'));
    fs.cpSync(source.folder, path.join(elsewhere, 'source'), { recursive: true });
    const environment = { REDIS_SRC: path.join(elsewhere, 'source'), XDG_CACHE_HOME: path.join(elsewhere, 'cache') };
    run(process.execPath, [path.join(copy, 'redis/build/main.js')], { env: { ...process.env, ...environment } });
    for (const name of ['redis.wasm', 'redis-legacy.wasm']) {
      const [first, second] = [project, copy].map((folder) => fs.readFileSync(path.join(folder, results, name)));
      if (!first.equals(second)) {
        throw new Error(`${name} differs: ${first.length} and ${second.length} bytes`);
      }
    }
  } finally {
    fs.rmSync(elsewhere, { recursive: true, force: true });
  }
}

try {
  main();
  console.log('redis: two builds are the same bytes');
} catch (error) {
  console.error(`redis: ${error.message}`);
  process.exit(1);
}
