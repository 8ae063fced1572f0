/** Kilobits a second of layer III, by the number in the header: of MPEG 1, and of MPEG 2 and 2.5. */
const bitRates = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
const sampleRates = [44_100, 48_000, 32_000] as const;

/** How far noise before the first frame is passed over. */
const searchBytes = 4096;

/** Milliseconds of an MP3 file; of one with a constant bit rate from its size; `undefined` for other files. */
export function mp3DurationMs(bytes: Uint8Array): number | undefined {
  const start = afterTag(bytes);
  for (let at = start; at + 4 <= bytes.length && at < start + searchBytes; at++) {
    const frame = frameAt(bytes, at);
    if (frame === undefined) continue;
    const { kilobits, sampleRate, samples } = frame;
    const frames = countedFrames(bytes, at, frame);
    if (frames !== undefined) return ((frames * samples) / sampleRate) * 1000;
    return ((bytes.length - at) * 8) / kilobits;
  }
  return undefined;
}

/** Where a tag of ID3v2 ends, if there is one. */
function afterTag(bytes: Uint8Array): number {
  const [first, second, third, , , , ...size] = bytes.subarray(0, 10);
  if (first !== 0x49 || second !== 0x44 || third !== 0x33) return 0;
  return 10 + size.reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
}

interface FrameHeader {
  readonly isMpeg1: boolean;
  readonly isMono: boolean;
  readonly kilobits: number;
  readonly sampleRate: number;
  readonly samples: number;
}

function frameAt(bytes: Uint8Array, at: number): FrameHeader | undefined {
  const [sync = 0, kind = 0, rates = 0, mode = 0] = bytes.subarray(at, at + 4);
  const version = (kind >> 3) & 3;
  const isLayer3 = ((kind >> 1) & 3) === 1;
  if (sync !== 0xff || (kind & 0xe0) !== 0xe0 || version === 1 || !isLayer3) return undefined;
  const isMpeg1 = version === 3;
  const kilobits = bitRates[isMpeg1 ? 0 : 1][rates >> 4] ?? 0;
  const fullRate = sampleRates[(rates >> 2) & 3];
  if (kilobits === 0 || fullRate === undefined) return undefined;
  const sampleRate = fullRate / (isMpeg1 ? 1 : version === 2 ? 2 : 4);
  return { isMpeg1, isMono: mode >> 6 === 3, kilobits, sampleRate, samples: isMpeg1 ? 1152 : 576 };
}

/** The number of frames in the header that files with a variable bit rate have in their first frame. */
function countedFrames(bytes: Uint8Array, at: number, { isMpeg1, isMono }: FrameHeader): number | undefined {
  const sideBytes = isMpeg1 ? (isMono ? 17 : 32) : isMono ? 9 : 17;
  const header = at + 4 + sideBytes;
  const name = Buffer.from(bytes.subarray(header, header + 4)).toString('latin1');
  if ((name !== 'Xing' && name !== 'Info') || header + 12 > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hasFrames = (view.getUint32(header + 4) & 1) === 1;
  return hasFrames ? view.getUint32(header + 8) : undefined;
}
