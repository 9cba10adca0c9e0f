import { type Answer, answerWith } from './answer';
import { remove } from './state';
import type { Fault, RecordedRequest, MockServer, State } from './types';

type Controlled = Omit<MockServer, 'url' | 'close'>;

const PREFIX = '/__mock-server/';

const LISTS = ['credentials', 'users', 'connectors', 'links'] as const satisfies ReadonlyArray<keyof State>;

const HELP =
	'The mock server has POST faults, POST reset, GET requests, GET credentials, users, connectors or links, and for one of ' +
	'these by its id DELETE and PATCH, such as PATCH connectors/google with what changes in the record';

/**
 * The mock server's own endpoints, for scripts and browser tests; undefined for any other path. They respond with 200 and
 * JSON, 204 without a body, or 400 and `{ message }` for an invalid fault.
 */
export function control(mockServer: Controlled, request: Omit<RecordedRequest, 'vendor'>): Answer | undefined {
	const { method, path, rawBody } = request;
	if (!path.startsWith(PREFIX)) return undefined;
	const rest = path.slice(PREFIX.length);
	switch (`${method} ${rest}`) {
		case 'GET requests':
			return answerWith(200, mockServer.requests);
		case 'POST reset':
			mockServer.reset();
			return answerWith(204, undefined);
		case 'POST faults':
			return addFaults(mockServer, rawBody);
		default:
			return changeState(mockServer, method, rest, rawBody) ?? answerWith(404, { message: HELP });
	}
}

function changeState(state: State, method: string, path: string, rawBody: string): Answer | undefined {
	const [name, encodedId, ...more] = path.split('/');
	const list = LISTS.find((each) => each === name);
	if (!list || more.length > 0) return undefined;
	if (encodedId === undefined) return method === 'GET' ? answerWith(200, state[list]) : undefined;

	const id = decodeURIComponent(encodedId);
	const found = state[list].find((each) => each.id === id);
	if (!found) return answerWith(404, { message: `There is no ${id} among the ${list}` });
	if (method === 'DELETE') {
		remove<{ id: string }>(state[list], found);
		return answerWith(204, undefined);
	}
	if (method !== 'PATCH' || !('record' in found)) return undefined;
	try {
		found.record = { ...(found.record as object), ...(JSON.parse(rawBody) as object) };
		return answerWith(200, found);
	} catch (error) {
		return answerWith(400, { message: (error as Error).message });
	}
}

// Accepts one fault or a list of faults.
function addFaults(mockServer: Controlled, rawBody: string): Answer {
	try {
		const told = JSON.parse(rawBody) as Fault | Fault[];
		for (const fault of Array.isArray(told) ? told : [told]) mockServer.fault(fault);
		return answerWith(204, undefined);
	} catch (error) {
		return answerWith(400, { message: (error as Error).message });
	}
}
