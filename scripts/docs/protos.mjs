// A plugin for TypeDoc: what the reference says of the protos is what the protos say.
import { Converter, ReflectionKind } from 'typedoc';

// What Clarifai did not comment is not ours to invent, and of an inline type its name's comment tells.
const mayBeBare =
  /^(\S*\.__type\.\S+ \(.*|\S+ \(\w+\), defined in \S+\/(generated\/\S+|src\/rpc\/rpc-methods\.ts)), does not have any documentation$/;

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => commentMethods(project));
  const warn = app.logger.validationWarning.bind(app.logger);
  app.logger.validationWarning = (message, ...where) => {
    if (!mayBeBare.test(message)) warn(message, ...where);
  };
}

/** Gives the methods of the raw stub, which are mapped over the service's interface, the comments that it has. */
function commentMethods(project) {
  const [service] = project.getReflectionsByKind(ReflectionKind.Interface).filter(({ name }) => name === 'V2');
  const [stub] = project.getReflectionsByKind(ReflectionKind.Class).filter(({ name }) => name === 'V2Stub');
  for (const method of service?.children ?? []) {
    const [signature] = stub?.getChildByName(method.name)?.signatures ?? [];
    const comment = method.signatures?.[0]?.comment;
    if (signature && !signature.comment && comment) signature.comment = comment.clone();
  }
}
