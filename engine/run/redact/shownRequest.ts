import type { Json } from '../../model';
import { EVERY_NAME, type Redactor } from './index';
import type { HttpRequest } from '../request/request';

/** A request as it may be shown. */
export interface ShownRequest {
	method: string;
	url: string;
	headers: { [name: string]: string };
	body?: Json;
}

/** A request without its secrets. Its names are the document's or the operator's, and stay. */
export function shownRequest({ method, url, headers, body }: HttpRequest, redactor: Redactor): ShownRequest {
	return {
		method,
		url: redactor.text(url),
		headers: redactor.json(headers, EVERY_NAME),
		...(body === undefined ? {} : { body: redactor.json(body, EVERY_NAME) }),
	};
}
