import { Clarifai } from '../../../src/client';
import { type Emulator, startEmulator } from '../../../src/emulator/index';
import type { Logger } from '../../../src/options/logger';

interface Line {
  readonly level: string;
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const model = 'https://clarifai.com/clarifai/main/models/general-image-recognition';
const inputs = ['https://samples.clarifai.com/metro-north.jpg'];
let emulator: Emulator;
let lines: Line[];
let logger: Logger;

beforeAll(async () => {
  emulator = await startEmulator();
});

beforeEach(() => {
  lines = [];
  const at =
    (level: string) =>
    (fields: object, text: string): void =>
      void lines.push({ level, text, fields: { ...fields } });
  logger = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
});

afterAll(() => emulator.close());

const told = (level: string): string[] => lines.filter((line) => line.level === level).map(({ text }) => text);

test('a logger hears of calls, attempts, retries and connections, each at its level', async () => {
  const clarifai = new Clarifai({ ...emulator.clientOptions, logger });
  emulator.script('PostModelOutputs', [{ status: 11005 }, 'ok']);
  await clarifai.postModelOutputs({ model, inputs });
  await clarifai.close();
  expect(told('info')).toEqual(['connection 1 ready']);
  expect(lines.filter(({ level }) => level === 'warn')).toEqual([
    {
      level: 'warn',
      text: 'PostModelOutputs attempt 1 failed, another follows',
      fields: {
        method: 'PostModelOutputs',
        attempt: 1,
        delayMs: expect.any(Number),
        error: { code: 'CONN_THROTTLED', grpcCode: undefined, statusCode: 11005, requestId: expect.any(String) },
      },
    },
  ]);
  expect(told('debug')).toEqual(
    expect.arrayContaining(['PostModelOutputs attempt ok', 'PostModelOutputs ok', 'connection 1 closed']),
  );
  expect(told('error')).toEqual([]);
});

test('a call that failed is an error', async () => {
  await using clarifai = new Clarifai({ ...emulator.clientOptions, logger });
  await expect(clarifai.postModelOutputs({ model: 'no-such-model', inputs })).rejects.toThrow();
  expect(told('error')).toEqual(['PostModelOutputs failed']);
});

test('an ingestion tells of its chunks, and of the inputs that are not accepted', async () => {
  await using clarifai = new Clarifai({ ...emulator.clientOptions, logger });
  await clarifai.ingest([{ text: 'one' }, { text: 'two' }, { file: 'there-is-no-such-file.jpg' }]).done;
  expect(told('debug')).toContain('PostInputs chunk of 2 answered');
  expect(told('warn')).toEqual(['input 2 rejected']);
});

test('a logger hears of its own client only, and of nothing when it is closed', async () => {
  const clarifai = new Clarifai({ ...emulator.clientOptions, logger });
  await clarifai.close();
  const before = lines.length;
  await using other = new Clarifai(emulator.clientOptions);
  await other.postModelOutputs({ model, inputs });
  expect(lines).toHaveLength(before);
});

test('neither a credential nor anything that was sent is logged', async () => {
  const pat = 'secret-pat-0123456789';
  const sent = 'secret-payload';
  const clarifai = new Clarifai({ ...emulator.clientOptions, pat, logger, defaults: { metadata: { 'x-mine': sent } } });
  const refused = clarifai.postModelOutputs({ model: sent, inputs: [{ text: sent }] });
  await expect(refused).rejects.toThrow();
  const added = clarifai.postInputs([{ text: sent, metadata: { sent } }, { url: `ftp://${sent}` }]);
  await expect(added).rejects.toThrow();
  await clarifai.close();
  expect(lines.length).toBeGreaterThan(5);
  expect(JSON.stringify(lines)).not.toContain('secret');
});

test.each([
  ['1', true],
  ['true', true],
  ['0', false],
  ['off', false],
  ['', false],
])('CLARIFAI_DEBUG=%j tells standard error: %s', async (value, tells) => {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const before = process.env['CLARIFAI_DEBUG'];
  process.env['CLARIFAI_DEBUG'] = value;
  try {
    await using clarifai = new Clarifai(emulator.clientOptions);
    await clarifai.postModelOutputs({ model, inputs });
    const text = write.mock.calls.map(([line]) => String(line)).join('');
    if (tells)
      expect(text).toMatch(/^\S+Z clarifai-grpc debug PostModelOutputs ok \{"method":"PostModelOutputs",.*\}$/m);
    else expect(text).toBe('');
    expect(text).not.toContain(emulator.pat);
  } finally {
    write.mockRestore();
    if (before === undefined) delete process.env['CLARIFAI_DEBUG'];
    else process.env['CLARIFAI_DEBUG'] = before;
  }
});

test('what is no logger is refused by name', () => {
  const half = { debug: () => undefined } as unknown as Logger;
  expect(() => new Clarifai({ ...emulator.clientOptions, logger: half })).toThrow(
    'Expected `logger.info` to be a function',
  );
});
