// Redis in Wasm on V8, for `verify`: replays a journal's events that come through standard input, and answers through
// standard output with the outcomes and with hashes of the memory. Run by `node -e`; V8Twin is the other end.
//
// A message is its length (32 bits, little-endian, like all numbers here) and its bytes. The first byte of a request is
// its kind, that of an answer 0 for done or 1 for a failure, whose sentence follows.
'use strict';

const { isMainThread, Worker } = require('node:worker_threads');

function serve() {
  const fs = require('node:fs');
  const { createHash } = require('node:crypto');

  const requestBytes = 64 << 10;
  const outOfMemory = -2;
  // Of struct redis_mailbox, redis_reply and redis_log in redis_wasm.h.
  const mailbox = { in: 0, inCapacity: 4, inLength: 8 };
  const reply = { size: 16, data: 4, length: 8, flags: 12 };

  let compiled;
  let redis;
  let buffer;
  let mail;
  let saved;

  const view = () => new DataView(redis.memory.buffer);
  const bytes = (address, length) => new Uint8Array(redis.memory.buffer, address >>> 0, length);

  function instantiate() {
    redis = new WebAssembly.Instance(compiled, {}).exports;
  }

  // The newer encoding of exceptions where this V8 knows it, else the older one.
  function load(modules) {
    const first = modules.readUInt32LE(0);
    const candidates = [
      ['newer', modules.subarray(4, 4 + first)],
      ['older', modules.subarray(4 + first)],
    ];
    let why;
    for (const [encoding, module] of candidates) {
      try {
        compiled = new WebAssembly.Module(module);
        instantiate();
        const { node, v8 } = process.versions;
        return Buffer.from(`V8 ${v8.split('-')[0]} in node ${node}, exceptions in the ${encoding} encoding`);
      } catch (error) {
        why = error;
      }
    }
    throw why;
  }

  function room(length) {
    const address = redis.redis_alloc(Math.max(1, length));
    if (address === 0) {
      throw new Error(`there is no room for ${length} more bytes`);
    }
    return address;
  }

  function put(address, data) {
    bytes(address, data.length).set(data);
    return address;
  }

  // As a host starts it that keeps initialised memory: RedisInstance.initialise.
  function start(message) {
    const [seed, micros, firstSeed, firstMicros] = [0, 8, 16, 24].map((at) => message.readBigUInt64LE(at));
    const options = message.subarray(32);
    redis.redis_abi();
    redis.redis_timer();
    const address = put(room(options.length), options);
    const code = redis.redis_init(address, options.length, firstSeed, firstMicros);
    redis.redis_free(address);
    if (code !== 0) {
      throw new Error(`Redis ends with code ${code}`);
    }
    buffer = redis.redis_alloc(requestBytes);
    mail = redis.redis_mailbox();
    redis.redis_begin(seed, micros);
    return Buffer.alloc(0);
  }

  const table = Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    }
    return crc;
  });

  function crc32c(data) {
    let crc = -1;
    for (let i = 0; i < data.length; i++) {
      crc = (crc >>> 8) ^ table[(crc ^ data[i]) & 255];
    }
    return ~crc;
  }

  // RedisAbi.hashReplies.
  function outcome(count) {
    if (count <= 0) {
      return 0;
    }
    let hash = 0;
    const first = redis.redis_replies();
    for (let at = first; at < first + count * reply.size; at += reply.size) {
      const memory = view();
      const data = bytes(memory.getUint32(at + reply.data, true), memory.getUint32(at + reply.length, true));
      hash = (Math.imul(31, hash) + memory.getInt32(at, true)) | 0;
      hash = (Math.imul(31, hash) + memory.getInt32(at + reply.flags, true)) | 0;
      hash = (Math.imul(31, hash) + crc32c(data)) | 0;
    }
    return hash;
  }

  function handle(client, data) {
    put(buffer, data);
    const count = redis.redis_handle(client, buffer, data.length);
    if (count < 0) {
      throw new Error(count === outOfMemory ? 'there is not enough memory' : `there is no client ${client}`);
    }
    const result = outcome(count);
    const taken = view().getUint32(mail + mailbox.inLength, true);
    if (taken > 0) {
      bytes(view().getUint32(mail + mailbox.in, true), taken).fill(0);
      view().setUint32(mail + mailbox.inLength, 0, true);
    }
    return result;
  }

  function putMail(records) {
    if (records.length > view().getUint32(mail + mailbox.inCapacity, true)) {
      throw new Error(`mail of ${records.length} bytes does not fit`);
    }
    put(view().getUint32(mail + mailbox.in, true), records);
    view().setUint32(mail + mailbox.inLength, records.length, true);
    return 0;
  }

  function withName(name, work) {
    const address = put(room(name.length + 1), Buffer.concat([name, Buffer.alloc(1)]));
    try {
      return work(address);
    } finally {
      redis.redis_free(address);
    }
  }

  function putFile(name, data) {
    const address = put(room(data.length), data);
    try {
      return withName(name, (text) => redis.redis_file_put(text, address, data.length));
    } finally {
      redis.redis_free(address);
    }
  }

  class Events {
    constructor(from) {
      this.from = from;
      this.at = 0;
    }

    number() {
      let value = 0n;
      for (let shift = 0n; ; shift += 7n) {
        const byte = this.from[this.at++];
        value |= BigInt(byte & 127) << shift;
        if (byte < 128) {
          return value;
        }
      }
    }

    data() {
      const length = Number(this.number());
      this.at += length;
      return this.from.subarray(this.at - length, this.at);
    }

    word() {
      this.at += 4;
    }

    // Format: docs/journal.md.
    apply() {
      const type = this.from[this.at++];
      const client = [1, 2, 3, 10, 13].includes(type) ? Number(this.number()) : 0;
      switch (type) {
        case 1:
          return redis.redis_connect();
        case 2:
          this.word();
          return outcome(redis.redis_disconnect(client));
        case 3: {
          const data = this.data();
          this.word();
          return handle(client, data);
        }
        case 4:
          this.word();
          return outcome(redis.redis_tick());
        case 5:
          redis.redis_set_clock(this.number());
          return 0;
        case 6:
          redis.redis_set_seed(this.number());
          return 0;
        case 8: {
          const name = this.data();
          const data = this.data();
          this.word();
          return putFile(name, data);
        }
        case 9: {
          const name = this.data();
          this.word();
          return withName(name, (text) => redis.redis_file_delete(text));
        }
        case 10:
          this.data();
          this.data();
          return 0;
        case 11:
          return withName(this.data(), (text) => (redis.redis_file(text), 0));
        case 12:
          return putMail(this.data());
        case 13: {
          const writable = Number(this.number());
          this.word();
          return outcome(redis.redis_set_writable(client, writable));
        }
        default:
          throw new Error(`there is no event ${type}`);
      }
    }
  }

  // The outcomes of those that were done, then the sentence of the one that failed, if one did.
  function replay(message) {
    const events = new Events(message);
    const outcomes = [];
    let failure = '';
    try {
      while (events.at < message.length) {
        outcomes.push(events.apply());
      }
    } catch (error) {
      failure = String(error.message);
    }
    const out = Buffer.alloc(4 + 4 * outcomes.length);
    out.writeUInt32LE(outcomes.length);
    outcomes.forEach((each, i) => out.writeInt32LE(each | 0, 4 + 4 * i));
    return Buffer.concat([out, Buffer.from(failure)]);
  }

  // At rest the only global, the stack's pointer, is what it was in the beginning: a new instance has it so.
  function restore() {
    instantiate();
    const missing = saved.length - redis.memory.buffer.byteLength;
    if (missing > 0) {
      redis.memory.grow(missing / 65536);
    }
    bytes(0, saved.length).set(saved);
    return Buffer.alloc(0);
  }

  // An image instead of a start: what it was started with is in it.
  function place(message) {
    buffer = message.readUInt32LE(0);
    saved = message.subarray(4);
    restore();
    mail = redis.redis_mailbox();
    return Buffer.alloc(0);
  }

  const kinds = {
    1: load,
    2: start,
    3: replay,
    4: () => ((saved = bytes(0, redis.memory.buffer.byteLength).slice()), Buffer.alloc(0)),
    5: restore,
    6: () => createHash('sha256').update(bytes(0, redis.memory.buffer.byteLength)).digest(),
    8: place,
    7: (message) => (redis.redis_set_seed(message.readBigUInt64LE(0)), Buffer.alloc(0)),
  };

  function read(length) {
    const into = Buffer.allocUnsafe(length);
    for (let at = 0; at < length; ) {
      const got = fs.readSync(0, into, at, length - at, null);
      if (got === 0) {
        process.exit(0);
      }
      at += got;
    }
    return into;
  }

  function write(data) {
    for (let at = 0; at < data.length; ) {
      at += fs.writeSync(1, data, at);
    }
  }

  function answer(message) {
    try {
      return [0, kinds[message[0]](message.subarray(1))];
    } catch (error) {
      return [1, Buffer.from(String(error.message))];
    }
  }

  for (;;) {
    const [failed, body] = answer(read(read(4).readUInt32LE(0)));
    const head = Buffer.alloc(5);
    head.writeUInt32LE(1 + body.length);
    head[4] = failed;
    write(Buffer.concat([head, body]));
  }
}

// A thread of its own has the stack that Lua and nested commands need.
if (isMainThread) {
  new Worker(`(${serve})()`, { eval: true, resourceLimits: { stackSizeMb: 200, maxOldGenerationSizeMb: 4096 } });
}
