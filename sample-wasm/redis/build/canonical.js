// Makes every NaN the same before its bits can be seen: in memory, as an integer, as a sign.
//
// WebAssembly leaves the sign and payload of a computed NaN to the host, and a JIT does not even choose the same ones
// as its own interpreter. Calls of port_canonical32/64 (../port/canonical.s) go in before each store, reinterpretation
// and copysign of a float; the optimizer inlines them.
'use strict';

const sections = { export: 7, code: 10 };
const helpers = { 32: 'port_canonical32', 64: 'port_canonical64' };
// Instructions that show the bits of the float on top of the stack.
const shows = { 0x38: 32, 0x39: 64, 0xbc: 32, 0xbd: 64, 0x98: 32, 0xa6: 64 };

class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    return this.bytes[this.at++];
  }

  leb() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) {
        return value;
      }
    }
  }

  lebs(n) {
    for (let i = 0; i < n; i++) {
      this.leb();
    }
  }

  /// A block's type: one byte, or the number of a type.
  blockType() {
    this.leb();
  }

  take(n) {
    const taken = this.bytes.subarray(this.at, this.at + n);
    this.at += n;
    return taken;
  }

  skipImmediates(opcode) {
    if (opcode >= 0x28 && opcode <= 0x3e) this.lebs(2);
    else if ([0x02, 0x03, 0x04, 0x06].includes(opcode)) this.blockType();
    else if ([0x07, 0x08, 0x09, 0x0c, 0x0d, 0x10, 0x12, 0x18].includes(opcode)) this.leb();
    else if (opcode >= 0x20 && opcode <= 0x26) this.leb();
    else if (opcode === 0x0e || opcode === 0x1c) this.lebs(this.leb() + (opcode === 0x0e ? 1 : 0));
    else if (opcode === 0x11) this.lebs(2);
    else if (opcode === 0x3f || opcode === 0x40) this.leb();
    else if (opcode === 0x41 || opcode === 0x42) this.leb();
    else if (opcode === 0x43) this.take(4);
    else if (opcode === 0x44) this.take(8);
    else if (opcode === 0xd0 || opcode === 0xd2) this.leb();
    else if (opcode === 0xfc) this.lebs([0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1][this.leb()]);
    else if (!isPlain(opcode)) {
      throw new Error(`canonical.js does not know the instruction 0x${opcode.toString(16)}`);
    }
  }
}

/// Without immediates: control without labels, parametric, numeric, ref.is_null.
function isPlain(opcode) {
  return (
    [0x00, 0x01, 0x05, 0x0b, 0x0f, 0x19, 0x1a, 0x1b, 0xd1].includes(opcode) || (opcode >= 0x45 && opcode <= 0xc4)
  );
}

function leb(value) {
  const bytes = [];
  do {
    bytes.push((value & 127) | (value > 127 ? 128 : 0));
    value >>>= 7;
  } while (value > 0);
  return Buffer.from(bytes);
}

/// {index by width, section without these exports}
function takeHelpers(section) {
  const reader = new Reader(section);
  const kept = [];
  const index = {};
  for (let n = reader.leb(); n > 0; n--) {
    const start = reader.at;
    const name = Buffer.from(reader.take(reader.leb())).toString();
    reader.byte();
    const at = reader.leb();
    const width = Object.keys(helpers).find((each) => helpers[each] === name);
    if (width) {
      index[width] = at;
    } else {
      kept.push(section.subarray(start, reader.at));
    }
  }
  return { index, section: Buffer.concat([leb(kept.length), ...kept]) };
}

function rewriteBody(body, calls) {
  const reader = new Reader(body);
  for (let n = reader.leb(); n > 0; n--) {
    reader.lebs(2);
  }
  const parts = [];
  let copied = 0;
  while (reader.at < body.length) {
    const start = reader.at;
    const opcode = reader.byte();
    if (shows[opcode]) {
      parts.push(body.subarray(copied, start), calls[shows[opcode]]);
      copied = start;
    }
    reader.skipImmediates(opcode);
  }
  parts.push(body.subarray(copied));
  return Buffer.concat(parts);
}

function rewriteCode(section, index) {
  const calls = Object.fromEntries(
    Object.entries(index).map(([width, at]) => [width, Buffer.concat([Buffer.from([0x10]), leb(at)])]),
  );
  const reader = new Reader(section);
  const count = reader.leb();
  const bodies = [leb(count)];
  for (let i = 0; i < count; i++) {
    const body = rewriteBody(reader.take(reader.leb()), calls);
    bodies.push(leb(body.length), body);
  }
  return Buffer.concat(bodies);
}

/// The module's bytes with canonical NaNs. It has no imports, so that functions are numbered as their bodies are.
exports.canonical = (module) => {
  const reader = new Reader(module, 8);
  const out = [module.subarray(0, 8)];
  let index;
  while (reader.at < module.length) {
    const id = reader.byte();
    let section = reader.take(reader.leb());
    if (id === sections.export) ({ index, section } = takeHelpers(section));
    if (id === sections.code) section = rewriteCode(section, index);
    out.push(Buffer.from([id]), leb(section.length), section);
  }
  return Buffer.concat(out);
};
