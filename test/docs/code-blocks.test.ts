import { codeBlocks } from './code-blocks';

const fence = '```';

test('a block is told with its language, its note, and the line its code begins on', () => {
  const markdown = ['# Title', '', `${fence}ts jest`, 'test();', fence, 'text'].join('\n');
  expect(codeBlocks('README.md', markdown)).toEqual([
    { place: 'README.md:4', language: 'ts', note: 'jest', code: 'test();\n' },
  ]);
});

test('a block in a list loses the indentation of its fence and keeps its own', () => {
  const markdown = [`  ${fence}js`, '  if (a) {', '    b();', '', '  }', `  ${fence}`].join('\n');
  expect(codeBlocks('a.md', markdown)[0]?.code).toBe('if (a) {\n  b();\n\n}\n');
});

test('a longer fence may hold a shorter one', () => {
  const markdown = ['````md', fence, 'inner', fence, '````'].join('\n');
  expect(codeBlocks('a.md', markdown)).toMatchObject([{ language: 'md', code: `${fence}\ninner\n${fence}\n` }]);
});

test('a block that is never closed is an error that names its place', () => {
  expect(() => codeBlocks('a.md', `${fence}ts\ncode`)).toThrow('a.md:2: the code block is never closed');
});
