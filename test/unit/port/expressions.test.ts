import { port } from './port';

test.each([
  ['x = 1.', 'const x = 1;'],
  ['x = 1.5e3', 'const x = 1500;'],
  ['x = 1_000', 'const x = 1000;'],
  ['x = 0xff', 'const x = 0xff;'],
  ['x = 18446744073709551615', 'const x = 18446744073709551615n;'],
  ['x = True', 'const x = true;'],
  ['x = -2 ** 2', 'const x = -(2 ** 2);'],
  ['x = 7 // 2', 'const x = Math.floor(7 / 2);'],
  ['x = (1 + 2) * 3', 'const x = (1 + 2) * 3;'],
  ['x = 1 - (2 - 3)', 'const x = 1 - (2 - 3);'],
])('a number or an operator: %s', (python, typescript) => {
  expect(port(python)).toBe(typescript);
});

test.each([
  [`x = "it's"`, `const x = "it's";`],
  [`x = 'a\\n\\x41\\u00e9\\U0001F600'`, `const x = 'a\\nAé😀';`],
  [`x = r'a\\n'`, `const x = 'a\\\\n';`],
  [`x = """a\nb"""`, `const x = 'a\\nb';`],
  [`x = ("a"\n  "b")`, `const x = 'ab';`],
  [`x = b'{"a": 1}'`, `const x = Buffer.from('{"a": 1}');`],
  [`x = b'\\x00\\xff'`, `const x = Uint8Array.of(0, 255);`],
])('a text or bytes: %s', (python, typescript) => {
  expect(port(python)).toBe(typescript);
});

test.each([
  [`print("%s %.2f" % ("a", 1.5))`, "console.log(`${'a'} ${(1.5).toFixed(2)}`);"],
  [
    `print("%5d|%-5s|%05d%%" % (1, "b", 2))`,
    "console.log(`${String(1).padStart(5)}|${'b'.padEnd(5)}|${String(2).padStart(5, '0')}%`);",
  ],
  [`print("%(a)s" % {"a": 1})`, 'console.log(`${1}`);'],
  [`print(f"{1.5:.1f} {'x'!r} {{}}")`, "console.log(`${(1.5).toFixed(1)} ${repr('x')} {}`);"],
  [`print(f"{1.5:>8.2f}")`, 'console.log(`${(1.5).toFixed(2).padStart(8)}`);'],
  [`print(f"{0.5:.1%}")`, 'console.log(`${`${(0.5 * 100).toFixed(1)}%`}`);'],
  [`print("{} {0}".format("a") + "b")`, undefined],
  [`print("{:.3f} {name}".format(1.5, name="n"))`, "console.log(`${(1.5).toFixed(3)} ${'n'}`);"],
  [`print("a", 1, end="")`, "process.stdout.write(`${'a'} ${1}`);"],
])('formatting: %s', (python, typescript) => {
  if (typescript === undefined) expect(port(python)).toContain('console.log(');
  else expect(port(python)).toBe(typescript);
});

test('a text joined with values is a template literal', () => {
  expect(port('KEY = "k"', 'x = "Key " + KEY + "`${"')).toContain('const x = `Key ${KEY}\\`\\${`;');
});

test.each([
  ['x = [str(i) for i in [1, 2] if i > 1]', 'const x = [1, 2].filter((i) => i > 1).map((i) => String(i));'],
  ['x = [i for i in [1, 2] if i != 1]', 'const x = [1, 2].filter((i) => i !== 1);'],
  ['x = {i: 1 for i in ["a"]}', "const x = Object.fromEntries(['a'].map((i) => [i, 1]));"],
  ['x = [{"id": i} for i in [1]]', 'const x = [1].map((i) => ({ id: i }));'],
  ['x = [a + b for a, b in zip([1], [2])]', undefined],
])('a comprehension: %s', (python, typescript) => {
  if (typescript === undefined) expect(port(python)).toContain('.map(([a, b]) => a + b)');
  else expect(port(python)).toBe(typescript);
});

test.each([
  ['x = len([1])', 'const x = [1].length;'],
  ['x = [1, 2][0:1]', 'const x = [1, 2].slice(0, 1);'],
  ['x = [1, 2][-1]', 'const x = [1, 2].at(-1) ?? 0;'],
  ['x = "a" in ["a"]', "const x = ['a'].includes('a');"],
  ['x = 1 if 2 > 1 else 3', 'const x = 2 > 1 ? 1 : 3;'],
  ['x = ", ".join(["a"]).upper()', "const x = ['a'].join(', ').toUpperCase();"],
  ['x = max([1, 2])', 'const x = Math.max(...[1, 2]);'],
  ['x = lambda a: a', 'const x = (a: any) => a;'],
  ['import os', 'x = os.environ.get("A", "b")'],
  ['import base64', 'x = base64.b64encode(b"a").decode()'],
])('what Python has without Clarifai: %s', (...lines) => {
  const [first = '', second = ''] = lines;
  if (first === 'import os') expect(port(first, second)).toBe("const x = process.env.A ?? 'b';");
  else if (first === 'import base64') expect(port(first, second)).toContain(".toString('base64');");
  else expect(port(first)).toBe(second);
});

test('an empty list or dict is false in a condition', () => {
  expect(port('x = [1]', 'if x:', '  print(1)')).toContain('if (x.length > 0) {');
  expect(port('x = [1]', 'if not x:', '  print(1)')).toContain('if (x.length === 0) {');
  expect(port('x = {"a": 1}', 'if x:', '  print(1)')).toContain('if (Object.keys(x).length > 0) {');
});
