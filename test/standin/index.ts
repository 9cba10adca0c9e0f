export { startStandin } from './server';
export type { Fault, RecordedRequest, Standin, StoredCredential } from './types';
export { KEYS } from './vendors';
