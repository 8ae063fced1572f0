// Who may import whom at run time. A row names the layers, and then the packages, that a layer may import. Type-only
// imports and Node's own modules are free; a layer may always import itself.

/** A layer is the first of these paths that a file lies under; anything else in src or generated has no layer. */
export const layers = [
  ['src/index.ts', 'index'],
  ['src/client.ts', 'client'],
  ...[
    'base',
    'wire',
    'options',
    'diagnostics',
    'channel',
    'interceptors',
    'rpc',
    'operations',
    'inputs',
    'predict',
    'ingestion',
    'archives',
    'sources',
    'runner',
    'downloads',
    'resources',
    'python',
    'emulator',
    'otel',
    'cli',
  ].map((folder) => [`src/${folder}/`, folder]),
  // ts-proto writes types only, so that all these files hold at run time are the enums.
  ['generated/proto/', 'enums'],
  ['generated/google/', 'enums'],
  ['generated/', 'generated'],
];

const nouns = ['base', 'enums', 'options', 'operations', 'inputs', 'generated'];
const core = [
  'base',
  'enums',
  'options',
  'diagnostics',
  'channel',
  'interceptors',
  'rpc',
  'operations',
  'inputs',
  'predict',
  'ingestion',
];

export const mayImport = {
  base: ['enums'],
  wire: ['long'],
  // For the types of 64-bit fields; the import is gone from the JavaScript.
  enums: ['long'],
  generated: ['wire', 'enums', 'long'],
  options: ['base'],
  diagnostics: ['base'],
  channel: ['base', 'options', 'diagnostics', '@grpc/grpc-js'],
  interceptors: ['base', 'options', 'diagnostics', '@grpc/grpc-js'],
  // The stub turns wire's EncodeError and DecodeError into errors that name RPC and field; the emulator into answers.
  rpc: ['base', 'enums', 'options', 'channel', 'interceptors', 'generated', 'wire', '@grpc/grpc-js'],
  operations: ['base', 'enums', 'options', 'diagnostics'],
  inputs: ['base', 'enums', 'generated', 'wire'],
  predict: [...nouns, 'diagnostics'],
  ingestion: [...nouns, 'diagnostics'],
  archives: ['base', 'yauzl'],
  // Of ingestion only the type of a source.
  sources: ['base', 'archives', 'inputs', 'wire', 'csv-parse'],
  runner: [...nouns, 'diagnostics'],
  downloads: ['base', 'options', 'operations'],
  resources: [...nouns, 'predict', 'ingestion', 'runner', 'archives', 'downloads', 'yaml'],
  python: ['base', 'enums', 'options', 'channel', 'rpc', 'generated', '@lezer/python'],
  client: [...core, 'enums', 'runner', 'resources', 'generated'],
  index: [...core, 'sources', 'enums', 'runner', 'resources', 'client'],
  // From rpc what explains why a message cannot be encoded: a seed is explained as a request is.
  emulator: [
    'base',
    'enums',
    'generated',
    'wire',
    'rpc',
    '@grpc/grpc-js',
    'long',
    'jpeg-js',
    'pngjs',
    'selfsigned',
    'yauzl',
    'yazl',
  ],
  otel: ['base', 'diagnostics', '@opentelemetry/api'],
  cli: ['cli-progress', 'commander', 'jpeg-js', 'pngjs', 'yaml'],
};

/** Layers that see the package as its users do, through the entry points that package.json exports. */
export const usersOfThePackage = ['cli'];

/** Never imported, not even for a type: these promise nothing from one release to the next. */
export const forbidden = [/^@grpc\/grpc-js\/(build|src)\//];
