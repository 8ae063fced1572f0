import type { Type } from './type';

export interface Binding {
  /** Its name in TypeScript. */
  readonly text: string;
  readonly type: Type;
  /** Whether the value may be undefined where Python has an empty message. */
  readonly optional?: boolean | undefined;
  /** Under which what an empty list comes to hold is known. */
  readonly origin?: string | undefined;
}

interface BindOptions {
  readonly optional?: boolean;
  /** Gives it a new name in TypeScript. */
  readonly fresh?: boolean;
  readonly origin?: string | undefined;
}

const keywords = [
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false',
  'finally for function if implements import in instanceof interface let new null package private protected public',
  'return static super switch this throw true try typeof var void while with yield',
];
/** What the translation itself writes. */
const used = [
  'Array Buffer ClarifaiError DeepPartial Error JSON Map Math Number Object Promise Set StatusCode String V2Stub',
  'console error fetch join process randomUUID readFileSync setTimeout statusError undefined NaN Infinity',
];
const taken = new Set([...keywords, ...used].flatMap((words) => words.split(' ')));

/** The variables of a function or of the script, with those around it. */
export class Scope {
  readonly #bindings = new Map<string, Binding>();
  readonly #texts = new Set<string>();
  readonly #outer: Scope | undefined;

  readonly #rename: (name: string) => string;

  /** Whether it is a block of a function, which assigns to the function's variables. */
  #isBlock = false;

  /** @param rename says how variables are called; the scope around this one does when it is left out */
  constructor(outer?: Scope, rename?: (name: string) => string) {
    this.#outer = outer;
    this.#rename = rename ?? (outer === undefined ? toCamelCase : outer.#rename);
  }

  /** How a name that belongs to an object is written. */
  spelling(name: string): string {
    return this.#rename(name);
  }

  lookup(name: string): Binding | undefined {
    return this.#bindings.get(name) ?? this.#outer?.lookup(name);
  }

  /** The scope of a loop's body or the like. */
  block(): Scope {
    const inner = new Scope(this);
    inner.#isBlock = true;
    return inner;
  }

  /** Whether a variable of this very function has been declared. */
  has(name: string): boolean {
    return this.#bindings.has(name) || (this.#isBlock && this.#outer?.has(name) === true);
  }

  /** Declares a variable, or says what it holds from here on. */
  bind(name: string, type: Type, options: BindOptions = {}): Binding {
    const { optional = false, fresh = false, origin } = options;
    if (this.#isBlock && this.#outer !== undefined && !fresh && !this.#bindings.has(name) && this.#outer.has(name)) {
      return this.#outer.bind(name, type, options);
    }
    const known = fresh ? undefined : this.#bindings.get(name)?.text;
    const text = known ?? this.#newText(name);
    const binding = { text, type, optional, origin: origin ?? this.#bindings.get(name)?.origin };
    this.#bindings.set(name, binding);
    this.#texts.add(text);
    return binding;
  }

  /** Binds a name to a text that has been chosen already. */
  bindAs(name: string, text: string, type: Type): void {
    this.#bindings.set(name, { text, type });
  }

  /** Says what a list holds that was empty when it was declared. */
  refine(name: string, type: Type): void {
    const own = this.#bindings.get(name);
    if (own !== undefined) this.#bindings.set(name, { ...own, type });
    else this.#outer?.refine(name, type);
  }

  /** A name for something that the source has no name for. */
  temporary(wish: string): string {
    const text = this.#newText(wish);
    this.#texts.add(text);
    return text;
  }

  #newText(name: string): string {
    const wish = this.#rename(name);
    const free = (text: string): boolean => !taken.has(text) && !this.#isUsed(text);
    if (free(wish)) return wish;
    for (let count = 2; ; count++) if (free(`${wish}${count}`)) return `${wish}${count}`;
  }

  #isUsed(text: string): boolean {
    return this.#texts.has(text) || (this.#outer !== undefined && this.#outer.#isUsed(text));
  }
}

/** `post_inputs_response` as `postInputsResponse`; constants and what is in camel case already stay as they are. */
export function toCamelCase(name: string): string {
  if (/^_*[A-Z\d_]+$/.test(name)) return name;
  return name.replace(/(?<=[A-Za-z\d])_+([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
}
