export { V2Stub } from './v2-stub';
