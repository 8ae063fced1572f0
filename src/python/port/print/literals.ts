/** A string literal in single quotes, or in double ones when that saves escapes. */
export function quote(text: string): string {
  const escaped = escapeText(text);
  if (!text.includes("'")) return `'${escaped}'`;
  return text.includes('"') ? `'${escaped.replaceAll("'", "\\'")}'` : `"${escaped}"`;
}

/** Text inside a template literal. */
export function templateText(text: string): string {
  return escapeText(text).replaceAll('`', '\\`').replaceAll('${', '\\${');
}

/** A property's name, quoted when it must be. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b' };

function escapeText(text: string): string {
  // Unpaired surrogates and what does not show are written as escapes.
  return text.replace(/[\\\p{Cc}\p{Cs}\u2028\u2029]/gu, (character) => {
    const code = character.charCodeAt(0);
    return escapes[character] ?? `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
