// Redis's source, unmodified: a directory of the user's (REDIS_SRC), or upstream's archive out of Debian's source
// package, checked against the hash below and unpacked without Debian's patches.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const { fetchArchive } = require('./debian');
const { cacheFolder, hashFolder, sha256, sha256File } = require('./inputs');
const { run } = require('./run');
const { say } = require('./say');

const redisVersion = '7.0.15';
const archive = `redis_${redisVersion}.orig.tar.gz`;
const archiveHash = '4b1dc4ee6d622a09fff9c6777191209750fb5e5a725ef78ea012d6eef4c22982';

exports.redisVersion = redisVersion;

function givenSource(folder) {
  const header = path.join(folder, 'src/version.h');
  const version = fs.existsSync(header) ? fs.readFileSync(header, 'utf8') : '';
  if (!version.includes(`"${redisVersion}"`)) {
    throw new Error(`REDIS_SRC is ${folder}, which does not hold the source of Redis ${redisVersion}`);
  }
  return { folder, hash: sha256(hashFolder(path.join(folder, 'src')), hashFolder(path.join(folder, 'deps/lua'))) };
}

function hasRightBytes(file) {
  return fs.existsSync(file) && sha256File(file) === archiveHash;
}

/// {folder, hash}, or {missing: sentence}.
exports.findSource = (work) => {
  if (process.env.REDIS_SRC) {
    return givenSource(path.resolve(process.env.REDIS_SRC));
  }
  const kept = path.join(cacheFolder(), archive);
  if (!hasRightBytes(kept)) {
    say(`fetching the source of Redis ${redisVersion}`);
    const fetched = fetchArchive('redis', archive, path.join(work, 'fetch'));
    if (!fetched || !hasRightBytes(fetched)) {
      const why = fetched ? 'is not the archive this build knows' : 'could not be fetched through apt-get';
      return {
        missing: `${archive} ${why}; to have it, set REDIS_SRC to a folder with the source of Redis ${redisVersion}`,
      };
    }
    fs.mkdirSync(path.dirname(kept), { recursive: true });
    fs.renameSync(fetched, `${kept}.${process.pid}`);
    fs.renameSync(`${kept}.${process.pid}`, kept);
  }
  const folder = path.join(work, `redis-${redisVersion}`);
  const mark = path.join(folder, '.unpacked');
  if (!fs.existsSync(mark)) {
    fs.rmSync(folder, { recursive: true, force: true });
    run('tar', ['-xzf', kept, '-C', work]);
    fs.writeFileSync(mark, archiveHash);
  }
  return { folder, hash: archiveHash };
};
