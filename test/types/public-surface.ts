import { join, relative } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '../..');

/** Who says what stands there: the caller in arguments, and the client in results and in what callbacks are told. */
type Side = 'argument' | 'result';

/** A place in the type of a public method that says nothing of what is there. */
export interface Leak {
  readonly kind: 'any' | 'unknown';
  readonly side: Side;
  /** The way to it, such as `Model.get => .modelVersion.metadata`. */
  readonly path: string;
  /** The last property on that way, and the file that declares it: `src/ingestion/outcome.ts reason`. */
  readonly declared: string;
}

export interface Surface {
  /** `Class.method` of everything that can be reached from the client's type. */
  readonly methods: readonly string[];
  readonly leaks: readonly Leak[];
}

/** Looks at the types of all that users get hold of, beginning with the client, down to the last field. */
export function publicSurface(): Surface {
  const entry = join(root, 'src/index.ts');
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram([entry], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const symbol = source && checker.getSymbolAtLocation(source);
  const client = symbol && checker.getExportsOfModule(symbol).find(({ name }) => name === 'Clarifai');
  if (client === undefined) throw new Error('src/index.ts has no Clarifai');
  const walk = new Walk(checker);
  walk.class(checker.getDeclaredTypeOfSymbol(checker.getAliasedSymbol(client)));
  return walk;
}

/** What is handed out to be given again, and so has the form of an argument. */
const writtenDown: ReadonlySet<string> = new Set(['WorkflowConfig']);

class Walk implements Surface {
  readonly methods: string[] = [];
  readonly leaks: Leak[] = [];
  readonly #checker: ts.TypeChecker;
  readonly #seen: Readonly<Record<Side, Set<ts.Type>>> = { argument: new Set(), result: new Set() };
  #declared = '';

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  class(type: ts.Type): void {
    const name = nameOf(type);
    for (const property of this.#checker.getPropertiesOfType(type)) {
      if (isPrivate(property)) continue;
      const member = this.#checker.getTypeOfSymbol(property);
      const path = `${name}.${property.name}`;
      this.#declared = declarationOf(property);
      if (member.getCallSignatures().length > 0) this.methods.push(path);
      this.#type(member, 'result', path);
    }
  }

  #type(type: ts.Type, given: Side, path: string): void {
    const side = writtenDown.has(nameOf(type)) ? 'argument' : given;
    if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return this.#leak(type, side, path);
    if (this.#seen[side].has(type)) return;
    this.#seen[side].add(type);
    if (type.isUnionOrIntersection()) {
      for (const part of type.types) this.#type(part, side, path);
    } else if (type.flags & ts.TypeFlags.TypeParameter) {
      const constraint = this.#checker.getBaseConstraintOfType(type);
      if (constraint !== undefined) this.#type(constraint, side, path);
    } else if (type.flags & ts.TypeFlags.Object) {
      this.#object(type, side, path);
    }
  }

  #object(type: ts.Type, side: Side, path: string): void {
    const file = fileOf(type.getSymbol());
    const isArray = this.#checker.isArrayType(type) || this.#checker.isTupleType(type);
    // Of what TypeScript and Node declare only the arguments are ours, and of an iterable only its items.
    if (isArray || file.includes('node_modules')) {
      const given = this.#checker.getTypeArguments(type as ts.TypeReference);
      const ours = nameOf(type).endsWith('Iterable') ? given.slice(0, 1) : given;
      for (const argument of ours) this.#type(argument, side, path);
    } else if (type.isClass()) {
      // The raw stub hands out the messages as they are.
      if (nameOf(type) !== 'V2Stub') this.class(type);
    } else {
      this.#members(type, side, path);
    }
  }

  #members(type: ts.Type, side: Side, path: string): void {
    for (const { type: value } of this.#checker.getIndexInfosOfType(type)) this.#type(value, side, `${path}[key]`);
    for (const signature of type.getCallSignatures()) this.#signature(signature, side, path);
    for (const property of this.#checker.getPropertiesOfType(type)) {
      const before = this.#declared;
      this.#declared = declarationOf(property);
      this.#type(this.#checker.getTypeOfSymbol(property), side, `${path}.${property.name}`);
      this.#declared = before;
    }
  }

  /** What goes into a function comes from the other side than the function itself. */
  #signature(signature: ts.Signature, side: Side, path: string): void {
    const other = side === 'result' ? 'argument' : 'result';
    for (const parameter of signature.getParameters()) {
      this.#type(this.#checker.getTypeOfSymbol(parameter), other, `${path}(${parameter.name})`);
    }
    this.#type(this.#checker.getReturnTypeOfSignature(signature), side, `${path} =>`);
  }

  #leak(type: ts.Type, side: Side, path: string): void {
    const kind = type.flags & ts.TypeFlags.Any ? 'any' : 'unknown';
    this.leaks.push({ kind, side, path, declared: this.#declared });
  }
}

function isPrivate(property: ts.Symbol): boolean {
  const [declaration] = property.declarations ?? [];
  if (declaration === undefined || property.name.startsWith('__#')) return true;
  const name = ts.getNameOfDeclaration(declaration);
  return name !== undefined && ts.isPrivateIdentifier(name);
}

function declarationOf(property: ts.Symbol): string {
  const file = fileOf(property);
  // Packages may lie elsewhere, with a link to them.
  const packaged = file.lastIndexOf('node_modules/');
  return `${packaged < 0 ? relative(root, file) : file.slice(packaged)} ${property.name}`;
}

function fileOf(symbol: ts.Symbol | undefined): string {
  return symbol?.declarations?.[0]?.getSourceFile().fileName ?? '';
}

/** Types have no symbol in the end, whatever their declaration says. */
function nameOf(type: ts.Type): string {
  return type.getSymbol()?.name ?? '';
}
