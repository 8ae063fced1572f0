import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const restrictedImports = (patterns) => ['error', { patterns }];

const grpcInternals = {
  group: ['@grpc/grpc-js/build/**'],
  message: 'grpc-js promises nothing about its insides: use what the package exports.',
};
const grpc = {
  group: ['@grpc/grpc-js'],
  message: 'Only channel, interceptors, rpc and emulator know grpc-js; its types are free.',
  allowTypeImports: true,
};
const generatedClient = {
  group: ['**/generated/proto/clarifai/api/service'],
  importNames: ['V2', 'V2Client', 'V2Server', 'V2Service'],
  message: 'Only rpc and emulator name the service; everyone else derives types from generated/methods.',
};

/** What TypeScript allows and the house style does not. */
const bannedSyntax = [
  ['ExportDefaultDeclaration', 'Export by name.'],
  // Names of the protos are published as they are; scripts/api.json lists them.
  [
    'ExportAllDeclaration:not([source.value=/generated.proto/])',
    'Name every export: `export *` publishes by accident.',
  ],
  ['TSEnumDeclaration', 'Use a union of string literals or an `as const` object.'],
  ['[accessibility="private"]', "Use a #private name: TypeScript's `private` is public at run time."],
  ['ClassDeclaration[superClass]:not([superClass.name=/Error$/])', 'Compose: only errors are inherited from.'],
].map(([selector, message]) => ({ selector, message }));

export default defineConfig(
  { ignores: ['dist/', 'generated/', 'proto/', '.cache/', 'test/fixtures/', '**/node_modules/'] },
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'no-restricted-imports': restrictedImports([grpcInternals]),
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-ignore': true, 'ts-nocheck': true, 'ts-expect-error': 'allow-with-description' },
      ],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Codes come off the wire as numbers.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // An async function may have nothing to await because its interface says that it returns a promise.
      '@typescript-eslint/require-await': 'off',
      'no-restricted-syntax': ['error', ...bannedSyntax],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', 60],
      'no-console': 'error',
      'no-restricted-globals': [
        'error',
        { name: 'setTimeout', message: 'Time comes in as a Clock.' },
        { name: 'setInterval', message: 'Time comes in as a Clock.' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'The environment is read in options/environment.ts alone.' },
      ],
      '@typescript-eslint/no-restricted-imports': restrictedImports([grpcInternals, grpc, generatedClient]),
    },
  },
  {
    files: ['src/{channel,interceptors}/**/*.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': restrictedImports([grpcInternals, generatedClient]) },
  },
  {
    files: ['src/{rpc,emulator}/**/*.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': restrictedImports([grpcInternals]) },
  },
  { files: ['src/base/clock.ts'], rules: { 'no-restricted-globals': 'off' } },
  { files: ['src/options/environment.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['src/cli/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    // Jest's matchers are typed `any`, and tests look into answers whose shape they are there to check.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
