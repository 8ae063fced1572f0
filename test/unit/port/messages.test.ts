import { port, problemsOf } from './port';

test('a message becomes an object with its fields in camel case, by the table and not by a pattern', () => {
  expect(port('x = resources_pb2.Image(url="u", allow_duplicate_url=True)')).toBe(
    "const x = { url: 'u', allowDuplicateUrl: true };",
  );
});

test('a field takes an enum by member, by nested member and by name', () => {
  const python = [
    'a = resources_pb2.Point(visibility=resources_pb2.Point.Visibility.VISIBLE)',
    'b = resources_pb2.Point(visibility=resources_pb2.Point.VISIBLE)',
    'c = resources_pb2.Point(visibility="VISIBLE")',
  ];
  expect(port(...python).match(/visibility: Point_Visibility\.VISIBLE/g)).toHaveLength(3);
});

test('a dict where a message is expected becomes the message', () => {
  expect(port('x = resources_pb2.Input(data={"image": {"url": "u"}})')).toBe(
    "const x = { data: { image: { url: 'u' } } };",
  );
});

test('a Struct becomes a plain object, its keys left alone', () => {
  const python = [
    'from google.protobuf.struct_pb2 import Struct',
    's = Struct()',
    's.update({"a_key": None, "b": [1]})',
  ];
  expect(port(...python)).toContain('= { a_key: null, b: [1] };');
});

test('a Struct updated with a variable copies it', () => {
  const python = ['from google.protobuf.struct_pb2 import Struct', 'd = {"a": 1}', 's = Struct()', 's.update(d)'];
  expect(port(...python)).toContain('= { ...d };');
});

test('wrappers become their value, and a Timestamp its two numbers', () => {
  expect(
    port(
      'from google.protobuf import wrappers_pb2',
      'x = resources_pb2.App(is_template=wrappers_pb2.BoolValue(value=True))',
    ),
  ).toBe('const x = { isTemplate: true };');
  expect(port('from google.protobuf.timestamp_pb2 import Timestamp', 'x = Timestamp(seconds=1, nanos=2)')).toBe(
    'const x = { seconds: 1, nanos: 2 };',
  );
});

test('fields set later make a new object each time, as Python copies messages', () => {
  expect(port('x = resources_pb2.Input(id="a")', 'x.data.image.url = "u"')).toBe(
    [
      "let x: DeepPartial<Input> = { id: 'a' };",
      "x = { ...x, data: { ...x.data, image: { ...x.data?.image, url: 'u' } } };",
    ].join('\n'),
  );
});

test('what is appended to a repeated field goes after what is there', () => {
  const python = [
    'x = resources_pb2.Data()',
    'x.concepts.append(resources_pb2.Concept(id="c"))',
    'x.concepts.add(id="d")',
  ];
  expect(port(...python)).toContain("x = { ...x, concepts: [...(x.concepts ?? []), { id: 'c' }] };");
  expect(port(...python)).toContain("x = { ...x, concepts: [...(x.concepts ?? []), { id: 'd' }] };");
});

test('an unknown field is left out and named with the nearest', () => {
  expect(problemsOf('x = resources_pb2.Image(ulr="u")')).toEqual([
    '1:29 Image has no field `ulr`; did you mean `url`?',
  ]);
});

test('an unknown message is named with the nearest', () => {
  expect(problemsOf('x = resources_pb2.Imput()')).toEqual(['1:5 resources_pb2 has no `Imput`; did you mean `Input`?']);
});

test('an unknown RPC is named with the nearest', () => {
  expect(problemsOf('stub.PostInput(service_pb2.PostInputsRequest())')).toEqual([
    '1:1 The service has no RPC `PostInput`; did you mean `PostInputs`?',
  ]);
});

test('an unknown field of an answer is named with the nearest', () => {
  expect(problemsOf('r = stub.ListInputs(service_pb2.ListInputsRequest())', 'print(r.input)')).toEqual([
    '2:7 MultiInputResponse has no field `input`; did you mean `inputs`?',
  ]);
});

test('a number that does not fit its field is a problem', () => {
  expect(problemsOf('x = resources_pb2.FrameInfo(index=4294967296)')).toEqual([
    '1:35 4294967296 does not fit FrameInfo.index, which is uint32',
  ]);
});
