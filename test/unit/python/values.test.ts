// Values that differ between Python and JavaScript; each rule stands in docs/python.md, too.
import { MessageToDict, MessageToJson, Parse, ParseDict } from '../../../src/python';
import { duration_pb2, resources_pb2, service_pb2, status_code_pb2, status_pb2 } from '../../../src/python';
import { Struct, struct_pb2, Timestamp, wrappers_pb2 } from '../../../src/python';

describe('64-bit integers', () => {
  test('are read as bigint and given as bigint, number or text', () => {
    for (const int_value of [5n, 5, '5']) expect(resources_pb2.Data({ int_value }).int_value).toBe(5n);
    const count = 2n ** 63n - 1n;
    const data = resources_pb2.Data.FromString(resources_pb2.Data({ int_value: count }).SerializeToString());
    expect(data.int_value).toBe(count);
    expect(MessageToDict(data)).toEqual({ intValue: '9223372036854775807' });
    expect(() => resources_pb2.Data({ int_value: 2 ** 60 })).toThrow(
      'Expected `Data.int_value` to be a 64-bit integer',
    );
  });
});

describe('bytes', () => {
  test('are Uint8Array, base64 in JSON and octal escapes in print', () => {
    const image = resources_pb2.Image({ base64: Uint8Array.of(0, 65, 255) });
    expect(String(image)).toBe('base64: "\\000A\\377"\n');
    expect(MessageToDict(image)).toEqual({ base64: 'AEH/' });
    expect([...ParseDict({ base64: 'AEH_' }, resources_pb2.Image()).base64]).toEqual([0, 65, 255]);
  });
});

describe('enums', () => {
  test('are given by name or number and read as numbers', () => {
    expect(status_pb2.Status({ code: 'SUCCESS' }).code).toBe(10000);
    expect(status_pb2.Status({ code: status_code_pb2.SUCCESS }).code).toBe(status_code_pb2.SUCCESS);
  });

  test('print the first of several names for one number', () => {
    expect(status_code_pb2.StatusCode.Name(status_code_pb2.INPUT_DOWNLOAD_SUCCESS)).toBe('INPUT_SUCCESS');
    expect(String(status_pb2.Status({ code: 30000 }))).toBe('code: INPUT_SUCCESS\n');
    expect(status_code_pb2.StatusCode.Value('INPUT_DOWNLOAD_SUCCESS')).toBe(30000);
    expect(status_code_pb2.StatusCode.items()).toContainEqual(['SUCCESS', 10000]);
    expect(status_code_pb2.StatusCode.keys()).toHaveLength(status_code_pb2.StatusCode.values().length);
  });

  test('show a number that has no name as it is, but Name raises', () => {
    const status = ParseDict({ code: 987654 }, status_pb2.Status());
    expect(String(status)).toBe('code: 987654\n');
    expect(MessageToDict(status)).toEqual({ code: 987654 });
    expect(() => status_code_pb2.StatusCode.Name(987654)).toThrow('no name for the number 987654');
  });

  test('use_integers_for_enums writes numbers', () => {
    const status = status_pb2.Status({ code: 'SUCCESS' });
    expect(MessageToDict(status, { use_integers_for_enums: true })).toEqual({ code: 10000 });
  });
});

describe('unset and default', () => {
  test('a scalar that is not set reads as its default, a message as an empty one', () => {
    const input = resources_pb2.Input();
    expect([input.id, input.data.image.url, input.data.int_value, input.dataset_ids.length]).toEqual(['', '', 0n, 0]);
    expect([...input.data.image.base64]).toEqual([]);
  });

  test('HasField tells of messages and of members of oneofs, and raises for others', () => {
    expect(resources_pb2.Input({ data: {} }).HasField('data')).toBe(true);
    expect(resources_pb2.Input().HasField('data')).toBe(false);
    expect(() => resources_pb2.Input().HasField('id')).toThrow('HasField tells of messages and oneofs only');
  });

  test('always_print_fields_with_no_presence writes defaults, too', () => {
    const options = { always_print_fields_with_no_presence: true, preserving_proto_field_name: true };
    expect(MessageToDict(service_pb2.Pagination({ page: 2 }), options)).toEqual({ page: 2, per_page: 0 });
  });
});

