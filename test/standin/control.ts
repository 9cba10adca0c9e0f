import { type Answer, answerWith } from './answer';
import type { Fault, RecordedRequest, Standin } from './types';

type Controlled = Pick<Standin, 'requests' | 'credentials' | 'fault' | 'reset'>;

const PREFIX = '/__standin/';

/**
 * The stand-in's own endpoints, for scripts and browser tests. Undefined for any other path. They answer 200 with JSON,
 * 204 without a body, or 400 with `{ message }` where a fault makes no sense.
 */
export function control(standin: Controlled, request: Omit<RecordedRequest, 'vendor'>): Answer | undefined {
	const { method, path, rawBody } = request;
	if (!path.startsWith(PREFIX)) return undefined;
	switch (`${method} ${path.slice(PREFIX.length)}`) {
		case 'GET requests':
			return answerWith(200, standin.requests);
		case 'GET credentials':
			return answerWith(200, standin.credentials);
		case 'POST reset':
			standin.reset();
			return answerWith(204, undefined);
		case 'POST faults':
			return addFaults(standin, rawBody);
		default:
			return answerWith(404, { message: 'The stand-in has POST faults, POST reset, GET requests, GET credentials' });
	}
}

// One fault, or a list of them.
function addFaults(standin: Controlled, rawBody: string): Answer {
	try {
		const told = JSON.parse(rawBody) as Fault | Fault[];
		for (const fault of Array.isArray(told) ? told : [told]) standin.fault(fault);
		return answerWith(204, undefined);
	} catch (error) {
		return answerWith(400, { message: (error as Error).message });
	}
}
