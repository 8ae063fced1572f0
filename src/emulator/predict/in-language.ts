import type { Concept, Data } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse } from '../answers';
import { translated } from '../search/translations';
import type { AppState } from '../state/app-state';
import type { ModelState } from '../state/model-state';
import { publicOwner } from '../state/public-app';
import type { World } from '../state/world';

/** Languages that Clarifai's own concepts have names in. */
const languages: ReadonlySet<string> = new Set(
  'ar bn da de en es fi fr hi hu it ja ko nl no pa pl pt ru sv tr zh zh-TW'.split(' '),
);

/**
 * Data with the names of its concepts in a language. Of Clarifai's own concepts the emulator knows a few names, and leaves the
 * others in English; those of an app have the names that it has given them.
 *
 * @throws Refusal when a concept has no name in the language
 */
export function inLanguage(
  data: DeepPartial<Data>,
  language: string,
  { message }: ModelState,
  world: World,
): DeepPartial<Data> {
  const app = message.appId === publicOwner.appId ? undefined : world.app(message.userId ?? '', message.appId ?? '');
  const missing: string[] = [];
  const rename = (concept: DeepPartial<Concept>): DeepPartial<Concept> => {
    const name = app === undefined ? publicName(concept, language) : ownName(app, concept, language);
    if (name === undefined) missing.push(concept.id ?? '');
    return { ...concept, name, language };
  };
  const renamed = renameAll(data, rename);
  if (missing.length === 0) return renamed;
  const details = `Could not find concepts (${missing.join(', ')}) in DB for lang: ${language}`;
  throw refuse(StatusCode.CONN_DOES_NOT_EXIST, details);
}

function publicName({ name = '' }: DeepPartial<Concept>, language: string): string | undefined {
  return languages.has(language) ? (translated(name, language) ?? name) : undefined;
}

function ownName(app: AppState, { id = '' }: DeepPartial<Concept>, language: string): string | undefined {
  return app.conceptLanguages.get(id)?.find((one) => one.id === language)?.name;
}

function renameAll(
  data: DeepPartial<Data>,
  rename: (concept: DeepPartial<Concept>) => DeepPartial<Concept>,
): DeepPartial<Data> {
  const inside = <Part extends { readonly data?: DeepPartial<Data> | undefined }>(part: Part): Part =>
    part.data === undefined ? part : { ...part, data: renameAll(part.data, rename) };
  const { concepts, regions, frames } = data;
  return {
    ...data,
    ...(concepts && { concepts: concepts.map(rename) }),
    ...(regions && { regions: regions.map(inside) }),
    ...(frames && { frames: frames.map(inside) }),
  };
}
