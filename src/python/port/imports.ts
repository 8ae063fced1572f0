import { type Doc, group, hardline, indent, line, trailingComma } from './print/doc';

/** What the translation imports, gathered on the way. */
export class Imports {
  readonly #byModule = new Map<string, Map<string, boolean>>();

  value(module: string, name: string): string {
    this.#names(module).set(name, false);
    return name;
  }

  type(module: string, name: string): string {
    const names = this.#names(module);
    if (!names.has(name)) names.set(name, true);
    return name;
  }

  /** One import statement a module, Node's own first. */
  get doc(): Doc[] {
    const modules = [...this.#byModule].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
    return modules.flatMap(([module, names]) => {
      const sorted = [...names].sort(([a], [b]) => (a < b ? -1 : 1));
      const onlyTypes = sorted.every(([, isType]) => isType);
      const list = sorted.map(([name, isType]) => (isType && !onlyTypes ? `type ${name}` : name));
      const parts = list.flatMap((name, index): Doc[] => (index === 0 ? [name] : [',', line, name]));
      const braces = group('{', indent(line, parts, trailingComma), line, '}');
      return [`import ${onlyTypes ? 'type ' : ''}`, braces, ` from '${module}';`, hardline];
    });
  }

  #names(module: string): Map<string, boolean> {
    const names = this.#byModule.get(module) ?? new Map<string, boolean>();
    this.#byModule.set(module, names);
    return names;
  }
}

function rank(module: string): number {
  return module.startsWith('node:') ? 0 : 1;
}
