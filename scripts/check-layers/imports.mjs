import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** Every import of a TypeScript file: `{ specifier, line, typeOnly }`. A `require` and an `import()` count, wherever they stand. */
export function importsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  const add = (node, specifier, typeOnly) => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    found.push({
      specifier: specifier.text,
      line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
      typeOnly,
    });
  };
  const visit = (node) => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, isTypeOnlyImport(node.importClause));
    else if (ts.isExportDeclaration(node))
      add(node, node.moduleSpecifier, node.isTypeOnly || onlyTypes(node.exportClause));
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node, node.argument.literal, true);
    else if (ts.isExternalModuleReference(node)) add(node, node.expression, node.parent.isTypeOnly === true);
    else if (ts.isCallExpression(node) && isLoader(node.expression)) add(node, node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isLoader(callee) {
  if (ts.isPropertyAccessExpression(callee)) return callee.getText() === 'require.resolve';
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
}

function isTypeOnlyImport(clause) {
  if (clause === undefined) return false;
  return clause.isTypeOnly || (clause.name === undefined && onlyTypes(clause.namedBindings));
}

/** Whether braces name types and nothing else, as in `{ type A, type B }`. */
function onlyTypes(names) {
  return (
    names !== undefined &&
    'elements' in names &&
    names.elements.length > 0 &&
    names.elements.every((name) => name.isTypeOnly)
  );
}
