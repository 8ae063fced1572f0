/** Loads an optional dependency, with an error that says how to get it. */
export function optionalPackage<Module>(name: string, purpose: string, load: () => Module): Module {
  try {
    return load();
  } catch (cause) {
    throw new MissingPackage(`${purpose} the package ${name}: npm install ${name}`, { cause });
  }
}

/** An optional dependency is not installed. */
export class MissingPackage extends Error {
  override readonly name = 'MissingPackage';
}
