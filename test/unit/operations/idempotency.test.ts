import { reflection } from '../../../generated/reflection';
import { isIdempotent } from '../../../src/operations/idempotency';

const { methods } = reflection();
const verbOf = (method: string): string => methods[method]?.[3] ?? '';

describe('idempotency', () => {
  // Each verb and comment of the 289 RPCs was read (11.11.0): a new proto release changes the figures, and asks for another look.
  test('holds for every GET, PUT, DELETE and PATCH of the service but these, which hand out work', () => {
    const rest = Object.keys(methods).filter((method) => verbOf(method) !== 'post');
    expect([Object.keys(methods).length, rest.length]).toEqual([289, 214]);
    expect(rest.filter((method) => !isIdempotent(method, {}, verbOf))).toEqual([
      'ListNextTaskAssignments',
      'ListRunnerItems',
    ]);
  });

  test('holds for just these POSTs, which only read or compute', () => {
    const posts = Object.keys(methods).filter(
      (method) => verbOf(method) === 'post' && isIdempotent(method, {}, verbOf),
    );
    expect(posts.sort()).toEqual([
      'PostAnnotationsSearches',
      'PostAppsSearches',
      'PostAuditLogSearches',
      'PostConceptsSearches',
      'PostInputsSearches',
      'PostMetricsQuery',
      'PostModelOutputs',
      'PostModelVersionsTrainingTimeEstimate',
      'PostModelsSearches',
      'PostSearches',
      'PostSearchesByID',
      'PostStatValuesAggregate',
      'PostTrackAnnotationsSearches',
      'PostValidatePassword',
      'PostWorkflowResults',
    ]);
  });

  test('does not hold for a search that is to be saved', () => {
    expect(isIdempotent('PostInputsSearches', { searches: [{ query: {} }, { save: true }] }, verbOf)).toBe(false);
    expect(isIdempotent('PostInputsSearches', { searches: [{ save: false }] }, verbOf)).toBe(true);
  });

  test('does not hold for an RPC whose verb is not known', () => {
    expect(isIdempotent('PostMoonLandings', {}, verbOf)).toBe(false);
  });
});
