// Ported snippets as users write them. Never run: compile.test.ts holds them to compile, each @ts-expect-error included.
import {
  ClarifaiChannel,
  MessageToDict,
  type Message,
  ParseDict,
  resources_pb2,
  service_pb2,
  service_pb2_grpc,
  status_code_pb2,
  status_pb2,
  Struct,
  struct_pb2,
  Timestamp,
  timestamp_pb2,
  wrappers_pb2,
} from '../../src/python';
import type { Input, MultiOutputResponse } from '../../src/rpc';
import { type Equal, holds, type IsAny } from './claims';

const PAT = 'pat';
const metadata = [['authorization', 'Key ' + PAT]];
const stub = service_pb2_grpc.V2Stub(ClarifaiChannel.get_grpc_channel());

export async function aSnippetNeedsNoCast(): Promise<void> {
  const input_metadata = Struct();
  input_metadata.update({ id: 'id001', size: 100, nested: [{ deep: null }] });
  const response = await stub.PostInputs(
    service_pb2.PostInputsRequest({
      user_app_id: resources_pb2.UserAppIDSet({ user_id: 'u', app_id: 'a' }),
      inputs: [
        resources_pb2.Input({
          id: 'x',
          data: resources_pb2.Data({
            image: resources_pb2.Image({ url: 'u', base64: new Uint8Array(1), allow_duplicate_url: true }),
            concepts: ['a', 'b'].map((id) => resources_pb2.Concept({ id, value: 1 })),
            metadata: input_metadata,
            int_value: 5n,
          }),
          created_at: Timestamp({ seconds: 5 }),
          status: status_pb2.Status({ code: status_code_pb2.INPUT_DOWNLOAD_SUCCESS }),
        }),
      ],
    }),
    { metadata, timeout: 5 },
  );
  if (response.status.code !== status_code_pb2.SUCCESS) throw new Error(response.status.description);
  for (const input of response.inputs) {
    holds<Equal<typeof input, Message<Input>>>(input);
    holds<Equal<typeof input.data.image.allow_duplicate_url, boolean>>();
    holds<Equal<typeof input.data.int_value, bigint>>();
    const date: Date = input.created_at.ToDatetime();
    console.log(String(input), date, input.data.metadata['id'], input.data.metadata.fields);
  }
  const name: string = status_code_pb2.StatusCode.Name(response.status.code);
  console.log(name, status_code_pb2.StatusCode.Value('SUCCESS'), response.HasField('status'), MessageToDict(response));
}

export async function streamsAreIterated(): Promise<void> {
  for await (const answer of stub.GenerateModelOutputs(service_pb2.PostModelOutputsRequest({ model_id: 'm' }))) {
    holds<Equal<typeof answer, Message<MultiOutputResponse>>>(answer);
  }
  for await (const _ of stub.StreamModelOutputs([service_pb2.PostModelOutputsRequest()], { metadata }));
}

export function messagesChangeInPlace(): void {
  const input = resources_pb2.Input();
  input.id = 'x';
  input.data.image.url = 'u';
  input.data.concepts.add({ id: 'cat' }).value = 1;
  input.data.concepts.extend([resources_pb2.Concept({ id: 'dog' })]);
  input.data.metadata['key'] = 'value';
  input.data.CopyFrom(resources_pb2.Data({ text: { raw: 'plain objects are messages, too' } }));
  ParseDict({ id: 'x' }, input).id.toUpperCase();
  new resources_pb2.Input({ id: 'with new' }).data.metadata.update({ a: 1 });
}

export function enumsAndNestedNames(): void {
  holds<Equal<typeof resources_pb2.GREATER_THAN, typeof resources_pb2.ValueComparator.GREATER_THAN>>();
  resources_pb2.Point({ visibility: resources_pb2.Point.Visibility.VISIBLE });
  resources_pb2.Point({ visibility: resources_pb2.Point.VISIBLE });
  resources_pb2.Point({ visibility: 'VISIBLE' });
  resources_pb2.App({ is_template: wrappers_pb2.BoolValue({ value: true }) }).is_template.value.valueOf();
  resources_pb2.TimeRange({ start_time: timestamp_pb2.Timestamp({ seconds: 1, nanos: 2 }), end_time: new Date() });
  resources_pb2
    .ModelTypeField({ default_value: struct_pb2.Value({ string_value: 'x' }) })
    .default_value.string_value.at(0);
  service_pb2.Pagination({ page: 1, per_page: 5 });
  holds<Equal<IsAny<typeof resources_pb2>, false>>();
  holds<Equal<IsAny<typeof resources_pb2.Input>, false>>();
}

/** A misspelt or wrong name, at every depth. */
export function misspeltNamesAreErrors(): void {
  // @ts-expect-error a misspelt message
  resources_pb2.Inputt();
  // @ts-expect-error a message of the other module
  resources_pb2.PostInputsRequest();
  // @ts-expect-error a misspelt field
  resources_pb2.Image({ urll: 'u' });
  // @ts-expect-error the camelCase name of a field
  resources_pb2.Image({ allowDuplicateUrl: true });
  // @ts-expect-error a misspelt field in a plain object at depth three
  service_pb2.PostInputsRequest({ inputs: [{ data: { image: { urll: 'u' } } }] });
  // @ts-expect-error a message of another type
  resources_pb2.Data({ image: resources_pb2.Text({ raw: 'x' }) });
  // @ts-expect-error a field of the wrong type
  resources_pb2.Image({ url: 5 });
  // @ts-expect-error a string where a list is meant
  resources_pb2.Input({ dataset_ids: 'd' });
  // @ts-expect-error a field that is not there
  void resources_pb2.Input().image;
  // @ts-expect-error a message cannot be assigned, as in Python
  resources_pb2.Input().data = resources_pb2.Data();
  // @ts-expect-error a list cannot be assigned, as in Python
  resources_pb2.Input().dataset_ids = [];
  // @ts-expect-error a misspelt status code
  void status_code_pb2.SUCCES;
  // @ts-expect-error an RPC that does not exist
  void stub.PostInput(service_pb2.PostInputsRequest());
  // @ts-expect-error the request of another RPC
  void stub.PostInputs(service_pb2.PostModelOutputsRequest({ model_id: 'm' }));
  // @ts-expect-error a misspelt option of a call
  void stub.PostInputs(service_pb2.PostInputsRequest(), { meta: metadata });
  // @ts-expect-error a field that the message does not have
  resources_pb2.Input().HasField('dat');
}