describe('Struct', () => {
  test('keys are left alone, numbers are doubles, and nesting reads as it was written', () => {
    const struct = Struct();
    struct.update({ userId: 1, user_id: [1, 'two', null, { deep: true }], 'any key': {} });
    expect(struct['userId']).toBe(1);
    expect(struct['user_id']).toMatchObject([1, 'two', null, {}]);
    expect(struct.keys()).toEqual(['userId', 'user_id', 'any key']);
    expect('any key' in struct).toBe(true);
    expect(struct['missing']).toBeUndefined();
    expect(MessageToDict(struct)).toEqual({ userId: 1, user_id: [1, 'two', null, { deep: true }], 'any key': {} });
    expect(MessageToJson(struct, { indent: null })).toContain('"userId": 1.0');
  });

  test('entries are written by key, and one named as a method is read with get', () => {
    const struct = Struct();
    struct['answer'] = 42;
    struct.update({ update: 'x' });
    expect(struct['answer']).toBe(42);
    expect(struct.get('update')).toBe('x');
    expect(struct.items()).toEqual([
      ['answer', 42],
      ['update', 'x'],
    ]);
    delete (struct as Record<string, unknown>)['answer'];
    expect(struct.values()).toEqual(['x']);
    expect(struct.fields['update']?.string_value).toBe('x');
  });

  test('a field takes a Struct, another message, or plain JSON', () => {
    const struct = struct_pb2.Struct({ fields: { a: struct_pb2.Value({ number_value: 1 }) } });
    expect(MessageToDict(resources_pb2.Data({ metadata: struct }))).toEqual({ metadata: { a: 1 } });
    expect(MessageToDict(resources_pb2.Data({ metadata: { a: [struct] } }))).toEqual({ metadata: { a: [{ a: 1 }] } });
    expect(struct_pb2.ListValue({ values: [1, 'x'] }).values[1]?.string_value).toBe('x');
  });

  test('NaN is refused: JSON has none', () => {
    expect(() => Struct().update({ a: NaN })).toThrow('Expected `Struct.a` to be a JSON value');
  });

  test('a key may be `__proto__`', () => {
    const struct = Struct();
    struct.update(JSON.parse('{"__proto__": 1}') as { [key: string]: number });
    expect(struct.get('__proto__')).toBe(1);
  });
});

describe('floats', () => {
  test('have 32 bits in memory and the fewest digits in print and JSON', () => {
    const concept = resources_pb2.Concept({ value: 0.98 });
    expect(concept.value).toBe(Math.fround(0.98));
    expect(String(concept)).toBe('value: 0.98\n');
    expect(MessageToJson(concept, { indent: null })).toBe('{"value": 0.98}');
    expect(String(resources_pb2.Concept({ value: 1 }))).toBe('value: 1.0\n');
    expect(String(resources_pb2.Concept({ value: -0 }))).toBe('value: -0.0\n');
    expect(String(resources_pb2.Concept({ value: 1e-5 }))).toBe('value: 1e-05\n');
    expect(String(resources_pb2.Concept({ value: 1e16 }))).toBe('value: 1e+16\n');
  });

  test.each([
    [NaN, 'nan', 'NaN'],
    [Infinity, 'inf', 'Infinity'],
    [-Infinity, '-inf', '-Infinity'],
  ])('%s is %s in print and the text %s in JSON', (value, printed, json) => {
    const concept = resources_pb2.Concept({ value });
    expect(String(concept)).toBe(`value: ${printed}\n`);
    expect(MessageToDict(concept)).toEqual({ value: json });
    expect(ParseDict({ value: json }, resources_pb2.Concept()).value).toBe(value);
  });
});

describe('text', () => {
  test('what is not ASCII is escaped in print, byte by byte, and in JSON unless ensure_ascii is false', () => {
    const concept = resources_pb2.Concept({ name: 'é😀"\n' });
    expect(String(concept)).toBe('name: "\\303\\251\\360\\237\\230\\200\\"\\n"\n');
    expect(MessageToJson(concept, { indent: null })).toBe('{"name": "\\u00e9\\ud83d\\ude00\\"\\n"}');
    expect(MessageToJson(concept, { indent: null, ensure_ascii: false })).toBe('{"name": "é😀\\"\\n"}');
    expect(Parse('{"name": "é"}', resources_pb2.Concept()).name).toBe('é');
  });
});

