import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { methods } from '../../generated/methods';
import { systemClock } from '../../src/base/clock';
import { type Emulator, startEmulator } from '../../src/emulator';
import type { Codec } from '../../src/wire/codec';
import { runModule } from '../golden/run-module';

const root = join(__dirname, '../..');
const generated = join(root, '.cache/python');

/** What a program did: the text that it printed, what it sent, and whether it ended with an error. */
export interface Run {
  readonly printed: string;
  readonly sent: readonly string[];
  readonly failed: boolean;
}

/** Makes the Python modules of the protos, by Debian's protoc and its plugin. Without them the tests fail. */
export function generatePython(): void {
  const descriptors = join(root, '.cache/descriptors-of-python.binpb');
  mkdirSync(generated, { recursive: true });
  const buf = join(root, 'node_modules/@bufbuild/buf/bin/buf');
  execFileSync(process.execPath, [buf, 'build', '--as-file-descriptor-set', '-o', descriptors], { cwd: root });
  const protos = readdirSync(join(root, 'proto'), { recursive: true, encoding: 'utf8' });
  const plugin = execFileSync('which', ['grpc_python_plugin'], { encoding: 'utf8' }).trim();
  execFileSync('protoc', [
    `--descriptor_set_in=${descriptors}`,
    `--plugin=protoc-gen-grpc_python=${plugin}`,
    `--python_out=${generated}`,
    `--grpc_python_out=${generated}`,
    ...protos.filter((path) => path.endsWith('.proto')),
  ]);
}

/** A new emulator that answers alike each time: same ids, and its time stands still. */
async function emulatorFor(): Promise<Emulator> {
  const emulator = await startEmulator({
    userId: 'user-1',
    appId: 'app-1',
    pat: 'pat-0123456789abcdef',
    apiKey: 'key-0123456789abcdef',
    seed: 1,
    clock: { ...systemClock, now: () => Date.UTC(2024, 0, 15) },
    lifecycle: { pendingMs: 0, inProgressMs: 0, deleteLagMs: 0 },
  });
  emulator.model({ id: 'echo', takes: 'text', predict: ({ data }) => ({ text: { raw: data?.text?.raw ?? '' } }) });
  return emulator;
}

async function record(run: (emulator: Emulator) => Promise<Omit<Run, 'sent'>>): Promise<Run> {
  await using emulator = await emulatorFor();
  const done = await run(emulator);
  const sent = emulator.requests().flatMap(({ method, requests }) => {
    const codec = methods[method].request() as unknown as Codec<object>;
    return requests.map((request) => `${method} ${Buffer.from(codec.encode(request)).toString('base64')}`);
  });
  return { ...done, sent };
}

/** What every program has in its environment. */
const environment = {
  CLARIFAI_PAT: 'pat-0123456789abcdef',
  CLARIFAI_USER_ID: 'user-1',
  CLARIFAI_APP_ID: 'app-1',
};

const execute = promisify(execFile);

/** Mistakes of the program itself, which no program here is to make. */
const mistake = /^(ImportError|ModuleNotFoundError|SyntaxError|NameError|AttributeError|TypeError)\b/m;

/** Runs a program in Python, in a folder. */
export function runPython(program: string, folder: string): Promise<Run> {
  return record(async ({ base }) => {
    const driver = join(__dirname, 'run_program.py');
    const env = { ...process.env, ...environment, CLARIFAI_API_BASE: base };
    try {
      const { stdout } = await execute('/usr/bin/python3', [driver, generated, program], { cwd: folder, env });
      return { printed: stdout, failed: false };
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      if (stdout === undefined || mistake.test(stderr)) throw error;
      return { printed: stdout, failed: true };
    }
  });
}

/** Runs what a program was ported to, in the folder that the process is in. */
export function runPorted(code: string): Promise<Run> {
  return record(async ({ base }) => {
    const before = process.env;
    process.env = { ...before, ...environment, CLARIFAI_API_BASE: base };
    let printed = '';
    try {
      await runModule(code, (text) => (printed += text));
      return { printed: withoutPrefix(printed), failed: false };
    } catch {
      return { printed: withoutPrefix(printed), failed: true };
    } finally {
      process.env = before;
    }
  });
}

/** Ids of requests begin with what the client calls itself; Python's calls itself nothing. */
function withoutPrefix(printed: string): string {
  return printed.replaceAll(/sdk-nodejs-grpc-[\d.]+-/g, '');
}
