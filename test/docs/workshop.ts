import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { startEmulator } from '../../src/emulator/index';
import { Folder, type Run, repositoryRoot } from '../package/folder';
import type { CodeBlock } from './code-blocks';

const manifest = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
};

const compilerOptions = {
  module: 'nodenext',
  target: 'es2022',
  lib: ['es2024', 'esnext.disposable'],
  strict: true,
  skipLibCheck: true,
  exactOptionalPropertyTypes: true,
  types: ['node', 'jest'],
  typeRoots: [join(repositoryRoot, 'node_modules/@types')],
};

/** A reader's project: the built package installed by name, a photograph, and the code of each block in a file of its own. */
export class Workshop {
  readonly #folder: Folder = new Folder();

  constructor() {
    const { path } = this.#folder;
    mkdirSync(join(path, 'node_modules'));
    symlinkSync(repositoryRoot, join(path, 'node_modules', manifest.name), 'junction');
    const peers = 'node_modules/@opentelemetry';
    symlinkSync(join(repositoryRoot, peers), join(path, peers), 'junction');
    cpSync(
      join(repositoryRoot, 'node_modules/clarifai-nodejs-grpc/tests/assets/metro-north.jpg'),
      join(path, 'photo.jpg'),
    );
    cpSync(join(path, 'photo.jpg'), join(path, 'photos/metro-north.jpg'));
    mkdirSync(join(path, 'node_modules/.bin'));
    symlinkSync(
      join(repositoryRoot, manifest.bin[manifest.name] ?? ''),
      join(path, 'node_modules/.bin', manifest.name),
    );
    this.#folder.write('package.json', JSON.stringify({ name: 'reader', type: 'module' }));
  }

  /** Type-checks `ts` blocks, leaves their JavaScript beside them, and tells what the compiler says of each, by its place. */
  async compile(blocks: readonly CodeBlock[]): Promise<ReadonlyMap<string, string>> {
    const names = blocks.map((block) => this.#nameOf(block));
    blocks.forEach((block, index) => this.#folder.write(names[index] ?? '', block.code));
    this.#folder.write('tsconfig.json', JSON.stringify({ compilerOptions, files: names }));
    const { output } = await this.#folder.tool('typescript/bin/tsc', ['-p', 'tsconfig.json', '--pretty', 'false']);
    const said = output.split(/^(?=\S)/m);
    const ofNone = said.filter((one) => !names.some((name) => one.startsWith(`${name}(`)));
    return new Map(
      blocks.map(({ place }, index) => {
        const own = said.filter((one) => one.startsWith(`${names[index]}(`));
        return [place, [...own, ...ofNone].join('')];
      }),
    );
  }

  /** Runs a compiled `ts` block, or a `js` block, against an emulator of its own. */
  async run(block: CodeBlock): Promise<Run> {
    const name = this.#nameOf(block);
    if (block.language === 'js') this.#folder.write(name, block.code);
    const script = name.replace(/ts$/, 'js');
    await using emulator = await startEmulator();
    const environment = {
      CLARIFAI_PAT: emulator.pat,
      CLARIFAI_API_BASE: emulator.base,
      CLARIFAI_USER_ID: emulator.userId,
      CLARIFAI_APP_ID: emulator.appId,
    };
    if (block.note !== 'jest') return await this.#folder.node([script], environment);
    const testMatch = `**/${script}`;
    return await this.#folder.tool(
      'jest/bin/jest.js',
      ['--rootDir', this.#folder.path, '--testMatch', testMatch, '--testTimeout', '60000'],
      environment,
    );
  }

  /** What is wrong with a shell block, line by line: it may hold commands of npm that exist, and little else. */
  complaints(block: CodeBlock): string[] {
    return block.code
      .split('\n')
      .filter((line) => line.trim() !== '' && !/^(#|cd |git clone |export [A-Z_]+=)/.test(line))
      .filter((line) => !this.#isKnown(line.replace(/\s+#.*$/, '')));
  }

  /** Runs a shell block as its reader would, one command after another in one shell, but for the installation, which is done. */
  async session(block: CodeBlock): Promise<Run> {
    const lines = block.code.split('\n').map((line) => (this.#isKnown(line) ? ':' : line));
    // The emulator says itself how to end it.
    const end = `sed -n 's/^# it runs until this ends it: //p' *.env | sh`;
    const script = ['set -e', `trap "${end}" EXIT`, ...lines].join('\n');
    const config = join(this.#folder.path, 'config');
    return this.#folder.shell(script, { XDG_CONFIG_HOME: config, HOME: config });
  }

  /** What the reader has now at a path of theirs. */
  read(path: string): string {
    return readFileSync(join(this.#folder.path, path), 'utf8');
  }

  /** Runs `npm run demo`, the one command of a shell block that is not already being run by this very test run. */
  demo(): string {
    return execFileSync('npm', ['run', '--silent', 'demo'], {
      cwd: repositoryRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
    });
  }

  close(): void {
    this.#folder.remove();
  }

  #isKnown(command: string): boolean {
    if (/^npm (install|i) /.test(command)) return command.endsWith(` ${manifest.name}`);
    const script = /^(?:[A-Z_]+=\S+ )*npm (?:run )?([\w:-]+)( |$)/.exec(command)?.[1];
    return script !== undefined && (script === 'ci' || script in manifest.scripts);
  }

  /** `ts` blocks are ES modules, as top-level await wants it; what Jest runs is CommonJS, as Jest wants it. */
  #nameOf({ place, language, note, code }: CodeBlock): string {
    const stem = place.replaceAll(/[^\w]+/g, '-');
    if (language === 'ts') return note === 'jest' ? `${stem}.test.cts` : `${stem}.mts`;
    return code.includes('require(') ? `${stem}.cjs` : `${stem}.mjs`;
  }
}
