/** Values of fields under their camelCase names, as our codecs have them. */
export type Plain = Readonly<Record<string, unknown>>;

/** The well-known types that are bare values to our codecs: JSON for Struct and its parts, scalars for the wrappers. */
interface BareForm {
  readonly toFields: (bare: unknown) => Plain;
  readonly toBare: (fields: Plain) => unknown;
}

const wrapper = (unset: unknown): BareForm => ({
  toFields: (value) => ({ value }),
  toBare: ({ value }) => value ?? unset,
});

const bareForms: Readonly<Record<string, BareForm>> = {
  'google.protobuf.Struct': { toFields: (fields) => ({ fields }), toBare: ({ fields }) => fields ?? {} },
  'google.protobuf.ListValue': { toFields: (values) => ({ values }), toBare: ({ values }) => values ?? [] },
  'google.protobuf.Value': { toFields: fieldsOfValue, toBare: bareValue },
  'google.protobuf.BoolValue': wrapper(false),
  'google.protobuf.Int32Value': wrapper(0),
  'google.protobuf.UInt64Value': wrapper(0),
};

/** Makes fields of what a codec has for a message of that type. */
export function toFields(typeName: string, value: unknown): Plain {
  return bareForms[typeName]?.toFields(value) ?? (value as Plain);
}

/** The reverse of `toFields`. */
export function fromFields(typeName: string, fields: Plain): unknown {
  return bareForms[typeName] === undefined ? fields : bareForms[typeName].toBare(fields);
}

function fieldsOfValue(json: unknown): Plain {
  switch (typeof json) {
    case 'number':
      return { numberValue: json };
    case 'string':
      return { stringValue: json };
    case 'boolean':
      return { boolValue: json };
    default:
      if (json === null || json === undefined) return { nullValue: 0 };
      return Array.isArray(json) ? { listValue: json } : { structValue: json };
  }
}

function bareValue({ nullValue: _, ...kinds }: Plain): unknown {
  return Object.values(kinds).find((value) => value !== undefined) ?? null;
}
