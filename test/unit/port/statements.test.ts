import { port, problemsOf } from './port';

const list = 'r = stub.ListInputs(service_pb2.ListInputsRequest(page=1))';

test('a call is awaited, and the stub comes from the environment when the snippet leaves it out', () => {
  expect(port(list)).toBe('const stub = new V2Stub();\n\nconst r = await stub.ListInputs({ page: 1 });');
});

test('the metadata of a snippet goes with the call, and a timeout in milliseconds', () => {
  const python = [
    'PAT = "p"',
    "metadata = (('authorization', 'Key ' + PAT),)",
    list.replace('))', '), metadata=metadata, timeout=2.5)'),
  ];
  expect(port(...python)).toContain("const metadata = [['authorization', `Key ${PAT}`]] as const;");
  expect(port(...python)).toContain('await stub.ListInputs({ page: 1 }, { metadata, timeoutMs: 2500 });');
});

test('the channel of a snippet is the stub’s own affair; its base is kept', () => {
  const imports = [
    'from clarifai_grpc.channel.clarifai_channel import ClarifaiChannel',
    'from clarifai_grpc.grpc.api import service_pb2_grpc',
  ];
  const stub = 'stub = service_pb2_grpc.V2Stub(channel)';
  expect(port(...imports, 'channel = ClarifaiChannel.get_grpc_channel()', stub)).toBe('const stub = new V2Stub();');
  expect(port(...imports, 'channel = ClarifaiChannel.get_grpc_channel(base="h")', stub)).toBe(
    "const stub = new V2Stub({ base: 'h' });",
  );
});

test('raising after a look at the status throws the error that the status calls for', () => {
  const python = [
    list,
    'if r.status.code != status_code_pb2.SUCCESS:',
    '    raise Exception("no: " + r.status.description)',
  ];
  expect(port(...python)).toContain(
    [
      'if (r.status?.code !== StatusCode.SUCCESS) {',
      "  throw statusError(r, `no: ${r.status?.description ?? ''}`);",
      '}',
    ].join('\n'),
  );
});

test('raising in the else of a look at success does so, too; raising elsewhere throws an Error', () => {
  const python = [
    list,
    'if r.status.code == status_code_pb2.SUCCESS:',
    '    pass',
    'else:',
    '    raise Exception("no")',
    'raise ValueError("x")',
  ];
  expect(port(...python)).toContain("throw statusError(r, 'no');");
  expect(port(...python)).toContain("throw new Error('x');");
});

test('a field below a message that may be missing is read with ?. and has the default that Python reads', () => {
  expect(port(list, 'print(r.inputs[0].data.text.raw)')).toContain("console.log(r.inputs[0]?.data?.text?.raw ?? '');");
  expect(port(list, 'for c in r.inputs[0].data.concepts:', '    print(c.id)')).toContain(
    'of r.inputs[0]?.data?.concepts ?? []) {',
  );
});

test('a stream is gone over with for await, and list() of it is filled by a loop', () => {
  const stream = 'stub.GenerateModelOutputs(service_pb2.PostModelOutputsRequest(model_id="m"))';
  expect(port(`for a in ${stream}:`, '    print(a.status.code)')).toContain(
    "for await (const a of stub.GenerateModelOutputs({ modelId: 'm' })) {",
  );
  expect(port(`r = list(${stream})`)).toContain('  r.push(message);');
});

test.each([
  ['for i in range(3):', 'for (let i = 0; i < 3; i++) {'],
  ['for i in range(5, 1, -2):', 'for (let i = 5; i > 1; i += -2) {'],
  ['for i, x in enumerate([1]):', 'for (const [i, x] of [1].entries()) {'],
  ['for k, v in {"a": 1}.items():', 'for (const [k, v] of Object.entries({ a: 1 })) {'],
])('a loop: %s', (python, typescript) => {
  expect(port(python, '    print(1)')).toContain(typescript);
});

