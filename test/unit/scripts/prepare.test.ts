import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const scripts = join(__dirname, '../../../scripts');

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'prepare-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, content: unknown): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), typeof content === 'string' ? content : JSON.stringify(content));
}

/** Calls an exported function of a script in a process of its own: Jest does not load ES modules. */
function call(module: string, name: string, ...args: readonly unknown[]): unknown {
  const url = pathToFileURL(join(scripts, 'prepare', `${module}.mjs`)).href;
  const source = `import { ${name} } from '${url}'; console.log(JSON.stringify(await ${name}(...${JSON.stringify(args)})));`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', source], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

describe('the fingerprint of a step', () => {
  const fingerprint = (...paths: string[]): unknown => call('fingerprint', 'fingerprint', root, paths);

  test('stays the same while names and contents do', () => {
    write('src/b.ts', 'two');
    write('src/a.ts', 'one');
    const before = fingerprint('src');
    write('src/a.ts', 'one');
    expect(fingerprint('src')).toBe(before);
  });

  test('changes with a content, a name, a new file and a file that is gone', () => {
    write('src/a.ts', 'one');
    const seen = [fingerprint('src', 'lock')];
    write('src/a.ts', 'two');
    seen.push(fingerprint('src', 'lock'));
    renameSync(join(root, 'src/a.ts'), join(root, 'src/c.ts'));
    seen.push(fingerprint('src', 'lock'));
    write('lock', '');
    seen.push(fingerprint('src', 'lock'));
    rmSync(join(root, 'src'), { recursive: true });
    seen.push(fingerprint('src', 'lock'));
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('tells two files from one that holds the same bytes', () => {
    write('one/a', 'x');
    write('one/b', 'y');
    write('two/a', 'x\0one/b\x001\0y');
    expect(fingerprint('one')).not.toBe(fingerprint('two'));
  });
});

describe('the packages count as installed', () => {
  const isInstalled = (): unknown => call('installed', 'isInstalled', root);
  const lock = {
    packages: {
      '': { name: 'project' },
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
      'node_modules/other-platform': { version: '1.0.0', optional: true },
    },
  };
  const installed = { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } } };

  beforeEach(() => {
    write('package-lock.json', lock);
    write('node_modules/.package-lock.json', installed);
    write('node_modules/a/index.js', '');
  });

  test('when npm finished with what the lock file names, less the optional packages of other platforms', () => {
    expect(isInstalled()).toBe(true);
  });

  test('not before npm has run to its end', () => {
    rmSync(join(root, 'node_modules/.package-lock.json'));
    expect(isInstalled()).toBe(false);
  });

  test('not when a package has another version, is missing from the list, or is gone from the disk', () => {
    write('package-lock.json', {
      packages: { ...lock.packages, 'node_modules/a': { version: '2.0.0', integrity: 'sha512-b' } },
    });
    expect(isInstalled()).toBe(false);
    write('package-lock.json', { packages: { ...lock.packages, 'node_modules/b': { version: '1.0.0' } } });
    expect(isInstalled()).toBe(false);
    write('package-lock.json', lock);
    rmSync(join(root, 'node_modules/a'), { recursive: true });
    expect(isInstalled()).toBe(false);
  });
});

test('the lock file has the optional packages of every platform, without which `npm ci` refuses to start', () => {
  const { packages } = JSON.parse(readFileSync(join(scripts, '../package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string; optionalDependencies?: Record<string, string> }>;
  };
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => {
      const candidates = [`${path}/node_modules/${name}`, `node_modules/${name}`];
      return !candidates.some((candidate) => packages[candidate]?.version !== undefined);
    }),
  );
  expect(missing).toEqual([]);
});

describe('the lock', () => {
  const url = pathToFileURL(join(scripts, 'prepare/lock.mjs')).href;

  /** Starts a process that appends `<id` and `id>` to the log, with a while between them, under the lock. */
  function enter(id: number): Promise<number | null> {
    const source = `
      import { appendFileSync } from 'node:fs';
      import { setTimeout as sleep } from 'node:timers/promises';
      import { withLock } from '${url}';
      await withLock(${JSON.stringify(join(root, 'lock'))}, () => {}, async () => {
        appendFileSync(${JSON.stringify(join(root, 'log'))}, '<${id} ');
        await sleep(50);
        appendFileSync(${JSON.stringify(join(root, 'log'))}, '${id}> ');
      });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: 'inherit' });
    return new Promise((resolve) => child.on('exit', resolve));
  }

  test('lets one process in at a time, and every one in the end', async () => {
    expect(await Promise.all([1, 2, 3].map(enter))).toEqual([0, 0, 0]);
    const log = readFileSync(join(root, 'log'), 'utf8');
    expect(log).toMatch(/^(<(\d) \2> ){3}$/);
    expect(existsSync(join(root, 'lock'))).toBe(false);
  });

  test('of a process that has ended is taken over', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    write('lock', String(pid));
    expect(await enter(1)).toBe(0);
    expect(readFileSync(join(root, 'log'), 'utf8')).toBe('<1 1> ');
  });
});

test('a step that does not exist is refused with the ones that do', () => {
  const run = spawnSync(process.execPath, [join(scripts, 'prepare.mjs'), 'polish'], { encoding: 'utf8' });
  expect(run).toMatchObject({
    status: 1,
    stderr: 'prepare: Expected the step to be install, generate or build, got `polish`\n',
  });
});
