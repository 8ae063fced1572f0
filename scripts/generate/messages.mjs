// Emits the types of all messages and enums by their TypeScript names, for types that are computed from those names.

export function emitMessages(model, messages) {
  const enumsOf = (file) => [...model.enums.values()].filter(({ module }) => module === `proto/clarifai/api/${file}`);
  const modules = [...new Set(messages.map(({ module }) => module))];
  return `// Written by \`npm run generate\`. Do not edit.
/* eslint-disable */
${modules.map((module) => `import type * as ${alias(module)} from './${module}';`).join('\n')}

/** Every message that has a codec; one that is nested in another is \`Outer_Inner\`. */
export interface Messages {
${messages.map(({ module, tsName }) => `  readonly ${tsName}: ${alias(module)}.${tsName};`).join('\n')}
}
${['resources', 'service']
  .map(
    (file) => `
/** Every enum of ${file}.proto, as the object of its values. */
export interface ${file[0].toUpperCase()}${file.slice(1)}Enums {
${enumsOf(file)
  .map(({ tsName }) => `  readonly ${tsName}: typeof ${file}.${tsName};`)
  .join('\n')}
}
`,
  )
  .join('')}`;
}

/** proto/clarifai/api/status/status_code -> status_code */
export function alias(module) {
  return module.slice(module.lastIndexOf('/') + 1);
}
