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
import { type Equal, type HasAny, holds } from './claims';

export async function resultsArePrecise(clarifai: Clarifai): Promise<void> {
  const app = clarifai.app('a');
  const info = await app.get();
  holds<Equal<typeof info, AppInfo>>(info);
  holds<Equal<typeof info.createdAt, Date | undefined>>(info);
  const datasets = app.datasets.list();
  holds<Equal<typeof datasets, Listing<DatasetInfo>>>(datasets);
  const concepts = await app.concepts.create(['cat']);
  holds<Equal<typeof concepts, Outcome<ConceptInfo>[]>>(concepts);
  const patched = await app.inputs.patch([{ id: 'a' }]);
  holds<Equal<typeof patched, Outcome<Input>[]>>(patched);

  const model = clarifai.model('m');
  const described = await model.get();
  holds<Equal<typeof described, ModelInfo>>(described);
  const trained = await model.train();
  holds<Equal<typeof trained, ModelVersionInfo>>(trained);
  const outputs = await model.predict({ inputs: [] });
  holds<Equal<typeof outputs, Outcome<Output>[]>>(outputs);

  const workflow = clarifai.workflow('w');
  const exported = await workflow.export();
  holds<Equal<typeof exported, WorkflowConfig>>(exported);
  const results = await workflow.predict({ inputs: [] });
  holds<Equal<typeof results, Outcome<WorkflowResult>[]>>(results);

  for await (const hit of app.search({ filters: [{ concepts: ['cat'] }] })) {
    holds<Equal<typeof hit, SearchHit>>(hit);
    holds<Equal<typeof hit.input, Input | undefined>>(hit);
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
