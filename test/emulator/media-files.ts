// The smallest files that say how long they last. There is nothing in them to see or to hear.

/** @param header version 1 has 64-bit numbers */
export function mp4(
  durationMs: number,
  { version = 0, movieLast = false }: { version?: 0 | 1; movieLast?: boolean } = {},
): Buffer {
  const timescale = 1000;
  const header = Buffer.alloc(version === 1 ? 112 : 100);
  header.writeUInt8(version, 0);
  header.writeUInt32BE(timescale, version === 1 ? 20 : 12);
  if (version === 1) header.writeBigUInt64BE(BigInt(durationMs), 24);
  else header.writeUInt32BE(durationMs, 16);
  const movie = box('moov', box('mvhd', header));
  const media = box('mdat', Buffer.alloc(5000, 1));
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\0\0isom')),
    ...(movieLast ? [media, movie] : [movie, media]),
  ]);
}

function box(type: string, contents: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(contents.length + 8);
  head.write(type, 4);
  return Buffer.concat([head, contents]);
}

/** @param durationMs not said in the file when it is `undefined`, as in what was recorded live */
export function webm(durationMs: number | undefined, clusterTimesMs: readonly number[] = []): Buffer {
  const duration = Buffer.alloc(8);
  duration.writeDoubleBE(durationMs ?? 0);
  const scale = element('2ad7b1', Buffer.from('0f4240', 'hex'));
  const info = element(
    '1549a966',
    Buffer.concat([scale, ...(durationMs === undefined ? [] : [element('4489', duration)])]),
  );
  const clusters = clusterTimesMs.map((timeMs) => {
    const time = Buffer.alloc(4);
    time.writeUInt32BE(timeMs);
    return element('1f43b675', Buffer.concat([element('e7', time), element('a3', Buffer.alloc(300))]));
  });
  const header = element('1a45dfa3', element('4282', Buffer.from('webm')));
  // A segment of unknown size, as live recorders write it.
  return Buffer.concat([header, Buffer.from('1853806701ffffffffffffff', 'hex'), info, ...clusters]);
}

function element(id: string, contents: Buffer): Buffer {
  const size = Buffer.alloc(2);
  size.writeUInt16BE(contents.length | 0x4000);
  return Buffer.concat([Buffer.from(id, 'hex'), size, contents]);
}

export function wav(durationMs: number): Buffer {
  const bytesPerSecond = 16_000;
  const format = Buffer.alloc(24);
  format.write('fmt ');
  format.writeUInt32LE(16, 4);
  format.writeUInt32LE(bytesPerSecond, 16);
  const data = Buffer.alloc(8 + (bytesPerSecond * durationMs) / 1000);
  data.write('data');
  data.writeUInt32LE(data.length - 8, 4);
  return Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVELIST\u0003\0\0\0abc\0'), format, data]);
}

/** Frames of 128 kbit/s at 44.1 kHz, behind a tag. @param countedFrames what the first frame says there are */
export function mp3(frames: number, countedFrames?: number): Buffer {
  const tag = Buffer.alloc(10 + 200);
  tag.write('ID3');
  tag.writeUInt16BE(0x0148, 8);
  const frame = Buffer.alloc(417);
  frame.writeUInt32BE(0xfffb9000);
  const first = Buffer.from(frame);
  if (countedFrames !== undefined) {
    first.write('Xing', 36);
    first.writeUInt32BE(1, 40);
    first.writeUInt32BE(countedFrames, 44);
  }
  return Buffer.concat([tag, first, ...Array.from({ length: frames - 1 }, () => frame)]);
}
