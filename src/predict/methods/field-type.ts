/** The types that are not made of others, as Python's SDK calls them. */
export type Scalar =
  | 'str'
  | 'bytes'
  | 'int'
  | 'float'
  | 'bool'
  | 'json'
  | 'ndarray'
  | 'text'
  | 'image'
  | 'concept'
  | 'region'
  | 'frame'
  | 'audio'
  | 'video';

/** The type of an argument or an answer of a method: a name, or a list, a tuple or named fields of others. */
export type FieldType =
  | Scalar
  | { readonly list: FieldType }
  | { readonly tuple: readonly FieldType[] }
  | { readonly fields: Readonly<Record<string, FieldType>> };
