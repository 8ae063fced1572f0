const keys = 'https://clarifai.com/settings/security';

interface Advice {
  readonly code: string;
  /** Only when the service's own words match. */
  readonly when?: RegExp;
  readonly text: string;
}

const givePat = `Give \`pat\` or set CLARIFAI_PAT; a personal access token is made at ${keys}.`;
const sayWhose = 'Check the id, and that `userId` and `appId` name the app that holds it.';
const splitInputs =
  'One request takes at most 128 inputs: split them with `chunk`, or let the `Clarifai` client do so.';
const askSlower =
  'The service takes about 15 requests a second from one user: lower `concurrency`, or send less often.';
const raisePlan =
  'Waiting a moment does not help: see the limits of the plan at https://clarifai.com/settings/billing.';

/** What to do next about the common mistakes, by error code; the first match holds. */
const advices: readonly Advice[] = [
  { code: 'CONN_INVALID_REQUEST', when: /authorization/i, text: givePat },
  { code: 'CONN_CREDENTIALS_INVALID', text: givePat },
  { code: 'CONN_TOKEN_INVALID', text: givePat },
  {
    code: 'CONN_KEY_INVALID',
    when: /app external id|app_id|user_app_id/i,
    text: 'A personal access token acts on any app, so say which: give `userId` and `appId`.',
  },
  {
    code: 'CONN_KEY_INVALID',
    when: /format/i,
    text: `A personal access token is 32 hexadecimal digits; look for a part that was left out or quotes around it. ${givePat}`,
  },
  {
    code: 'CONN_KEY_INVALID',
    text: `The key of an app works only for that app and not for users, apps and billing: there, give a personal access token (${keys}).`,
  },
  {
    code: 'CONN_KEY_NOT_FOUND',
    text: `The key is well-formed but unknown here: it may have been deleted, or belong to another \`base\`. ${givePat}`,
  },
  {
    code: 'CONN_INSUFFICIENT_SCOPES',
    text: `Give the key the scopes this RPC needs (${keys}), or use a personal access token: the key of an app reaches only that app.`,
  },
  { code: 'CONN_ACCOUNT_ISSUES', text: 'Sign in at https://clarifai.com to see what is wrong with the account.' },
  {
    code: 'MODEL_DOES_NOT_EXIST',
    text: `${sayWhose} Clarifai's own models are in user \`clarifai\`, app \`main\`; a model's clarifai.com URL says it all.`,
  },
  { code: 'CONN_DOES_NOT_EXIST', text: sayWhose },
  { code: 'WORKFLOW_DOES_NOT_EXIST', text: sayWhose },
  { code: 'INPUT_DOES_NOT_EXIST', text: sayWhose },
  { code: 'INPUT_OVER_LIMIT', text: splitInputs },
  { code: 'INPUT_INVALID_REQUEST', when: /128|too many|at most|maximum|limit/i, text: splitInputs },
  { code: 'PREDICT_INVALID_REQUEST', when: /128|too many|at most|maximum|limit/i, text: splitInputs },
  { code: 'INPUT_DUPLICATE', text: 'Give another id, patch the input that is there, or set `allowDuplicateUrl`.' },
  { code: 'INPUT_UNSUPPORTED_FORMAT', text: 'Check that the model takes this kind of input.' },
  { code: 'CONN_THROTTLED', text: askSlower },
  { code: 'RESOURCE_EXHAUSTED', text: askSlower },
  { code: 'CONN_EXCEED_HOURLY_LIMIT', text: "The hour's limit is used up: go on later, or raise the plan." },
  { code: 'CONN_EXCEED_MONTHLY_LIMIT', text: raisePlan },
  { code: 'CONN_EXCEEDS_LIMITS', text: raisePlan },
  { code: 'MODEL_DEPLOYING', text: 'Wait longer with `retry.notReadyMs`.' },
  { code: 'MODEL_LOADING', text: 'Wait longer with `retry.notReadyMs`.' },
  { code: 'MODEL_BUSY_PLEASE_RETRY', text: 'Wait longer with `retry.notReadyMs`, or give the model more replicas.' },
  { code: 'MODEL_NOT_DEPLOYED', text: 'Deploy the model first.' },
  { code: 'MODEL_UNTRAINED', text: 'Train the model first.' },
  { code: 'REQUEST_DISABLED_FOR_MAINTENANCE', text: 'The service is under maintenance: try again in a few hours.' },
  { code: 'RPC_MAX_MESSAGE_SIZE_EXCEEDED', text: 'Send fewer bytes in one request.' },
  { code: 'REQUEST_TOO_LARGE', text: 'Send fewer bytes in one request.' },
  {
    code: 'RESPONSE_TOO_LARGE',
    when: /^Received/,
    text: 'Ask for less in one request, or raise `maxReceiveBytes`.',
  },
  { code: 'RESPONSE_TOO_LARGE', text: 'Ask for less in one request.' },
  { code: 'UNAUTHENTICATED', text: givePat },
  {
    code: 'UNIMPLEMENTED',
    when: /^(?!No message received)/,
    text: 'The service at `base` does not know this RPC: check `base`.',
  },
  {
    code: 'TLS_FAILED',
    text: 'Give `rootCertificates` for a private authority; for a service without TLS, write `base` as http://HOST:PORT.',
  },
  { code: 'UNAVAILABLE', when: /^(No connection|Name resolution)/, text: 'Check the network and `base`.' },
  {
    code: 'DEADLINE_EXCEEDED',
    when: /waiting for/i,
    text: 'No connection was made in time: check the network and `base`.',
  },
  {
    code: 'DEADLINE_EXCEEDED',
    text: 'Give more time with `timeoutMs` or `attemptTimeoutMs`, or send less in one request.',
  },
];

/** What to do next, or `undefined` where the service's own words have to do. */
export function adviceFor(code: string, serviceText: string): string | undefined {
  return advices.find((advice) => advice.code === code && (advice.when?.test(serviceText) ?? true))?.text;
}
