import type { PostModelOutputsRequest } from '../../../generated/proto/clarifai/api/service';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { ClarifaiError } from '../../base/errors';
import type { Invoke } from '../../operations/invoker';
import type { CallOptions } from '../../options/call-options';
import type { DeepPartial } from '../../wire/codec';
import { type MethodSignature, parseSignatures, toSignature } from './signature';
import { toMethodData } from './write-arguments';

/**
 * The methods of a model: as its version lists them, or as the model itself tells when it is asked.
 *
 * @returns none for a model that has no methods, and just takes inputs
 */
export async function readSignatures(
  invoke: Invoke,
  { userAppId, modelId, versionId }: Pick<DeepPartial<PostModelOutputsRequest>, 'userAppId' | 'modelId' | 'versionId'>,
  options: CallOptions,
): Promise<readonly MethodSignature[]> {
  const { modelVersion } = await invoke('GetModelVersion', { userAppId, modelId, versionId }, options);
  if (modelVersion !== undefined && modelVersion.methodSignatures.length > 0) {
    return modelVersion.methodSignatures.map(toSignature);
  }
  const inputs = [{ data: toMethodData('_GET_SIGNATURES', [{}]) }];
  try {
    const asked = { ...options, idempotent: true };
    const { outputs } = await invoke('PostModelOutputs', { userAppId, modelId, versionId, inputs }, asked);
    return parseSignatures(outputs[0]?.data?.text?.raw ?? '');
  } catch (error) {
    if (error instanceof ClarifaiError && isAboutInput(error)) return [];
    throw error;
  }
}

/** Models without methods know nothing of such an input. */
function isAboutInput({ statusCode }: ClarifaiError): boolean {
  return statusCode === StatusCode.INPUT_UNSUPPORTED_FORMAT;
}
