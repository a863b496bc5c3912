// One hash over everything that decides the module's bytes, and the folder where such modules are kept.
'use strict';

const { createHash } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const here = path.resolve(__dirname, '..');

function files(folder) {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? files(path.join(folder, entry.name)) : [path.join(folder, entry.name)],
    )
    .sort();
}

exports.files = files;

exports.sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(part).update('\0');
  }
  return hash.digest('hex');
};

exports.sha256File = (file) => createHash('sha256').update(fs.readFileSync(file)).digest('hex');

/// Names relative to the folder and contents.
exports.hashFolder = (folder) =>
  exports.sha256(...files(folder).flatMap((file) => [path.relative(folder, file), fs.readFileSync(file)]));

exports.inputHash = (tools, source) =>
  exports.sha256(
    JSON.stringify(tools.versions),
    fs.readFileSync(path.join(tools.library, 'libc.a')),
    fs.readFileSync(tools.builtins),
    fs.readFileSync(path.join(here, '../package-lock.json')),
    source.hash,
    ...['build', 'include', 'port'].map((folder) => exports.hashFolder(path.join(here, folder))),
  );

exports.cacheFolder = () =>
  path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'wasmscope/redis');

/// Forgets all but the newest few of the modules in the cache, which differ by the inputs they were built from.
exports.trimCache = () => {
  const kept = 8;
  fs.readdirSync(exports.cacheFolder(), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(exports.cacheFolder(), entry.name))
    .map((folder) => ({ folder, time: fs.statSync(folder).mtimeMs }))
    .sort((a, b) => b.time - a.time)
    .slice(kept)
    .forEach(({ folder }) => fs.rmSync(folder, { recursive: true, force: true }));
};