test('a file is read where the snippet reads it, in both ways of writing it', () => {
  const binary = "const b = readFileSync('f.jpg');";
  expect(port('with open("f.jpg", "rb") as f:', '    b = f.read()')).toBe(binary);
  expect(port('b = open("f.jpg", "rb").read()')).toBe(binary);
  expect(port('t = open("f.txt").read()')).toBe("const t = readFileSync('f.txt', 'utf8');");
});

test('a variable of several blocks is declared before them', () => {
  expect(port('if 1 > 0:', '    x = 1', 'else:', '    x = 2', 'print(x)')).toBe(
    ['let x;', 'if (1 > 0) {', '  x = 1;', '} else {', '  x = 2;', '}', 'console.log(x);'].join('\n'),
  );
});

test('a variable that holds another kind of value later becomes another variable', () => {
  const get = 'r = stub.GetInput(service_pb2.GetInputRequest(input_id="a"))';
  expect(port(list, get, 'print(r.input.id)')).toContain("console.log(r2.input?.id ?? '');");
});

test('a variable assigned again is declared with let', () => {
  expect(port('x = 1', 'x += 2')).toBe('let x = 1;\nx += 2;');
});

test('a function that calls the service is async, and so is one that calls it', () => {
  const python = ['def f(page=1):', `    ${list}`, '    return r', 'def g():', '    return f(page=2)', 'g()'];
  expect(port(...python)).toContain('async function f(page = 1) {');
  expect(port(...python)).toContain('return await f(2);');
  expect(port(...python)).toContain('await g();');
});

test('an error of a call is caught by its class', () => {
  const python = [
    'import grpc',
    'try:',
    `    ${list}`,
    'except grpc.RpcError as e:',
    '    print(e.code(), e.details())',
  ];
  expect(port(...python)).toContain('if (e instanceof ClarifaiError) {');
  expect(port(...python)).toContain("console.log(`StatusCode.${e.code}`, e.details ?? '');");
  expect(port(...python)).toContain('throw e;');
});

test('the body of a main guard stands by itself', () => {
  expect(port('if __name__ == "__main__":', '    print(1)')).toBe('console.log(1);');
});

test('names are given in camel case, constants stay, and words of TypeScript get a number', () => {
  expect(port('my_name = 1', 'MY_NAME = 2', 'new = 3')).toBe('const myName = 1;\nconst MY_NAME = 2;\nconst new2 = 3;');
});

test('comments stay where they are', () => {
  const python = [
    '# above',
    'x = [',
    '    1,  # one',
    '    # between',
    '    2,',
    '    # last',
    ']  # after',
    '',
    'if x:',
    '    # inside',
    '    print(x)',
  ];
  expect(port(...python)).toBe(
    [
      '// above',
      'const x = [',
      '  1, // one',
      '  // between',
      '  2,',
      '  // last',
      ']; // after',
      '',
      'if (x.length > 0) {',
      '  // inside',
      '  console.log(str(x));',
      '}',
    ].join('\n'),
  );
});

test('what has no translation is left as a comment, and its names stay known', () => {
  expect(problemsOf('x = 1 @ 2', 'print(x)')).toEqual(['1:5 The operator `@` has no translation']);
  expect(problemsOf('class A(B, C):', '    pass')).toEqual(['1:12 A class with several bases has no translation']);
  expect(problemsOf('print(nobody)')).toEqual(['1:7 `nobody` is not defined in the snippet']);
});

test('a generator of requests stays one', () => {
  const python = [
    'def parts():',
    '    for data in [b"a"]:',
    '        yield service_pb2.PostModelVersionsUploadRequest(content_part=resources_pb2.UploadContentPart(data=data))',
    'for r in stub.PostModelVersionsUpload(parts()):',
    '    print(r.status)',
  ];
  expect(port(...python)).toContain('function* parts() {');
  expect(port(...python)).toContain('yield { contentPart: { data } };');
  expect(port(...python)).toContain('for await (const r of stub.PostModelVersionsUpload(parts())) {');
});

test('a list that is filled from answers holds their messages', () => {
  expect(port('all = []', list, 'all.extend(r.inputs)', 'for i in all:', '    print(i.data.text.raw)')).toContain(
    "console.log(i.data?.text?.raw ?? '');",
  );
});
