import type { Operation } from './document';

/** What a method and a path lead to. */
export interface Route {
	/** The document that the path belongs to, or comes closest to; '' where none does. */
	vendor: string;
	/** The documents that have the operation: two APIs of one vendor may share it. Only `vendor` where none does. */
	vendors: string[];
	/** Undefined where path or method is unknown. */
	operation?: Operation;
	/** Path parameters as sent, still encoded. */
	segments: Record<string, string>;
	/** The methods of the path, where the path is known. */
	allowed: string[];
}

/** Finds the operation for a method and a raw path (not decoded, without the query). */
export type Router = (method: string, path: string) => Route;

/** Builds the router of some operations. A template without parameters goes before one with. */
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

// How many parts agree from the left. A parameter takes one whole part that is not empty.
function leading(parts: string[], given: string[]): number {
	const different = parts.findIndex((part, i) => (isParameter(part) ? !given[i] : part !== given[i]));
	return different < 0 ? parts.length : different;
}

// An unknown path answers in the words of the vendor whose paths begin like it. The part before the first slash is empty everywhere.
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
