import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The request of a workload as the official classes take it: built setter by setter. */
export function officialRequest({ method, request }) {
  const service = require('clarifai-nodejs-grpc/proto/clarifai/api/service_pb');
  const { UserAppIDSet } = require('clarifai-nodejs-grpc/proto/clarifai/api/resources_pb');
  const { userId, appId } = request.userAppId;
  const message = new service[`${method}Request`]();
  message.setUserAppId(new UserAppIDSet().setUserId(userId).setAppId(appId));
  message.setInputsList(request.inputs.map(toInput));
  if (request.modelId !== undefined) message.setModelId(request.modelId);
  return message;
}

function toInput({ id, data }) {
  const { Data, Image, Input } = require('clarifai-nodejs-grpc/proto/clarifai/api/resources_pb');
  const image = new Image();
  if (data.image.url !== undefined) image.setUrl(data.image.url);
  if (data.image.base64 !== undefined) image.setBase64(data.image.base64);
  const input = new Input().setData(new Data().setImage(image));
  return id === undefined ? input : input.setId(id);
}
