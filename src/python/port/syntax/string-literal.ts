export interface StringLiteral {
  readonly bytes: boolean;
  readonly raw: boolean;
  readonly quote: string;
  /** What stands between the quotes. */
  readonly body: string;
}

/** Splits a Python string token into prefix, quotes and body. */
export function splitString(token: string): StringLiteral {
  const [opening = '', prefix = '', quote = ''] = /^([a-z]*)("""|'''|"|')/i.exec(token) ?? [];
  const closed = token.length >= opening.length + quote.length && token.endsWith(quote);
  return {
    bytes: /b/i.test(prefix),
    raw: /r/i.test(prefix),
    quote,
    body: token.slice(opening.length, closed ? token.length - quote.length : undefined),
  };
}

const simpleEscapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
};

const escape = /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|N\{([^}]*)\}|([\s\S]))/g;

/** The text that a literal's body stands for. Bytes come as one character each, and keep `\u` as it is. */
export function unescapeString(body: string, { bytes, raw }: Pick<StringLiteral, 'bytes' | 'raw'>): string {
  if (raw) return body;
  return body.replace(
    escape,
    (whole, octal?: string, hex?: string, short?: string, long?: string, name?: string, one?: string) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      const wide = short ?? long;
      if (wide !== undefined) return bytes ? whole : String.fromCodePoint(Number.parseInt(wide, 16));
      // Names of characters are not known here, and an unknown escape stands for itself.
      return name !== undefined || one === undefined ? whole : (simpleEscapes[one] ?? whole);
    },
  );
}
