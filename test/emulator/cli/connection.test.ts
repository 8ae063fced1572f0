import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { startWorld, type World } from './world';

const url = 'https://samples.clarifai.com/metro-north.jpg';
const general = 'https://clarifai.com/clarifai/main/models/general-image-recognition';

async function inWorld(rule: (world: World) => Promise<void>, options = {}): Promise<void> {
  await using world = await startWorld(options);
  await rule(world);
}

test('--root-certificates, or the environment, makes an endpoint with certificates of its own trusted', () =>
  inWorld(
    async (world) => {
      const { rootCertificatesPath = '', pat, base } = world.emulator;
      expect((await world.ran(['whoami', '--timeout', '5'])).code).toBe(1);
      expect((await world.ran(['whoami', '--root-certificates', rootCertificatesPath])).code).toBe(0);
      const env = {
        HOME: world.folder,
        CLARIFAI_ROOT_CERTIFICATES_PATH: rootCertificatesPath,
        CLARIFAI_API_BASE: base,
      };
      expect((await world.ran(['login'], { stdin: pat, env })).code).toBe(0);
      const made = ['config', 'create', 'here', '--root-certificates', relative(process.cwd(), rootCertificatesPath)];
      await world.ran(made, { env });
      const shown = JSON.parse((await world.ran(['config', 'get', 'here', '--json'], { env })).out);
      expect(shown.rootCertificates).toBe(rootCertificatesPath);
      // The context has kept where the certificates are.
      expect((await world.ran(['whoami'], { env: { HOME: world.folder } })).code).toBe(0);
    },
    { tls: true },
  ));

test('--timeout bounds a call', () =>
  inWorld(async (world) => {
    world.emulator.rule('GetUser', { latencyMs: 60_000 });
    const { code, err } = await world.ran(['whoami', '--timeout', '0.2', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(err).error).toMatchObject({ name: 'DeadlineExceededError' });
    expect(await world.ran(['whoami', '--timeout', 'long'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Expected --timeout to be a number at least 0.001 and at most 2147483, got "long"'),
    });
  }));

test('--debug tells on stderr what the client does, without the credential', () =>
  inWorld(async (world) => {
    const { code, out, err } = await world.ran(['predict', general, url, '--debug', '--json']);
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(err).toMatch(/^debug .*PostModelOutputs/m);
    expect(err).not.toContain(world.emulator.pat);
  }));

test('a credential goes to another machine over TLS only, unless that is asked for', async () => {
  await using world = await startWorld();
  const args = ['whoami', '--base', 'http://192.0.2.1:8080', '--timeout', '0.2'];
  expect(await world.ran(args)).toMatchObject({ code: 2, err: expect.stringContaining('without encryption') });
  expect((await world.ran([...args, '--allow-insecure'])).code).toBe(1);
});

test('of several credentials the first of flag, environment and context is sent, and no other', () =>
  inWorld(async (world) => {
    const { pat, sessionToken, base } = world.emulator;
    const config = join(world.folder, 'contexts.json');
    writeFileSync(config, JSON.stringify({ currentContext: 'c', contexts: { c: { base, apiKey: 'refused' } } }));
    const env = { HOME: world.folder, CLARIFAI_SESSION_TOKEN: sessionToken };
    const ask = (more: string[]) => world.ran(['whoami', '--config', config, ...more], { env });
    expect((await ask([])).out).toMatch(/^credential +sessionToken \*{4}/m);
    expect((await ask(['--pat', pat])).out).toMatch(/^credential +pat \*{4}/m);
  }));
