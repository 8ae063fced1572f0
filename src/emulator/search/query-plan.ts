import type { And, Data, Filter, Input, Output, Query, Rank } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import { assertGeo } from './match-geo';

/** What a query asks for, whichever way it was written. */
export interface QueryPlan {
  /** All of them must match. */
  readonly filters: readonly DeepPartial<Filter>[];
  readonly ranks: readonly DeepPartial<Rank>[];
  readonly language: string;
}

/** Reads a query; the legacy form, a list of `ands`, says with inputs what filters say and with outputs what ranks say. */
export function planQuery({ filters = [], ranks = [], ands = [], language = 'en' }: DeepPartial<Query>): QueryPlan {
  const plan = {
    filters: [...filters, ...ands.flatMap(toFilter)],
    ranks: [...ranks, ...ands.flatMap(toRank)].filter(namesSomething),
    language,
  };
  for (const { annotation } of plan.filters) if (annotation?.data?.geo !== undefined) assertGeo(annotation.data.geo);
  return plan;
}

/** The SDKs send a rank that is empty with searches that only filter: there is nothing to rank by, and nothing wrong. */
function namesSomething({ annotation = {} }: DeepPartial<Rank>): boolean {
  return annotation.inputId !== undefined || Object.keys(annotation.data ?? {}).length > 0;
}

function toFilter({ input, annotation, negate = false }: DeepPartial<And>): DeepPartial<Filter>[] {
  if (annotation !== undefined) return [{ negate, annotation, ...(input && { input }) }];
  return input === undefined ? [] : [{ negate, ...splitInput(input) }];
}

/** A legacy input term holds both what is true of the input and what its annotation says. */
function splitInput({ data = {}, ...input }: DeepPartial<Input>): Pick<DeepPartial<Filter>, 'input' | 'annotation'> {
  const { concepts, metadata, geo, ...media } = data;
  const said: DeepPartial<Data> = {
    ...(concepts && { concepts }),
    ...(metadata && { metadata }),
    ...(geo && { geo }),
  };
  return {
    input: { ...input, data: media },
    ...(Object.keys(said).length > 0 && { annotation: { data: said } }),
  };
}

function toRank({ output, negate = false }: DeepPartial<And>): DeepPartial<Rank>[] {
  return output === undefined ? [] : [{ negate, annotation: rankedBy(output) }];
}

function rankedBy({ input, data = {} }: DeepPartial<Output>): NonNullable<DeepPartial<Rank>['annotation']> {
  if (input === undefined) return { data };
  return { ...(input.id !== undefined && { inputId: input.id }), ...(input.data && { data: input.data }) };
}
