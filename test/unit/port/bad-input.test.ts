import { portPythonSnippet } from '../../../src/python/port/port-python-snippet';

test.each([
  ['x = foo(1,\ny = 2\n', 3, 1],
  ['x = [1, 2\nprint(x)\n', 2, 1],
  ['if x\n    y = 1\n', 1, 5],
])('a syntax error names line and column: %j', (source, line, column) => {
  expect(() => portPythonSnippet(source)).toThrow(`Python syntax error at line ${line}, column ${column}`);
});

test('Python 2 is named as such', () => {
  expect(() => portPythonSnippet('x = 1\nprint "hi"\n')).toThrow(
    'This is Python 2 (Python 3 writes `print(...)`) at line 2, column 1: print "hi"',
  );
});

test('a snippet of the SDK is recognised, with what does the same here', () => {
  expect(() => portPythonSnippet('from clarifai.client.input import Inputs\n')).toThrow(
    'Line 1: `clarifai.client.input` belongs to the Clarifai Python SDK; only gRPC snippets (clarifai_grpc) can be ported.' +
      ' Here the same is done by `clarifai.postInputs(...)`, or `clarifai.ingest(...)` for many',
  );
});

test('what is no text, and a style that does not exist, are refused', () => {
  expect(() => portPythonSnippet(Buffer.from('x = 1') as unknown as string)).toThrow(
    'Expected `source` to be a string',
  );
  expect(() => portPythonSnippet('', { style: 'java' as 'idiomatic' })).toThrow('Expected `style` to be');
});

test('an empty source is an empty module', () => {
  expect(portPythonSnippet('')).toEqual({ code: 'export {};\n', problems: [] });
});

test('line ends of Windows are line ends', () => {
  expect(portPythonSnippet('x = 1\r\nz = 2\r\n').code).toContain('const x = 1;\nconst z = 2;\n');
});
