// Reads the descriptor that buf builds and turns it into the little model that the emitters share:
// messages with their fields in number order, enums, and the RPCs of the V2 service.

/**
 * @typedef {object} Field
 * @property {string} name        proto name, snake_case
 * @property {string} jsName      camelCase, as ts-proto names it
 * @property {number} number
 * @property {string} kind        a scalar type ('string', 'uint32' ...), 'enum' or 'message'
 * @property {string} [type]      full name of the message or enum
 * @property {boolean} repeated
 * @property {boolean} packed
 * @property {string} [oneof]     name of the oneof the field belongs to
 * @property {{ key: Field, value: Field }} [map]
 */

/** The name ts-proto gives a message: clarifai.api.Image.Entry -> Image_Entry. */
function tsName(fullName, file) {
  const local = file.package === '' ? fullName : fullName.slice(file.package.length + 1);
  return local.replaceAll('.', '_');
}

// matrix.proto has no package.
function qualified(scope, name) {
  return scope === '' ? name : `${scope}.${name}`;
}

export function readModel(descriptor) {
  const messages = new Map();
  const enums = new Map();
  for (const file of descriptor.file) {
    const context = { package: file.package ?? '', module: file.name.replace(/\.proto$/, '') };
    for (const message of file.messageType ?? []) readMessage(message, context.package, context, messages, enums);
    for (const enumType of file.enumType ?? []) readEnum(enumType, context.package, context, enums);
  }
  for (const message of messages.values()) {
    message.fields = message.raw
      .map((field) => readField(field, message, messages))
      .sort((a, b) => a.number - b.number);
    delete message.raw;
  }
  return { messages, enums, methods: readMethods(descriptor) };
}

function readMessage(message, scope, file, messages, enums) {
  const fullName = qualified(scope, message.name);
  messages.set(fullName, {
    fullName,
    tsName: tsName(fullName, file),
    module: file.module,
    isMapEntry: message.options?.mapEntry === true,
    oneofs: (message.oneofDecl ?? []).map((oneof) => oneof.name),
    raw: message.field ?? [],
  });
  for (const nested of message.nestedType ?? []) readMessage(nested, fullName, file, messages, enums);
  for (const nested of message.enumType ?? []) readEnum(nested, fullName, file, enums);
}

function readEnum(enumType, scope, file, enums) {
  const fullName = qualified(scope, enumType.name);
  enums.set(fullName, {
    fullName,
    tsName: tsName(fullName, file),
    module: file.module,
    values: enumType.value.map((value) => [value.name, value.number ?? 0]),
  });
}

function readField(field, message, messages) {
  if (field.proto3Optional === true) {
    throw new Error(
      `${message.fullName}.${field.name}: proto3 optional fields are new to these protos; teach the codec about them first`,
    );
  }
  const kind = field.type.replace('TYPE_', '').toLowerCase();
  const type = field.typeName?.slice(1);
  const target = kind === 'message' ? messages.get(type) : undefined;
  const repeated = field.label === 'LABEL_REPEATED';
  const read = {
    name: field.name,
    jsName: field.jsonName,
    number: field.number,
    kind,
    type,
    repeated,
    deprecated: field.options?.deprecated === true,
    packed: repeated && !['string', 'bytes', 'message'].includes(kind) && field.options?.packed !== false,
    oneof: field.oneofIndex === undefined ? undefined : message.oneofs[field.oneofIndex],
  };
  if (target?.isMapEntry) {
    const [key, value] = (target.raw ?? []).map((entry) => readField(entry, target, messages));
    const fields = target.fields ?? [key, value];
    return { ...read, repeated: false, map: { key: fields[0], value: fields[1] } };
  }
  return read;
}

function readMethods(descriptor) {
  const services = descriptor.file.flatMap((file) =>
    (file.service ?? []).map((service) => ({ service, package: file.package })),
  );
  const [only, ...others] = services;
  if (only?.service.name !== 'V2' || others.length > 0) {
    throw new Error(`Expected exactly the service V2, got ${services.map(({ service }) => service.name).join(', ')}`);
  }
  return only.service.method.map((method) => {
    const http = method.options?.['[google.api.http]'] ?? {};
    const verb = ['get', 'put', 'post', 'delete', 'patch'].find((name) => http[name] !== undefined);
    return {
      name: method.name,
      path: `/${only.package}.V2/${method.name}`,
      request: method.inputType.slice(1),
      response: method.outputType.slice(1),
      clientStreaming: method.clientStreaming === true,
      serverStreaming: method.serverStreaming === true,
      verb,
      authType: method.options?.['[clarifai.auth.util.cl_auth_type]'],
      scopes: method.options?.['[clarifai.auth.util.cl_depending_scopes]'] ?? [],
    };
  });
}
