// Code that uses handles and collections as users do. Never run: compile.test.ts holds it to compile, each @ts-expect-error included.
import type {
  AnnotatedOutcome,
  AppInfo,
  Clarifai,
  ConceptInfo,
  DatasetInfo,
  Input,
  InputJobInfo,
  Listing,
  ModelInfo,
  ModelVersionInfo,
  Outcome,
  Output,
  SearchHit,
  WorkflowConfig,
  WorkflowInfo,
  WorkflowResult,
} from '../../src/index';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type IsAny<T> = 0 extends 1 & T ? true : false;
/** Compiles only for a claim that is true. */
declare function holds<Claim extends true>(value?: unknown): Claim;

/** Compiles only for a value of this type. */
declare function exactly<Expected>(value: Expected): Expected;

/** Whether `any` stands anywhere in a type, to a depth at which the messages have repeated themselves. */
type HasAny<T, Depth extends readonly unknown[] = []> =
  IsAny<T> extends true
    ? true
    : Depth['length'] extends 4
      ? false
      : T extends readonly (infer Item)[]
        ? HasAny<Item, [...Depth, 0]>
        : T extends Uint8Array | Date | ((...args: never[]) => unknown)
          ? false
          : T extends object
            ? true extends { [Key in keyof T]-?: HasAny<T[Key], [...Depth, 0]> }[keyof T]
              ? true
              : false
            : false;

export async function resultsArePrecise(clarifai: Clarifai): Promise<void> {
  const app = clarifai.app('a');
  const { createdAt } = exactly<AppInfo>(await app.get());
  holds<Equal<typeof createdAt, Date | undefined>>(createdAt);
  exactly<Listing<DatasetInfo>>(app.datasets.list());
  exactly<Outcome<ConceptInfo>[]>(await app.concepts.create(['cat']));
  exactly<Outcome<Input>[]>(await app.inputs.patch([{ id: 'a' }]));

  const model = clarifai.model('m');
  exactly<ModelInfo>(await model.get());
  exactly<ModelVersionInfo>(await model.train());
  exactly<Outcome<Output>[]>(await model.predict({ inputs: [] }));

  const workflow = clarifai.workflow('w');
  exactly<WorkflowConfig>(await workflow.export());
  exactly<Outcome<WorkflowResult>[]>(await workflow.predict({ inputs: [] }));

  for await (const hit of app.search({ filters: [{ concepts: ['cat'] }] })) {
    const { score, input } = exactly<SearchHit>(hit);
    holds<Equal<typeof score, number>>(score);
    holds<Equal<typeof input, Input | undefined>>(input);
  }
}

export function noAnyLeaksOut(): void {
  holds<Equal<HasAny<AppInfo>, false>>();
  holds<Equal<HasAny<DatasetInfo>, false>>();
  holds<Equal<HasAny<ConceptInfo>, false>>();
  holds<Equal<HasAny<ModelInfo>, false>>();
  holds<Equal<HasAny<WorkflowInfo>, false>>();
  holds<Equal<HasAny<SearchHit>, false>>();
  holds<Equal<HasAny<Input>, false>>();
  holds<Equal<HasAny<InputJobInfo>, false>>();
  holds<Equal<HasAny<AnnotatedOutcome>, false>>();
}

export function argumentsArePrecise(clarifai: Clarifai): void {
  const app = clarifai.app();
  // @ts-expect-error an option that does not exist
  void app.datasets.create('d', { descripton: 'x' });
  // @ts-expect-error a list wants ids
  void app.datasets.delete('d');
  // @ts-expect-error other media do not exist
  void app.inputs.list({ kind: 'pdf' });
  // @ts-expect-error a place has both
  void app.search({ filters: [{ geo: { near: { latitude: 1 }, within: 1 } }] });
  // @ts-expect-error other metrics do not exist
  void app.search({ metric: 'manhattan' });
  // @ts-expect-error a box has four sides
  void app.annotations.create([{ inputId: 'i', box: { left: 0, top: 0, right: 1 } }]);
  // @ts-expect-error an annotation belongs to an input
  void app.annotations.create([{ box: { left: 0, top: 0, right: 1, bottom: 1 } }]);
  // @ts-expect-error a nodepool belongs to a cluster
  void clarifai.model('m').predict({ inputs: [], compute: { nodepoolId: 'n' } });
  // @ts-expect-error emptying an app wants its name
  void app.inputs.deleteAll({});
  // @ts-expect-error a cloud is one of three
  void app.inputs.addFromCloud([{ url: 's3://b', credentials: { aws: {} } }]);
  // @ts-expect-error a model is uploaded from what can be read again
  void clarifai.model('m').versions.upload(new ReadableStream());
  // @ts-expect-error what is said of an item belongs to its input
  void clarifai.dataset('d').upload([{ url: 'x', annotations: [{ inputId: 'i' }] }]);
  // @ts-expect-error a handle wants an id
  void clarifai.model();
  // @ts-expect-error what is read cannot be changed
  void app.get().then((info) => (info.id = 'x'));
}
