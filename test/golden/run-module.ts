import { transpileModule, ModuleKind, ScriptTarget } from 'typescript';

/** Runs TypeScript that awaits at the top level, with this package's sources for the package. */
export async function runModule(code: string): Promise<string[]> {
  const { outputText } = transpileModule(code, {
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
  });
  const lines: string[] = [];
  const log = (...values: readonly unknown[]): void => void lines.push(values.map(String).join(' '));
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor;
  const run = new AsyncFunction('require', 'exports', 'console', outputText);
  await run(load, {}, { log, error: log });
  return lines;
}

function load(name: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- stands for the require of the module
  return require(name.replace(/^clarifai-grpc\//, '../../src/'));
}
