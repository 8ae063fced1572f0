import { StatusCode } from '../../../../../../generated/proto/clarifai/api/status/status_code';
import { answers, call, errorsIn, handle, hasOutcome, list, rejects, type Row } from '../row';

const noInput = 'the service takes an input that is not there for an argument of the annotation that is wrong';
const saysNoInput = (errors: ReturnType<typeof errorsIn>): void => {
  expect(errors.map(({ statusCode, details }) => [statusCode, details])).toEqual([
    [StatusCode.ANNOTATION_INVALID_ARGUMENT, "The input 'none' does not exist."],
  ]);
};

/** Concepts with their relations and languages, and annotations. */
export const labelRows: Readonly<Record<string, Row>> = {
  'Concepts.relations': handle(({ app }) => app.concepts.relations('concept-1')),
  'Concepts.languages': handle(({ app }) => app.concepts.languages('concept-1')),
  'Concepts.list': list(
    ['ListConcepts'],
    ({ app }, options) => app.concepts.list(options),
    rejects(({ nowhere }, options) => nowhere.concepts.list(options)),
  ),
  'Concepts.get': call(
    ['GetConcept'],
    ({ app }, options) => app.concepts.get('concept-1', options),
    rejects(({ app }, options) => app.concepts.get('none', options)),
  ),
  'Concepts.create': call(
    ['PostConcepts'],
    ({ app }, options) => app.concepts.create(['new'], options),
    rejects(({ nowhere }, options) => nowhere.concepts.create(['new'], options)),
    { failsInOutcomes: ['PostConcepts'] },
  ),
  'Concepts.patch': call(
    ['PatchConcepts'],
    ({ app }, options) => app.concepts.patch([{ id: 'concept-1', name: 'new' }], options),
    rejects(({ app }, options) => app.concepts.patch([{ id: 'none', name: 'new' }], options)),
    { failsInOutcomes: ['PatchConcepts'] },
  ),
  'Concepts.search': list(
    ['PostConceptsSearches'],
    ({ app }, options) => app.concepts.search('concept*', {}, options),
    rejects(({ nowhere }, options) => nowhere.concepts.search('concept*', {}, options)),
  ),

  'ConceptRelations.list': list(
    ['ListConceptRelations'],
    ({ app }, options) => app.concepts.relations('concept-1').list({}, options),
    answers(
      'relations are found by their ends, which may be concepts of models that the app does not hold',
      ({ app }, options) => app.concepts.relations('none').list({}, options),
      (result) => expect(result).toEqual([]),
    ),
  ),
  'ConceptRelations.create': call(
    ['PostConceptRelations'],
    ({ app }, options) =>
      app.concepts.relations('concept-2').create([{ objectConceptId: 'concept-3', predicate: 'synonym' }], options),
    rejects(({ app }, options) =>
      app.concepts.relations('none').create([{ objectConceptId: 'concept-3', predicate: 'synonym' }], options),
    ),
    { failsInOutcomes: ['PostConceptRelations'] },
  ),
  'ConceptRelations.delete': call(
    ['DeleteConceptRelations'],
    ({ app, ids }, options) => app.concepts.relations('concept-1').delete([ids.relation], options),
    rejects(({ app }, options) => app.concepts.relations('concept-1').delete(['none'], options)),
    { deletes: ['relation *'] },
  ),

  'ConceptLanguages.list': list(
    ['ListConceptLanguages'],
    ({ app }, options) => app.concepts.languages('concept-1').list(options),
    rejects(({ app }, options) => app.concepts.languages('none').list(options)),
  ),
  'ConceptLanguages.create': call(
    ['PostConceptLanguages'],
    ({ app }, options) => app.concepts.languages('concept-2').create([{ id: 'ja', name: 'new' }], options),
    rejects(({ app }, options) => app.concepts.languages('none').create([{ id: 'ja', name: 'new' }], options)),
    { failsInOutcomes: ['PostConceptLanguages'] },
  ),
  'ConceptLanguages.patch': call(
    ['PatchConceptLanguages'],
    ({ app }, options) => app.concepts.languages('concept-1').patch([{ id: 'ja', name: 'new' }], options),
    rejects(({ app }, options) => app.concepts.languages('none').patch([{ id: 'ja', name: 'new' }], options)),
    { failsInOutcomes: ['PatchConceptLanguages'] },
  ),

  'Annotations.list': list(
    ['ListAnnotations'],
    ({ app }, options) => app.annotations.list({ inputIds: ['input-1'] }, options),
    rejects(({ nowhere }, options) => nowhere.annotations.list({}, options)),
  ),
  'Annotations.create': call(
    ['PostAnnotations'],
    ({ app }, options) => app.annotations.create([{ inputId: 'input-1', concepts: ['concept-1'] }], options),
    answers(
      noInput,
      ({ app }, options) => app.annotations.create([{ inputId: 'none', concepts: ['concept-1'] }], options),
      (result) => saysNoInput(errorsIn(result)),
    ),
    { failsInOutcomes: ['PostAnnotations'] },
  ),
  'Annotations.patch': call(
    ['PatchAnnotations'],
    ({ app }, options) =>
      app.annotations.patch([{ id: 'annotation-1', inputId: 'input-1', concepts: ['concept-3'] }], options),
    hasOutcome(({ app }, options) =>
      app.annotations.patch([{ id: 'none', inputId: 'input-1', concepts: ['concept-3'] }], options),
    ),
    { failsInOutcomes: ['PatchAnnotations'] },
  ),
  'Annotations.delete': call(
    ['DeleteAnnotations'],
    ({ app }, options) => app.annotations.delete([{ id: 'annotation-1', inputId: 'input-1' }], options),
    answers(
      'the service deletes what matches, and does not say what did',
      ({ app }, options) => app.annotations.delete([{ id: 'none', inputId: 'input-1' }], options),
      (result) => expect(result).toBeUndefined(),
    ),
    { deletes: ['annotation annotation-1'] },
  ),
  'Annotations.deleteOfInputs': call(
    ['DeleteAnnotations'],
    ({ app }, options) => app.annotations.deleteOfInputs(['input-1'], options),
    answers(
      noInput,
      ({ app }, options) => app.annotations.deleteOfInputs(['none'], options).catch((error: unknown) => error),
      (result) => saysNoInput(errorsIn(result)),
    ),
    { deletes: ['annotation *'] },
  ),
};
