import { format } from 'node:util';
import { transpileModule, ModuleKind, ScriptTarget } from 'typescript';

/** Runs TypeScript that awaits at the top level, with this package's sources for the package; it prints to `print`. */
export async function runModule(code: string, print: (text: string) => void = () => undefined): Promise<void> {
  const { outputText } = transpileModule(code, {
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
  });
  const log = (...values: readonly unknown[]): void => print(`${format(...values)}\n`);
  const output = { log, error: () => undefined };
  const stdout = { write: (text: string) => print(text) };
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor;
  const run = new AsyncFunction('require', 'exports', 'console', 'process', outputText);
  await run(
    load,
    {},
    output,
    Object.create(process, { stdout: { value: stdout }, exit: { value: exit }, argv: { value: ['node', 'program'] } }),
  );
}

function exit(code?: number): never {
  throw new Error(`The program ended with ${code ?? 0}`);
}

function load(name: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- stands for the require of the module
  return require(name.replace(/^clarifai-grpc\//, '../../src/'));
}
