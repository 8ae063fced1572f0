import { decodePicture } from '../../../../src/cli/pictures/decode-picture';
import type { Region } from '../../../../src/cli/pictures/finding';
import { nothing, shown, twoColors } from './viewer';

const red = [255, 0, 0, 255] as const;
const blue = [0, 0, 255, 255] as const;
const picture = { kind: 'image', type: 'image/png', bytes: twoColors(red, blue) } as const;
const escapes = /\u001b\[[0-9;]*m/g;

function region(label: string, box: Region['box']): Region {
  return { label, value: 0.5, box, polygon: [], concepts: [{ name: label, value: 0.5 }] };
}

test('a picture is drawn in half blocks as wide as the terminal, two rows of pixels a line', async () => {
  const lines = (await shown({ medium: picture })).split('\n').slice(1, 11);
  for (const line of lines) {
    expect(line).toBe(
      `\u001b[38;2;255;0;0;48;2;255;0;0m${'▀'.repeat(20)}\u001b[38;2;0;0;255;48;2;0;0;255m${'▀'.repeat(20)}\u001b[0m`,
    );
  }
});

test('a narrow or low terminal gets a smaller picture of the same proportions', async () => {
  const blocks = async (columns: number, rows: number) =>
    (await shown({ medium: picture }, { columns, rows })).split('\n').filter((line) => line.includes('▀'));
  const narrow = await blocks(20, 30);
  expect([narrow.length, narrow[0]?.replace(escapes, '').length]).toEqual([5, 20]);
  const low = await blocks(400, 13);
  expect([low.length, low[0]?.replace(escapes, '').length]).toEqual([8, 32]);
});

test('a terminal that does not say it has all colours gets the nearest of 256', async () => {
  const [, line] = (await shown({ medium: picture }, { env: { TERM: 'xterm-256color' } })).split('\n');
  expect(line).toBe(`\u001b[38;5;196;48;5;196m${'▀'.repeat(20)}\u001b[38;5;21;48;5;21m${'▀'.repeat(20)}\u001b[0m`);
});

test.each([
  ['NO_COLOR', { env: { NO_COLOR: '1', COLORTERM: 'truecolor' } }],
  ['a pipe', { isTTY: false }],
  ['a dumb terminal', { env: { TERM: 'dumb' } }],
])('%s gets the words alone', async (_who, viewer) => {
  const finding = {
    ...nothing,
    concepts: [{ name: 'train', value: 0.75 }],
    colors: [{ hex: '#ff0000', name: 'Red', value: 0.5 }],
  };
  expect(await shown({ medium: picture, findings: [finding] }, viewer)).toBe(
    `a.png\nm\n  train  ${'█'.repeat(18)}${'░'.repeat(6)}  0.750\n  #ff0000  50.0 %  Red\n\n`,
  );
});

test('regions are framed in colours of their own where they are, and named', async () => {
  const regions = [region('face', { left: 0.25, top: 0.2, right: 0.75, bottom: 0.8 }), region('x', undefined)];
  const text = await shown({ medium: picture, findings: [{ ...nothing, regions }] });
  const lines = text.split('\n').map((line) => line.replace(escapes, ''));
  expect(lines[3]).toBe(`${'▀'.repeat(10)} 1 face ${'▀'.repeat(22)}`);
  expect(text.split('\n')[3]).toContain('\u001b[38;2;0;0;0;48;2;255;212;59m 1 face ');
  // The frame's left side, one cell of its colour between those of the picture.
  expect(text.split('\n')[5]).toContain(
    '\u001b[38;2;255;0;0;48;2;255;0;0m▀▀▀▀▀▀▀▀▀▀\u001b[38;2;255;212;59;48;2;255;212;59m▀\u001b[38;2;255;0;0',
  );
  expect(lines).toContain('  ■ 1 face  0.500  left 25.0 %, top 20.0 %, right 75.0 %, bottom 80.0 %');
  expect(lines).toContain('  ■ 2 x  0.500');
});

test('a label has room in its box, or is its number, or is not there', async () => {
  const narrow = (right: number) => ({ left: 0, top: 0, right, bottom: 1 });
  const firstLine = async (right: number) => {
    const findings = [{ ...nothing, regions: [region('locomotive', narrow(right))] }];
    return (await shown({ medium: picture, findings })).split('\n')[1]?.replace(escapes, '').replaceAll('▀', '');
  };
  expect(await firstLine(0.9)).toBe(' 1 locomotive ');
  expect(await firstLine(0.1)).toBe(' 1 ');
  expect(await firstLine(0.01)).toBe('');
});

test('colours have swatches', async () => {
  const finding = { ...nothing, colors: [{ hex: '#0a141e', name: 'Navy', value: 0.251 }] };
  expect(await shown({ medium: picture, findings: [finding] })).toContain(
    '  \u001b[38;2;10;20;30m██\u001b[0m  #0a141e  25.1 %  Navy\n',
  );
});

test('what shows through a transparent picture is dark', async () => {
  const glass = { ...picture, bytes: twoColors([255, 255, 255, 0], blue) };
  expect(await shown({ medium: glass })).toContain('\u001b[38;2;24;24;24;48;2;24;24;24m▀');
});

test.each([
  ['is of a kind that is not decoded', { kind: 'image', type: 'image/webp', bytes: new Uint8Array(9) }, 'image/webp'],
  ['is damaged', { kind: 'image', type: 'image/png', bytes: new Uint8Array(9) }, 'it is damaged'],
  ['could not be had', { kind: 'unseen', reason: 'HTTP 404' }, 'HTTP 404'],
] as const)('a picture that %s is told, and its predictions are there', async (_what, medium, reason) => {
  const text = await shown({ medium, findings: [{ ...nothing, concepts: [{ name: 'train', value: 1 }] }] });
  expect(text).toContain(`(not drawn: `);
  expect(text).toContain(reason);
  expect(text).toContain('train');
});

test('names from elsewhere cannot write to the terminal', async () => {
  const evil = '\u001b]0;owned\u0007\u001b[2J\r\n\u202egnp.exe\u009b1m';
  const finding = {
    ...nothing,
    model: evil,
    synthetic: evil,
    concepts: [{ name: evil, value: 1 }],
    colors: [{ hex: '#000000', name: evil, value: 1 }],
    regions: [region(evil, { left: 0, top: 0, right: 1, bottom: 1 })],
    moments: [{ timeMs: 1500, concepts: [{ name: evil, value: 1 }] }],
    text: evil,
    notes: [evil],
  };
  const text = await shown({ name: evil, medium: picture, findings: [finding] });
  expect(text.replace(escapes, '')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});

test('a picture beyond what a camera makes is refused before it takes the memory', async () => {
  const huge = Buffer.from(twoColors(red, blue));
  huge.writeUInt32BE(60_000, 16);
  huge.writeUInt32BE(60_000, 20);
  await expect(decodePicture(huge, 'image/png')).rejects.toThrow('60000 x 60000 pixels');
});
