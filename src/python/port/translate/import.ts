import type { Context } from '../context';
import { pythonPath } from '../proto/python-entity';
import { memberOf, moduleNamed } from '../proto/modules';
import type { StatementOf } from '../syntax/ast';
import type { Type } from '../type';

/** Python's imports bind names; what TypeScript imports follows from their use. */
export function bindImports({ names }: StatementOf<'import'>, context: Context): void {
  for (const { module, member, name } of names) {
    if (member === undefined) {
      const short = moduleNamed(module);
      const [root = ''] = name.split('.');
      const isPath = name.includes('.');
      context.scope.bindAs(
        isPath ? root : name,
        isPath ? name : (short ?? name),
        isPath ? { kind: 'package' } : { kind: 'module', name: short ?? module },
      );
      continue;
    }
    const whole = moduleNamed(`${module}.${member}`);
    const owner = moduleNamed(module);
    if (owner !== undefined && !(whole !== undefined && whole !== 'json')) {
      const found = memberOf({ kind: 'module', name: owner }, member);
      const type: Type = typeof found === 'string' ? { kind: 'module', name: `${owner}.${member}` } : found;
      context.scope.bindAs(name, pythonPath(owner, member), type);
    } else {
      context.scope.bindAs(name, whole ?? name, { kind: 'module', name: whole ?? `${module}.${member}` });
    }
  }
}