describe('timestamps', () => {
  test('are made of and turned into Date', () => {
    const timestamp = Timestamp();
    timestamp.FromDatetime(new Date('2024-01-15T16:38:49.250Z'));
    expect([timestamp.seconds, timestamp.nanos]).toEqual([1705336729n, 250000000]);
    expect(timestamp.ToDatetime()).toEqual(new Date('2024-01-15T16:38:49.250Z'));
    expect(timestamp.ToJsonString()).toBe('2024-01-15T16:38:49.250Z');
    expect(resources_pb2.Input({ created_at: new Date(-1) }).created_at).toMatchObject({ seconds: -1n, nanos: 999e6 });
    expect(() => timestamp.FromDatetime(new Date(NaN))).toThrow('Expected a valid date');
  });

  test('keep their nanoseconds in JSON, and read any offset', () => {
    const text = '2024-01-15T16:38:49.000000001Z';
    expect(MessageToDict(ParseDict({ createdAt: text }, resources_pb2.Input()))).toEqual({ createdAt: text });
    const timestamp = Timestamp();
    timestamp.FromJsonString('2024-01-15T17:38:49.5+01:00');
    expect(timestamp.ToJsonString()).toBe('2024-01-15T16:38:49.500Z');
    expect(() => timestamp.FromJsonString('yesterday')).toThrow('Expected a timestamp such as');
  });

  test('count in any unit', () => {
    const timestamp = Timestamp();
    timestamp.FromNanoseconds(-1n);
    expect([timestamp.seconds, timestamp.nanos, timestamp.ToNanoseconds()]).toEqual([-1n, 999_999_999, -1n]);
    timestamp.FromMilliseconds(1500);
    expect([timestamp.ToSeconds(), timestamp.ToMilliseconds(), timestamp.ToMicroseconds()]).toEqual([
      1,
      1500,
      1500000n,
    ]);
    timestamp.FromMicroseconds(2_000_001);
    expect(timestamp.nanos).toBe(1000);
    timestamp.FromSeconds(7);
    expect(timestamp.ToMilliseconds()).toBe(7000);
    timestamp.GetCurrentTime();
    expect(timestamp.ToSeconds()).toBeGreaterThan(1_700_000_000);
  });

  test('durations read and write their JSON', () => {
    const duration = duration_pb2.Duration();
    duration.FromJsonString('-1.5s');
    expect([duration.seconds, duration.nanos, duration.ToJsonString()]).toEqual([-1n, -500000000, '-1.500s']);
    expect([duration.ToSeconds(), duration.ToMilliseconds()]).toEqual([-1, -1500]);
    expect(() => duration.FromJsonString('soon')).toThrow('Expected a duration such as 1.5s');
  });
});

describe('ParseDict', () => {
  test.each<[string, unknown, string]>([
    ['an unknown name', { nam: 'x' }, 'did you mean `name`?'],
    ['a value of the wrong type', { name: 5 }, 'Expected `Concept.name` to be a string, got `5` (number)'],
    ['what is no object', [], 'Expected `Concept` to be a plain object'],
    ['a name twice', { appId: 'a', app_id: 'b' }, 'given without `appId`'],
    ['a list that is none', { keypointInfo: [] }, 'Expected `Concept.keypointInfo` to be a plain object'],
  ])('refuses %s', (_what, dict, message) => {
    expect(() => ParseDict(dict, resources_pb2.Concept())).toThrow(message);
  });

  test('reads both names of a field, skips unknown ones when asked, and takes null for unset', () => {
    const dict = { app_id: 'a', userId: 'u', name: null, other: 1 };
    const concept = ParseDict(dict, resources_pb2.Concept({ name: 'x' }), { ignore_unknown_fields: true });
    expect(MessageToDict(concept)).toEqual({ appId: 'a', userId: 'u' });
  });

  test('reads wrappers from what they hold', () => {
    const app = ParseDict({ is_template: false }, resources_pb2.App());
    expect(app.is_template).toMatchObject(wrappers_pb2.BoolValue());
    expect(app.HasField('is_template')).toBe(true);
  });

  test('only messages are given', () => {
    expect(() => MessageToDict({ url: 'u' })).toThrow('Expected `message` to be a message');
    expect(() => Parse('{', resources_pb2.Concept())).toThrow('Expected `text` to be JSON');
  });
});
