export { startMockServer } from './server';
export type { Fault, RecordedRequest, MockServer, State, StoredCredential, StoredLink, StoredRecord } from './types';
export { KEYS } from './apis';
