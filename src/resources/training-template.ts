import type { ModelType, ModelTypeField, ModelTypeRangeInfo } from '../../generated/proto/clarifai/api/resources';
import { ModelTypeField_ModelTypeFieldType as FieldType } from '../../generated/proto/clarifai/api/resources';
import { assertBoolean, assertNumber, assertString, invalidRequest } from '../base/assert';
import { nearestName } from '../base/nearest-name';
import type { JsonValue } from '../inputs/json';
import { toPlain } from '../operations/to-plain';

/** One parameter of a training. */
export interface TrainingParam {
  /** Its name, as a key of `TrainParams.params`. */
  readonly name: string;
  /** What it does. */
  readonly description: string;
  /** What it is when it is not given. */
  readonly default: JsonValue | undefined;
  /** Whether training needs it. */
  readonly required: boolean;
  /** What it may be; `undefined` for anything. */
  readonly range: ModelTypeRangeInfo | undefined;
}

/** A way of training a type of model, with the parameters it takes. */
export interface TrainingTemplate {
  /** Empty for types of model that are trained in one way only. */
  readonly id: string;
  /** What it is good for. */
  readonly description: string;
  /** Whether the service recommends it. */
  readonly recommended: boolean;
  /** Parameters that it takes. */
  readonly params: readonly TrainingParam[];
}

const paramsPath = 'train_info.params.';

/** Where the choice of a template stands, and what has an option of its own in `Model.train`. */
const ownOptions: ReadonlySet<string> = new Set(['template', 'dataset_id', 'dataset_version_id']);

/** The ways of training that a type of model knows. */
export function trainingTemplates({ modelTypeFields }: ModelType): readonly TrainingTemplate[] {
  const shared = trainingParams(modelTypeFields);
  const choice = modelTypeFields.find(({ path }) => path === `${paramsPath}template`);
  if (choice === undefined) return [{ id: '', description: '', recommended: true, params: shared }];
  return choice.modelTypeEnumOptions
    .filter(({ internalOnly }) => !internalOnly)
    .map(({ id, description, recommended, modelTypeFields: own }) => ({
      id,
      description,
      recommended,
      params: [...trainingParams(own), ...shared],
    }));
}

function trainingParams(fields: readonly ModelTypeField[]): readonly TrainingParam[] {
  return fields
    .filter(({ path, internalOnly }) => path.startsWith(paramsPath) && !internalOnly)
    .map((field) => ({
      name: field.path.slice(paramsPath.length),
      description: field.description,
      default: toPlain(field.defaultValue),
      required: field.required,
      range: field.modelTypeRangeInfo,
    }))
    .filter(({ name }) => !ownOptions.has(name));
}

/**
 * The template that is asked for; without a name, the only one.
 *
 * @throws InvalidRequestError for a name that is not among them, or none where there are several
 */
export function chooseTemplate(templates: readonly TrainingTemplate[], wanted: string | undefined): TrainingTemplate {
  const found = templates.find(({ id }) => id === (wanted ?? templates[0]?.id));
  if (found !== undefined && (wanted !== undefined || templates.length === 1)) return found;
  const ids = templates.map(({ id }) => id);
  const nearest = wanted === undefined ? undefined : nearestName(wanted, ids);
  const hint = nearest === undefined ? `known are ${ids.join(', ')}` : `did you mean \`${nearest}\`?`;
  throw invalidRequest(
    wanted === undefined ? `Expected \`template\` to be given: ${hint}` : `Unknown template \`${wanted}\`: ${hint}`,
  );
}

/**
 * The parameters of a training: those that are given, and the defaults of the others.
 *
 * @throws InvalidRequestError for a parameter that the template does not have, or a value outside its range
 */
export function toTrainingParams(
  { id, params }: TrainingTemplate,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const names = params.map(({ name }) => name);
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    const nearest = nearestName(name, names);
    const hint = nearest === undefined ? `known are ${names.join(', ')}` : `did you mean \`${nearest}\`?`;
    throw invalidRequest(`Unknown parameter \`${name}\` of template \`${id}\`: ${hint}`);
  }
  const values = params.map((param) => [param.name, valueOf(param, given[param.name])] as const);
  return {
    ...(id !== '' && { template: id }),
    ...Object.fromEntries(values.filter(([, value]) => value !== undefined && value !== null)),
  };
}

function valueOf({ name, default: fallback, required, range }: TrainingParam, given: unknown): unknown {
  const value = given ?? fallback;
  if (value === undefined || value === null) {
    if (required) throw invalidRequest(`Expected \`params.${name}\` to be given: the template has no default for it`);
    return undefined;
  }
  if (given === undefined) return value;
  if (typeof fallback === 'number') assertNumber(given, `params.${name}`, range);
  if (typeof fallback === 'string') assertString(given, `params.${name}`);
  if (typeof fallback === 'boolean') assertBoolean(given, `params.${name}`);
  return value;
}

/** Whether models of this type learn concepts. */
export function learnsConcepts({ modelTypeFields }: ModelType): boolean {
  return modelTypeFields.some(({ fieldType }) => fieldType === FieldType.ARRAY_OF_CONCEPTS);
}
