import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { NotFoundError } from '../../../src/index';
import { Given } from '../../../src/cli/shell/given';
import { Print } from '../../../src/cli/shell/print';
import { Terminal } from '../../../src/cli/shell/terminal';

async function printed(
  options: Record<string, unknown>,
  act: (print: Print) => Promise<unknown>,
  env: Record<string, string> = {},
): Promise<{ out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  await act(new Print(new Given([], options), new Terminal({ stdin: new PassThrough(), stdout, stderr, env })));
  stdout.end();
  stderr.end();
  return { out: await out, err: await err };
}

const json = { json: true };

test('JSON has bytes in base64, dates in ISO 8601, errors by their fields, and nothing that is not set', async () => {
  const error = new NotFoundError('It is gone', {
    code: 'MODEL_DOES_NOT_EXIST',
    source: 'status',
    category: 'rejected',
    statusCode: 21200,
    requestId: 'abc',
  });
  const value = { at: new Date(0), bytes: Buffer.from('Ma'), none: undefined, big: 2n ** 60n, deep: [{ error }] };
  const { out } = await printed(json, (print) => print.item(value, () => ''));
  expect(JSON.parse(out)).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    bytes: 'TWE=',
    big: '1152921504606846976',
    deep: [
      {
        error: {
          name: 'NotFoundError',
          code: 'MODEL_DOES_NOT_EXIST',
          message: 'It is gone',
          source: 'status',
          category: 'rejected',
          statusCode: 21200,
          requestId: 'abc',
        },
      },
    ],
  });
  expect(out.endsWith('\n')).toBe(true);
});

test('a list is a line of JSON for each item, or columns below their headings, numbers to the right', async () => {
  const items = [
    { id: 'a', count: 7 },
    { id: 'longer', count: 1000 },
  ];
  const list = (print: Print) => print.list(items, ({ id, count }) => ({ id, count }));
  expect((await printed(json, list)).out).toBe('{"id":"a","count":7}\n{"id":"longer","count":1000}\n');
  expect((await printed({}, list)).out).toBe('ID      COUNT\na           7\nlonger   1000\n');
});

test('an empty list prints nothing, and says so', async () => {
  let count = -1;
  const { out } = await printed({}, async (print) => (count = await print.list([], () => ({ id: '' }))));
  expect({ out, count }).toEqual({ out: '', count: 0 });
});

test('what came before an error is shown', async () => {
  async function* items() {
    yield 'a';
    throw new Error('out of items');
  }
  const { out } = await printed({}, (print) =>
    expect(print.list(items(), (id) => ({ id }))).rejects.toThrow('out of items'),
  );
  expect(out).toBe('ID\na\n');
});

test('a list that does not end is shown from its hundredth item on', async () => {
  let read = 0;
  async function* items() {
    while (read < 250) yield String(read++);
  }
  const seen: number[] = [];
  const stdout = new PassThrough().on('data', () => seen.push(read));
  const terminal = new Terminal({ stdin: new PassThrough(), stdout, stderr: new PassThrough(), env: {} });
  expect(await new Print(new Given([], {}), terminal).list(items(), (id) => ({ id }))).toBe(250);
  expect(seen[0]).toBe(100);
});

test('a value is one line and moves no cursor, whatever is in it', async () => {
  const { out } = await printed({}, (print) =>
    print.record({}, { id: 'a\nb\x1b[2J\u009bc', none: undefined, yes: true }),
  );
  expect(out).toBe('id   a b [2J c\nyes  true\n');
});

test('what went wrong keeps its lines and moves no cursor', async () => {
  const { err } = await printed({}, async (print) => print.problem('one:\n  two\x1b[2J'));
  expect(err).toBe('one:\n  two [2J\n');
});

test('--quiet hides notes, and no problems', async () => {
  const tell = async (print: Print) => {
    print.note('a note');
    print.problem('a problem');
  };
  expect((await printed({}, tell)).err).toBe('a note\na problem\n');
  expect((await printed({ quiet: true }, tell)).err).toBe('a problem\n');
});

test('styles are for those who want colours', async () => {
  const say = (print: Print) => print.item('', () => print.style('bold', 'x'));
  expect((await printed({}, say)).out).toBe('x\n');
  expect((await printed({}, say, { FORCE_COLOR: '1' })).out).toBe('\x1b[1mx\x1b[22m\n');
});
