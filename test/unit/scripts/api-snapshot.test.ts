import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const repositoryRoot = join(__dirname, '../../..');

function run(...args: string[]): { status: number | null; complaints: string[] } {
  const script = join(repositoryRoot, 'scripts/api-snapshot.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, complaints: stderr.split('\n').filter((line) => /^[+-]/.test(line)) };
}

test('the public surface is what scripts/api.json says: run `npm run api` to accept a change', () => {
  expect(run()).toEqual({ status: 0, complaints: [] });
});

describe('in a project of its own', () => {
  let root: string;
  const write = (name: string, text: string): void => writeFileSync(join(root, name), text);
  const snapshot = (): unknown => JSON.parse(readFileSync(join(root, 'scripts/api.json'), 'utf8'));

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'api-snapshot-'));
    mkdirSync(join(root, 'src'));
    mkdirSync(join(root, 'scripts'));
    cpSync(join(repositoryRoot, 'tsconfig.json'), join(root, 'tsconfig.json'));
    write(
      'package.json',
      JSON.stringify({ exports: { '.': { types: './dist/index.d.ts' }, './package.json': './package.json' } }),
    );
    write(
      'src/point.ts',
      '/** Where. */\nexport interface Point {\n  readonly x: number;\n  /** @internal */\n  readonly secret: string;\n}',
    );
    write('src/index.ts', `export type { Point } from './point';\nexport const origin: string = 'here';`);
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test('the snapshot holds the declaration of every exported name, without comments and what is internal', () => {
    run('--update', root);
    expect(snapshot()).toEqual({
      '.': { Point: ['interface Point {', '    readonly x: number;', '}'], origin: ['const origin: string;'] },
    });
  });

  test('an unchanged surface passes, whatever changed behind it', () => {
    run('--update', root);
    write('src/index.ts', `export type { Point } from './point';\nexport const origin: string = 'there';`);
    expect(run(root)).toEqual({ status: 0, complaints: [] });
  });

  test('a changed member, a new name and a name that is gone are each told', () => {
    run('--update', root);
    write('src/point.ts', 'export interface Point {\n  readonly x: bigint;\n}');
    write('src/index.ts', `export type { Point } from './point';\nexport function locate(): void {}`);
    expect(run(root)).toEqual({
      status: 1,
      complaints: [
        '- . Point:     readonly x: number;',
        '+ . Point:     readonly x: bigint;',
        '+ . locate: function locate(): void;',
        '- . origin: const origin: string;',
      ],
    });
  });
});
