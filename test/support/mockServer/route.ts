import type { Operation } from './document';

/** The target of a method and a path. */
export interface Route {
	/** Name of the document that the path belongs to or is closest to; '' if there is none. */
	vendor: string;
	/** The documents with the operation, which two APIs of a vendor may share; only `vendor` if there is none. */
	vendors: string[];
	/** Undefined if the path or method is unknown. */
	operation?: Operation;
	/** Path parameters as sent, still encoded. */
	segments: Record<string, string>;
	/** The methods of the path, if that is known. */
	allowed: string[];
}

/** Finds the operation for a method and a raw path (not decoded, without the query). */
export type Router = (method: string, path: string) => Route;

/** Creates the router for operations. Templates without parameters take precedence. */
export function router(operations: Operation[]): Router {
	const routes = operations
		.map((operation) => ({ operation, parts: operation.template.split('/') }))
		.sort((one, other) => parametersIn(one.parts) - parametersIn(other.parts));

	return (method, path) => {
		const given = path.split('/');
		const fitting = routes.filter(({ parts }) => leading(parts, given) === parts.length && parts.length === given.length);
		const ofMethod = fitting.filter(({ operation }) => operation.method === method);
		const [route] = ofMethod;
		const vendor = (route ?? fitting[0])?.operation.vendor ?? closest(routes, given);
		return {
			vendor,
			vendors: route ? ofMethod.map(({ operation }) => operation.vendor) : [vendor],
			operation: route?.operation,
			segments: route ? segmentsOf(route.parts, given) : {},
			allowed: [...new Set(fitting.map(({ operation }) => operation.method))],
		};
	};
}

// How many parts match from the left. A parameter matches one whole part that is not empty.
function leading(parts: string[], given: string[]): number {
	const different = parts.findIndex((part, i) => (isParameter(part) ? !given[i] : part !== given[i]));
	return different < 0 ? parts.length : different;
}

// An unknown path belongs to the vendor whose paths begin most like it. The part before the first slash is always empty.
function closest(routes: Array<{ operation: Operation; parts: string[] }>, given: string[]): string {
	let vendor = '';
	let most = 1;
	for (const { operation, parts } of routes) {
		const agreeing = leading(parts, given);
		if (agreeing > most) [vendor, most] = [operation.vendor, agreeing];
	}
	return vendor;
}

function segmentsOf(parts: string[], given: string[]): Record<string, string> {
	const entries = parts.flatMap((part, i) => (isParameter(part) ? [[part.slice(1, -1), given[i]]] : []));
	return Object.fromEntries(entries);
}

function parametersIn(parts: string[]): number {
	return parts.filter(isParameter).length;
}

function isParameter(part: string): boolean {
	return /^\{[^{}]+\}$/.test(part);
}
