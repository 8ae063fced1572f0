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

test('a snippet of the SDK is recognised, with what does the same here for each of its calls', () => {
  const snippet = [
    'from clarifai.client.user import User',
    'from clarifai.client.input import Inputs',
    'inputs = Inputs(user_id="u", app_id="a")',
    'inputs.upload_from_url(input_id="i", image_url="https://samples.clarifai.com/metro-north.jpg")',
    'app = User(user_id="u").app(app_id="a")',
    'print([one for one in app.list_concepts()])',
  ];
  expect(() => portPythonSnippet(snippet.join('\n'))).toThrow(
    [
      'Line 1: `clarifai.client.user` belongs to the Clarifai Python SDK; only gRPC snippets (clarifai_grpc) can be ported.' +
        ' docs/sdk-map.md has each of its methods, here:',
      '  line 3: Inputs is `clarifai.inputs` (docs/sdk-map.md#inputs)',
      '  line 4: Inputs.upload_from_url is `clarifai.inputs.add([{ id, url }])` (docs/sdk-map.md#inputsupload_from_url)',
      '  line 5: User.app is `clarifai.user(userId).app(appId)` (docs/sdk-map.md#userapp)',
      '  line 5: User is `clarifai.user(userId)` (docs/sdk-map.md#user)',
      '  line 6: App.list_concepts is `clarifai.app(appId).concepts.list()` (docs/sdk-map.md#applist_concepts)',
    ].join('\n'),
  );
});

test('an unknown message, field, RPC or status code names the nearest', () => {
  const messages = portPythonSnippet(
    [
      'a = resources_pb2.Imput()',
      'b = resources_pb2.Image(ulr="u")',
      'stub.PostInput(b)',
      'print(status_code_pb2.SUCCES)',
    ].join('\n'),
  ).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
  expect(messages).toEqual([
    '1:5 resources_pb2 has no `Imput`; did you mean `Input`?',
    '2:29 Image has no field `ulr`; did you mean `url`?',
    '3:1 The service has no RPC `PostInput`; did you mean `PostInputs`?',
    '4:7 status_code_pb2 has no `SUCCES`; did you mean `SUCCESS`?',
  ]);
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
