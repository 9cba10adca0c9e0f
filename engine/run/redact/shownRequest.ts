import type { Json } from '../../model';
import { EVERY_NAME, type Redactor } from './index';
import type { HttpRequest } from '../request/request';

/** A request that is safe to show. */
export interface ShownRequest {
	method: string;
	url: string;
	headers: { [name: string]: string };
	body?: Json;
}

/** A request with its secrets hidden. Names come from the document or the operator, so they are kept. */
export function shownRequest({ method, url, headers, body }: HttpRequest, redactor: Redactor): ShownRequest {
	return {
		method,
		url: redactor.text(url),
		headers: redactor.json(headers, EVERY_NAME),
		...(body === undefined ? {} : { body: redactor.json(body, EVERY_NAME) }),
	};
}
