import { portPythonSnippet } from '../../../src/python/port/port-python-snippet';
import { bodyOf } from './port';

const preamble = `from clarifai_grpc.channel.clarifai_channel import ClarifaiChannel
from clarifai_grpc.grpc.api import resources_pb2, service_pb2 as service, service_pb2_grpc
from clarifai_grpc.grpc.api.status import status_code_pb2
from google.protobuf.struct_pb2 import Struct
`;

function port(...lines: readonly string[]): { code: string; body: string } {
  const { code, problems } = portPythonSnippet(preamble + lines.join('\n'), { style: 'python' });
  expect(problems).toEqual([]);
  return { code, body: bodyOf(code) };
}

test('messages keep their constructors and the names of their fields, and variables theirs', () => {
  const { code, body } = port('my_input = resources_pb2.Input(dataset_ids=["a"])');
  expect(code).toMatch(/^import { resources_pb2 } from 'clarifai-grpc\/python';\n/);
  expect(body).toBe("const my_input = resources_pb2.Input({ dataset_ids: ['a'] });");
});

test('a module under another name is imported under its own', () => {
  expect(port('x = service.ListInputsRequest(per_page=1)').body).toBe(
    'const x = service_pb2.ListInputsRequest({ per_page: 1 });',
  );
});

test('channel and stub are made as in Python, and a stub that is given from the environment', () => {
  expect(
    port('channel = ClarifaiChannel.get_grpc_channel(base="h")', 'stub = service_pb2_grpc.V2Stub(channel)').body,
  ).toBe(
    "const channel = ClarifaiChannel.get_grpc_channel({ base: 'h' });\nconst stub = service_pb2_grpc.V2Stub(channel);",
  );
  expect(port('r = stub.ListInputs(service.ListInputsRequest(), timeout=2)', 'print(r.status.description)').body).toBe(
    [
      'const stub = service_pb2_grpc.V2Stub(ClarifaiChannel.get_grpc_channel());',
      '',
      'const r = await stub.ListInputs(service_pb2.ListInputsRequest(), { timeout: 2 });',
      'console.log(r.status.description);',
    ].join('\n'),
  );
});

test('messages are changed in place', () => {
  const python = [
    'x = resources_pb2.Input()',
    'x.data.image.url = "u"',
    'x.data.concepts.add(id="c")',
    'x.data.concepts.append(resources_pb2.Concept(id="d"))',
    's = Struct()',
    's.update({"a_key": 1})',
    'x.data.metadata.CopyFrom(s)',
  ];
  expect(
    port(...python)
      .body.split('\n')
      .slice(1),
  ).toEqual([
    "x.data.image.url = 'u';",
    "x.data.concepts.add({ id: 'c' });",
    "x.data.concepts.append(resources_pb2.Concept({ id: 'd' }));",
    'const s = Struct();',
    's.update({ a_key: 1 });',
    'x.data.metadata.CopyFrom(s);',
  ]);
});

test('enums keep their paths, and a raised exception is an Error', () => {
  const python = [
    'r = stub.ListInputs(service.ListInputsRequest())',
    'if r.status.code != status_code_pb2.SUCCESS:',
    '    raise Exception(status_code_pb2.StatusCode.Name(r.status.code))',
  ];
  expect(port(...python).body).toContain('if (r.status.code !== status_code_pb2.SUCCESS) {');
  expect(port(...python).body).toContain('throw new Error(status_code_pb2.StatusCode.Name(r.status.code));');
});

test('modules of Python itself are translated, not imported', () => {
  const { code } = port('import os', 'print(os.environ["HOME"])');
  expect(code).toBe("export {};\n\nconsole.log(process.env.HOME ?? '');\n");
});

test('unknown members of enums are named with the nearest', () => {
  const { problems } = portPythonSnippet('x = status_code_pb2.StatusCode.SUCCES', { style: 'python' });
  expect(problems.map(({ message }) => message)).toEqual(['StatusCode has no `SUCCES`; did you mean `SUCCESS`?']);
});
