// Compiles every unit, as many at once as there are processors. An object is named by the hash of what decides it, and
// one that is there is not made again.
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const { files, hashFolder, sha256 } = require('./inputs');
const { start } = require('./run');
const targets = require('./units');

const here = path.resolve(__dirname, '..');

/// Runs the work of all items, `width` at a time; the first failure stops it.
async function inParallel(items, width, work) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item; item = queue.shift()) {
      await work(item).catch((error) => {
        queue.length = 0;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
}

/// The object files, in the order in which they are to be linked.
exports.compileAll = async (tools, source, folder, target = targets.webAssembly) => {
  fs.mkdirSync(folder, { recursive: true });
  const headersOfTarget = (target.headers ?? []).map((file) => fs.readFileSync(file));
  const include = hashFolder(path.join(here, 'include'));
  const original = sha256(JSON.stringify(tools.versions), source.hash, include, ...headersOfTarget);
  const headersOfPort = files(path.join(here, 'port')).filter((file) => file.endsWith('.h'));
  const port = sha256(original, ...headersOfPort.map((file) => fs.readFileSync(file)));
  const all = targets.units(source, target).map((unit) => {
    const text = fs.readFileSync(path.join(unit.folder, unit.file));
    const hash = sha256(unit.name.startsWith('port-') ? port : original, JSON.stringify(unit.flags), text);
    return { ...unit, object: path.join(folder, `${unit.name}-${hash.slice(0, 16)}.o`) };
  });
  const wanted = new Set(all.map((unit) => path.basename(unit.object)));
  for (const file of fs.readdirSync(folder)) {
    if (!wanted.has(file)) {
      fs.rmSync(path.join(folder, file));
    }
  }
  // The largest first: nobody waits for it at the end.
  const size = (unit) => fs.statSync(path.join(unit.folder, unit.file)).size;
  const stale = all.filter((unit) => !fs.existsSync(unit.object)).sort((a, b) => size(b) - size(a));
  await inParallel(stale, os.availableParallelism(), async ({ folder: cwd, file, flags, object }) => {
    await start(target.compiler, [...flags, '-c', file, '-o', `${object}.part`], { cwd });
    fs.renameSync(`${object}.part`, object);
  });
  return all.map((unit) => unit.object);
};
