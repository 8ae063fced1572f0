import { Workshop } from './workshop';

const workshop = new Workshop();
afterAll(() => workshop.close());

const block = (
  language: string,
  code: string,
  note = '',
): { place: string; language: string; note: string; code: string } => ({
  place: `sample.md:${code.length}`,
  language,
  note,
  code,
});

test('a block that misuses the package does not compile', async () => {
  const wrong = block('ts', `import { Clarifaye } from 'clarifai-grpc';\nconsole.log(Clarifaye);\n`);
  const right = block('ts', `import { Clarifai } from 'clarifai-grpc';\nconsole.log(Clarifai);\n\n`);
  const complaints = await workshop.compile([wrong, right]);
  expect(complaints.get(wrong.place)).toContain('Clarifaye');
  expect(complaints.get(right.place)).toBe('');
});

test('a block that throws fails', async () => {
  const run = await workshop.run(block('js', `throw new Error('not today');\n`));
  expect(run.status).toBe(1);
  expect(run.output).toContain('not today');
});

test('a block finds the photograph and the address of an emulator', async () => {
  const code = `import { statSync } from 'node:fs';\nconsole.log(statSync('photo.jpg').isFile(), process.env.CLARIFAI_API_BASE);\n`;
  const run = await workshop.run(block('js', code));
  expect(run.output).toMatch(/^true http:\/\/127\.0\.0\.1:\d+\n$/);
});

test('a test file runs in Jest, and fails with its tests', async () => {
  const good = block('ts', `test('holds', () => expect(1).toBe(1));\n`, 'jest');
  const bad = block('ts', `test('breaks', () => expect(1).toBe(22));\n`, 'jest');
  await workshop.compile([good, bad]);
  expect((await workshop.run(good)).status).toBe(0);
  expect((await workshop.run(bad)).status).toBe(1);
});

test.each([
  'npm test',
  'npm run demo',
  'npm run demo -- picture.jpg # comment',
  'npm install clarifai-grpc',
  'npm ci',
  'cd x',
])('the shell may say: %s', (line) => {
  expect(workshop.complaints(block('bash', line))).toEqual([]);
});

test.each(['npm run dmeo', 'npm install clarifai', 'rm -rf build', 'yarn add clarifai-grpc'])(
  'the shell may not say: %s',
  (line) => {
    expect(workshop.complaints(block('bash', line))).toEqual([line]);
  },
);
