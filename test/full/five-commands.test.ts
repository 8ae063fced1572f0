import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { photograph } from '../emulator/harness';
import { pack } from '../package/consumer';
import { Folder, repositoryRoot } from '../package/folder';
import { Chromium } from './browser/chromium';

const folder = new Folder();
afterAll(() => folder.remove());

test('who follows the README alone has a prediction, a report and an ingested folder after five commands', async () => {
  const readme = readFileSync(join(repositoryRoot, 'README.md'), 'utf8');
  const [, block = ''] = /## In five commands\n[^]*?```bash run\n([^]*?)```/.exec(readme) ?? [];
  const commands = block.trim().split('\n');
  expect(commands).toHaveLength(5);
  // What `npm publish` would publish, in place of what is in the registry.
  const [install = '', ...others] = commands;
  expect(install).toBe('npm install clarifai-grpc');
  const packed = install.replace('clarifai-grpc', `--silent --no-audit --no-fund --prefer-offline ${pack(folder)}`);

  folder.write('photo.jpg', photograph());
  folder.write('photos/metro-north.jpg', photograph());
  folder.write('photos/notes.txt', 'The 7:14 was late.');
  const end = `trap "sed -n 's/^# it runs until this ends it: //p' emulator.env | sh" EXIT`;
  const count = 'npx clarifai-grpc inputs list --json';
  // npm run hands its own settings down, which would make this npm act on the repository.
  const begin = 'unset npm_config_local_prefix "${!npm_package_@}" "${!npm_lifecycle_@}"';
  const script = ['set -e', begin, end, packed, ...others, count].join('\n');
  const { status, output } = await folder.shell(script, {
    HOME: folder.path,
    XDG_CONFIG_HOME: folder.path,
    // What was downloaded before is there.
    npm_config_cache: process.env['npm_config_cache'] ?? join(homedir(), '.npm'),
  });

  expect({ status, output }).toMatchObject({ status: 0 });
  expect(output).toMatch(/^color-recognition\n( {2}#[0-9a-f]{6} .*\n)+/m);
  expect(output).toMatch(/^read +2\naccepted +2\n/m);
  expect(output.match(/^\{"id":.*\}$/gm)).toHaveLength(2);

  await using chromium = new Chromium();
  const page = await chromium.open(pathToFileURL(join(folder.path, 'report.html')).href);
  const looks = `({
    width: document.querySelector('img').naturalWidth,
    swatches: document.querySelectorAll('.swatch').length > 0,
    heading: document.querySelector('h2').innerText,
  })`;
  expect(await page.evaluate(looks)).toEqual({ width: 512, swatches: true, heading: 'photo.jpg' });
  expect(page.complaints).toEqual([]);
});
