/** Names that a pattern cannot find from camelCase; a test holds this list to the reflection table. */
interface IrregularNames {
  readonly meanAvgPrecisionIou50: 'mean_avg_precision_iou_50';
}

/** `userAppId` as `user_app_id`. */
export type SnakeCase<Name extends string> = Name extends keyof IrregularNames ? IrregularNames[Name] : Snake<Name>;

type Snake<Rest extends string, Done extends string = ''> = Rest extends `${infer Letter}${infer More}`
  ? Snake<More, `${Done}${Letter extends Lowercase<Letter> ? Letter : `_${Lowercase<Letter>}`}`>
  : Done;

/** Names of the fields of a message, as Python has them. */
export type FieldName<T> = SnakeCase<Extract<keyof T, string>>;
