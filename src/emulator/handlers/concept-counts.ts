import type { ConceptCount } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { conceptsIn, isPositive } from '../search/match-concepts';
import type { Handlers } from '../service/call';
import { pageOf } from '../service/page';
import { readableApp } from '../service/scope';
import type { AppState } from '../state/app-state';
import type { InputRecord } from '../state/input-record';

/** How many inputs say yes and no to each concept. */
export const conceptCountHandlers: Handlers = {
  GetConceptCounts(request, call) {
    const app = readableApp(call, request.userAppId);
    return { conceptCounts: pageOf(countConcepts(app), request, call.world.options.limits) };
  },
};

type State = 'processed' | 'toProcess' | 'errors' | 'processing';
type Counts = { positive: number; negative: number };

function countConcepts(app: AppState): DeepPartial<ConceptCount>[] {
  const counted = new Map<string, Map<State | 'all', Counts>>();
  for (const record of app.inputs.list()) {
    for (const concept of saidOf(record)) {
      const states = counted.get(concept.id) ?? new Map<State | 'all', Counts>();
      counted.set(concept.id, states);
      for (const state of ['all', stateOf(record)] as const) {
        const counts = states.get(state) ?? { positive: 0, negative: 0 };
        states.set(state, counts);
        counts[concept.isPositive ? 'positive' : 'negative']++;
      }
    }
  }
  return [...app.concepts.values()].map(({ id, name }) => {
    const { all, ...detailConceptCount } = Object.fromEntries(counted.get(id) ?? []);
    return { id, name, conceptTypeCount: all ?? {}, detailConceptCount };
  });
}

/** Each concept that is said of an input, once, however many annotations say it. */
function saidOf({ data, annotations }: InputRecord): { readonly id: string; readonly isPositive: boolean }[] {
  const concepts = [data, ...annotations.map((annotation) => annotation.data ?? {})].flatMap(conceptsIn);
  const said = new Map(concepts.map((concept) => [`${concept.id ?? ''} ${isPositive(concept)}`, concept]));
  return [...said.values()].map((concept) => ({ id: concept.id ?? '', isPositive: isPositive(concept) }));
}

function stateOf({ statusCode }: InputRecord): State {
  if (statusCode === StatusCode.INPUT_SUCCESS) return 'processed';
  if (statusCode === StatusCode.INPUT_PENDING) return 'toProcess';
  return statusCode === StatusCode.INPUT_IN_PROGRESS ? 'processing' : 'errors';
}
