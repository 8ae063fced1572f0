import { crc32c } from './crc32c';

/**
 * A frame is one commit: magic, length of the payload, CRC-32C of length and payload (little-endian, 4 bytes each), and the
 * payload. The magic holds bytes that UTF-8 never does, so that nothing in a payload of JSON looks like the start of a frame.
 */
const magic = 0xff4a43f5;
const headBytes = 12;

export function encodeFrame(payload: Uint8Array): Buffer {
  const frame = Buffer.alloc(headBytes + payload.length);
  frame.writeUInt32LE(magic, 0);
  frame.writeUInt32LE(payload.length, 4);
  frame.set(payload, headBytes);
  frame.writeUInt32LE(checksum(frame), 8);
  return frame;
}

export interface Frames {
  readonly payloads: readonly Buffer[];
  /** Where the last whole frame ends. */
  readonly end: number;
  /** Where what follows `end` holds another whole frame: then it is not the torn end of the file, but damage in its midst. */
  readonly wholeAfterEnd: number | undefined;
}

/** Reads whole frames from the beginning of a file until one is not. */
export function readFrames(file: Buffer): Frames {
  const payloads: Buffer[] = [];
  let end = 0;
  for (let payload = payloadAt(file, end); payload !== undefined; payload = payloadAt(file, end)) {
    payloads.push(payload);
    end += headBytes + payload.length;
  }
  return { payloads, end, wholeAfterEnd: findFrame(file, end) };
}

function payloadAt(file: Buffer, at: number): Buffer | undefined {
  if (at + headBytes > file.length || file.readUInt32LE(at) !== magic) return undefined;
  const end = at + headBytes + file.readUInt32LE(at + 4);
  if (end > file.length) return undefined;
  const frame = file.subarray(at, end);
  return frame.readUInt32LE(8) === checksum(frame) ? frame.subarray(headBytes) : undefined;
}

function findFrame(file: Buffer, from: number): number | undefined {
  const start = Buffer.alloc(4);
  start.writeUInt32LE(magic, 0);
  for (let at = file.indexOf(start, from); at !== -1; at = file.indexOf(start, at + 1)) {
    if (payloadAt(file, at) !== undefined) return at;
  }
  return undefined;
}

/** Of the length, and the payload: a wrong length is found out, too. */
function checksum(frame: Buffer): number {
  return crc32c(frame.subarray(headBytes), crc32c(frame.subarray(4, 8)));
}
