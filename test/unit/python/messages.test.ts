import { inspect } from 'node:util';
import fc from 'fast-check';
import { reflection } from '../../../generated/reflection';
import * as python from '../../../src/python';
import { InvalidRequestError } from '../../../src/base/errors';
import { MessageClass } from '../../../src/python/message-class';

const { resources_pb2, service_pb2, status_code_pb2, status_pb2, Struct, wrappers_pb2 } = python;

describe('making messages', () => {
  test('a constructor is called with new or without, and what it makes is its instance', () => {
    const image = resources_pb2.Image({ url: 'u' });
    expect(image).toBeInstanceOf(resources_pb2.Image);
    expect(new resources_pb2.Image({ url: 'u' }).url).toBe('u');
    expect(image.DESCRIPTOR).toEqual({ name: 'Image', full_name: 'clarifai.api.Image' });
    expect(Struct()).toBeInstanceOf(Struct);
  });

  test('a message is copied into another, as in Python', () => {
    const image = resources_pb2.Image({ url: 'before' });
    const data = resources_pb2.Data({ image });
    image.url = 'after';
    expect(data.image.url).toBe('before');
    data.image.url = 'inside';
    expect(image.url).toBe('after');
  });

  test('null and undefined leave a field unset', () => {
    const data = resources_pb2.Data({ image: undefined, text: null });
    expect([data.HasField('image'), data.HasField('text')]).toEqual([false, false]);
  });

  test('any iterable fills a list', () => {
    const ids = new Set(['a', 'b']);
    const data = resources_pb2.Data({ concepts: [...ids].map((id) => ({ id })) });
    expect(data.concepts.map(({ id }) => id)).toEqual(['a', 'b']);
    const input = resources_pb2.Input({ dataset_ids: ids as unknown as string[] });
    expect([...input.dataset_ids]).toEqual(['a', 'b']);
  });

  test('the messages and enums inside of a message are its members', () => {
    expect(resources_pb2.Point.Visibility.VISIBLE).toBe(resources_pb2.Point.VISIBLE);
    expect(resources_pb2.MetricData.MatrixData().DESCRIPTOR.full_name).toBe('clarifai.api.MetricData.MatrixData');
  });
});

describe('names that are not there raise, naming the nearest', () => {
  const image = resources_pb2.Image();
  const at = image as unknown as Record<string, unknown>;
  test.each<[string, () => unknown, string]>([
    ['a field in a constructor', () => resources_pb2.Image({ ulr: 'u' } as object), 'did you mean `url`?'],
    ['a field by its camelCase name', () => at['allowDuplicateUrl'], 'did you mean `allow_duplicate_url`?'],
    ['a field that is read', () => at['urll'], 'Unknown field `urll` of clarifai.api.Image: did you mean `url`?'],
    ['a field that is written', () => (at['urll'] = 'u'), 'did you mean `url`?'],
    ['a field of a nested plain object', () => resources_pb2.Data({ image: { ulr: 'u' } as object }), '`url`?'],
    ['HasField', () => resources_pb2.Data().HasField('imag' as 'image'), 'did you mean `image`?'],
    ['a oneof', () => resources_pb2.Operation().WhichOneof('op'), 'known are operation, annotation_operation'],
    ['a message of a module', () => Reflect.get(resources_pb2, 'Inputt') as unknown, 'did you mean `Input`?'],
    ['a status code', () => Reflect.get(status_code_pb2, 'SUCCES') as unknown, 'did you mean `SUCCESS`?'],
    ['the name of an enum value', () => status_code_pb2.StatusCode.Value('SUCCES'), 'did you mean `SUCCESS`?'],
    ['an enum value in a field', () => status_pb2.Status({ code: 'SUCCES' }), 'did you mean `SUCCESS`?'],
  ])('%s', (_what, act, message) => {
    expect(act).toThrow(InvalidRequestError);
    expect(act).toThrow(message);
  });

  test('what anyone asks of an object is not taken for a field', async () => {
    expect(await Promise.resolve(image)).toBe(image);
    expect(await Promise.resolve(resources_pb2)).toBe(resources_pb2);
    expect(inspect(image)).toBe('');
    expect(JSON.stringify(resources_pb2.Image({ url: 'u' }))).toBe('{"url":"u"}');
  });
});

describe('values that do not fit raise, naming the field', () => {
  test.each<[string, () => unknown]>([
    ['Expected `Image.url` to be a string, got `5` (number)', () => resources_pb2.Image({ url: 5 as never })],
    ['Expected `Image.base64` to be a Uint8Array', () => resources_pb2.Image({ base64: 'text' as never })],
    ['Expected `Input.dataset_ids` to be an array', () => resources_pb2.Input({ dataset_ids: 'abc' as never })],
    [
      'Expected `Input.data` to be a clarifai.api.Data, got a clarifai.api.Image',
      () => resources_pb2.Input({ data: resources_pb2.Image() as never }),
    ],
    ['Expected `Input.data` to be a clarifai.api.Data, got `5`', () => resources_pb2.Input({ data: 5 as never })],
    ['Expected `Image` to be given an object of fields', () => resources_pb2.Image([] as never)],
    ['Expected `Struct.a.b` to be a JSON value, got `NaN` (number)', () => Struct().update({ a: { b: NaN } })],
    ['`Input.data` cannot be assigned to, as in Python', () => Reflect.set(resources_pb2.Input(), 'data', {})],
  ])('%s', (message, act) => {
    expect(act).toThrow(InvalidRequestError);
    expect(act).toThrow(message);
  });
});

