/** Where a node lies in the source, as offsets. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** An element of a bracketed list, with the comments that stand around it. */
export interface Item<T> {
  readonly value: T;
  readonly before: readonly string[];
  readonly after: string | undefined;
}

export interface Items<T> {
  readonly items: readonly Item<T>[];
  /** Comments after the last element. */
  readonly rest: readonly string[];
  /** Whether the author wrote the first element on a line of its own. */
  readonly expanded: boolean;
}

export interface Argument {
  readonly name: string | undefined;
  readonly star: '' | '*' | '**';
  readonly value: Expression;
}

/** `key: value`, or `**value`. */
export interface Entry {
  readonly key: Expression | undefined;
  readonly value: Expression;
}

/** A part of an f-string that is not text. */
export interface Replacement {
  readonly value: Expression;
  readonly conversion: string;
  readonly spec: string;
  /** `{x=}` prints the text of the expression, too. */
  readonly label: string;
}

export interface Clause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly tests: readonly Expression[];
}

export interface Parameter {
  readonly name: string;
  readonly star: '' | '*' | '**';
  readonly annotation: Expression | undefined;
  readonly fallback: Expression | undefined;
}

export type Expression = Span &
  (
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'number'; readonly text: string }
    | { readonly kind: 'string'; readonly value: string }
    /** One character for each byte. */
    | { readonly kind: 'bytes'; readonly value: string }
    | { readonly kind: 'template'; readonly parts: readonly (string | Replacement)[] }
    | { readonly kind: 'constant'; readonly value: boolean | null }
    | { readonly kind: 'attribute'; readonly object: Expression; readonly name: string }
    | { readonly kind: 'index'; readonly object: Expression; readonly index: Expression }
    | { readonly kind: 'slice'; readonly parts: readonly (Expression | undefined)[] }
    | { readonly kind: 'call'; readonly callee: Expression; readonly args: Items<Argument> }
    | { readonly kind: 'list' | 'tuple' | 'set'; readonly elements: Items<Expression> }
    | { readonly kind: 'dict'; readonly entries: Items<Entry> }
    | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
    | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
    | {
        readonly kind: 'conditional';
        readonly test: Expression;
        readonly then: Expression;
        readonly otherwise: Expression;
      }
    | {
        readonly kind: 'comprehension';
        readonly shape: 'list' | 'set' | 'dict' | 'generator';
        readonly key: Expression | undefined;
        readonly element: Expression;
        readonly clauses: readonly Clause[];
      }
    | { readonly kind: 'lambda'; readonly parameters: readonly Parameter[]; readonly body: Expression }
    | { readonly kind: 'await' | 'star' | 'group'; readonly value: Expression }
    | { readonly kind: 'yield'; readonly value: Expression | undefined }
    | { readonly kind: 'unsupported'; readonly what: string }
  );

export type ExpressionOf<Kind extends Expression['kind']> = Expression & { readonly kind: Kind };

export interface Branch {
  readonly test: Expression;
  readonly body: Block;
}

export interface Handler {
  readonly type: Expression | undefined;
  readonly name: string | undefined;
  readonly body: Block;
}

/** `import module as name`, or `from module import member as name`. */
export interface ImportedName {
  readonly module: string;
  readonly member: string | undefined;
  readonly name: string;
}

export type Statement = Span & {
  /** Comments inside the statement that belong to no element of a list. */
  readonly comments: readonly string[];
  /** The comment at the end of its line. */
  readonly trailing: string | undefined;
  readonly blankBefore: boolean;
} & (
    | { readonly kind: 'comment'; readonly text: string }
    | { readonly kind: 'import'; readonly names: readonly ImportedName[] }
    | {
        readonly kind: 'assign';
        readonly targets: readonly Expression[];
        readonly annotation: Expression | undefined;
        readonly value: Expression | undefined;
      }
    | { readonly kind: 'update'; readonly target: Expression; readonly operator: string; readonly value: Expression }
    | { readonly kind: 'expression'; readonly value: Expression }
    | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly otherwise: Block | undefined }
    | { readonly kind: 'for'; readonly target: Expression; readonly iterable: Expression; readonly body: Block }
    | { readonly kind: 'while'; readonly test: Expression; readonly body: Block }
    | {
        readonly kind: 'with';
        readonly contexts: readonly { readonly value: Expression; readonly target: Expression | undefined }[];
        readonly body: Block;
      }
    | {
        readonly kind: 'try';
        readonly body: Block;
        readonly handlers: readonly Handler[];
        /** What runs when nothing was raised. */
        readonly otherwise: Block | undefined;
        readonly finally: Block | undefined;
      }
    | { readonly kind: 'assert'; readonly test: Expression; readonly message: Expression | undefined }
    | { readonly kind: 'raise'; readonly value: Expression | undefined }
    | { readonly kind: 'return'; readonly value: Expression | undefined }
    | {
        readonly kind: 'def';
        readonly name: string;
        readonly parameters: readonly Parameter[];
        readonly decorators: readonly Expression[];
        readonly body: Block;
      }
    | {
        readonly kind: 'class';
        readonly name: string;
        readonly bases: readonly Expression[];
        readonly decorators: readonly Expression[];
        readonly body: Block;
      }
    | { readonly kind: 'pass' | 'break' | 'continue' }
    | { readonly kind: 'unsupported'; readonly what: string }
  );

export type StatementOf<Kind extends Statement['kind']> = Statement & { readonly kind: Kind };

export type Block = readonly Statement[];
