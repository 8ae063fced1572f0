/** POSTs that only read or compute, by their comments in service.proto (11.11.0): to send one twice does no more than once. */
const readingPosts: ReadonlySet<string> = new Set([
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

/**
 * GETs that change what they read, by their comments in service.proto (11.11.0): the first "serves a PUT logic" and assigns
 * inputs to who asks, the second hands a runner its work.
 */
const changingGets: ReadonlySet<string> = new Set(['ListNextTaskAssignments', 'ListRunnerItems']);

/**
 * Whether sending a request twice leaves the service as sending it once does. GET, PUT, DELETE and PATCH are, with few
 * exceptions: a patch sets, merges by id or removes, and a second delete finds nothing. A POST is only when it is known to
 * read.
 *
 * @param verbOf the HTTP verb of an RPC, in lower case
 */
export function isIdempotent(method: string, request: unknown, verbOf: (method: string) => string): boolean {
  if (readingPosts.has(method)) return !savesSearch(request);
  return !changingGets.has(method) && ['get', 'put', 'delete', 'patch'].includes(verbOf(method));
}

/** A search can be told to be stored instead of run. */
function savesSearch(request: unknown): boolean {
  if (typeof request !== 'object' || request === null || !('searches' in request)) return false;
  const { searches } = request;
  return Array.isArray(searches) && searches.some((search: { readonly save?: unknown }) => search.save === true);
}