describe('changing messages in place', () => {
  test('setting a field of a message that is not set sets it, and those around it', () => {
    const input = resources_pb2.Input();
    expect(input.data.image.url).toBe('');
    expect(input.HasField('data')).toBe(false);
    input.data.image.url = '';
    expect([input.HasField('data'), input.data.HasField('image'), input.data.HasField('text')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('a message that is set without fields is sent', () => {
    const input = resources_pb2.Input();
    input.data.SetInParent();
    expect(String(input)).toBe('data {\n}\n');
  });

  test('lists append, extend and add, and so does push', () => {
    const data = resources_pb2.Data();
    data.concepts.append(resources_pb2.Concept({ id: 'a' }));
    data.concepts.extend([resources_pb2.Concept({ id: 'b' })]);
    data.concepts.add({ id: 'c' }).value = 0.5;
    data.concepts.push(resources_pb2.Concept({ id: 'd' }));
    data.concepts.remove(data.concepts[0] ?? resources_pb2.Concept());
    expect(python.MessageToDict(data)).toEqual({ concepts: [{ id: 'b' }, { id: 'c', value: 0.5 }, { id: 'd' }] });
  });

  test('a list that is filled by push sets the message that it is in', () => {
    const input = resources_pb2.Input();
    input.data.concepts.push(resources_pb2.Concept({ id: 'a' }));
    expect(input.HasField('data')).toBe(true);
  });

  test('of a oneof the field that was set last is the one that is', () => {
    const worker = resources_pb2.Worker({ user: { id: 'u' } });
    expect(worker.WhichOneof('worker')).toBe('user');
    worker.model.id = 'm';
    expect([worker.WhichOneof('worker'), worker.HasField('user')]).toEqual(['model', false]);
    expect(resources_pb2.Worker().WhichOneof('worker')).toBeNull();
  });

  test('a scalar of a oneof is set though it equals its default', () => {
    const request = service_pb2.ListAppsRequest({ sort_by_name: false });
    expect(request.WhichOneof('sort_by')).toBe('sort_by_name');
    expect(String(request)).toBe('sort_by_name: false\n');
  });

  test('CopyFrom replaces, MergeFrom adds, ClearField and Clear take away', () => {
    const input = resources_pb2.Input({ id: 'a', data: { text: { raw: 'x' }, concepts: [{ id: '1' }] } });
    input.MergeFrom(resources_pb2.Input({ data: { image: { url: 'u' }, concepts: [{ id: '2' }] } }));
    expect(python.MessageToDict(input)).toEqual({
      id: 'a',
      data: { text: { raw: 'x' }, image: { url: 'u' }, concepts: [{ id: '1' }, { id: '2' }] },
    });
    input.data.ClearField('concepts');
    input.data.CopyFrom(resources_pb2.Data({ text: { raw: 'y' } }));
    expect(python.MessageToDict(input)).toEqual({ id: 'a', data: { text: { raw: 'y' } } });
    input.ClearField('data');
    expect(input.HasField('data')).toBe(false);
    input.Clear();
    expect(input.ListFields()).toEqual([]);
  });
});

test('what is read from a decoded message is not copied, and reading does not change its bytes', () => {
  const bytes = resources_pb2
    .Input({
      id: 'a',
      data: { image: { url: 'u', base64: Uint8Array.of(1, 2) }, metadata: { k: [1] } },
      created_at: new Date(1500),
    })
    .SerializeToString();
  const input = resources_pb2.Input.FromString(bytes);
  expect(input.data).toBe(input.data);
  expect(input.data.image.base64.buffer).toBe(bytes.buffer);
  expect([input.data.metadata['k'], input.data.video.url, input.data.regions.length]).toEqual([[1], '', 0]);
  expect(Buffer.from(input.SerializeToString())).toEqual(Buffer.from(bytes));
  expect(input.ByteSize()).toBe(bytes.length);
});

test('every field of every message is read, and written where it is a scalar, under its name in the protos', () => {
  for (const [fullName, rows] of Object.entries(reflection().messages)) {
    const message = MessageClass.of(fullName).create(undefined) as Record<string, unknown>;
    for (const [name, , , kind, , cardinality] of rows) {
      expect(message[name]).toBeDefined();
      if (kind !== 'message' && cardinality === '') message[name] = message[name];
    }
  }
});

test('a value that was set is what is read, whatever it is', () => {
  fc.assert(
    fc.property(fc.string(), fc.boolean(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (text, flag, big) => {
      const data = resources_pb2.Data({ text: { raw: text }, image: { allow_duplicate_url: flag }, int_value: big });
      const again = resources_pb2.Data.FromString(data.SerializeToString());
      expect([again.text.raw, again.image.allow_duplicate_url, again.int_value]).toEqual([text, flag, big]);
    }),
  );
});

test('wrappers tell unset from default', () => {
  const app = resources_pb2.App({ is_template: wrappers_pb2.BoolValue({ value: false }) });
  expect([app.HasField('is_template'), app.is_template.value]).toEqual([true, false]);
  expect(resources_pb2.App().HasField('is_template')).toBe(false);
});
