export { startStandin } from './server';
export type { Fault, RecordedRequest, Standin, State, StoredCredential, StoredLink, StoredRecord } from './types';
export { KEYS } from './apis';
