import { jsonpath, JSONPathEnvironment, JSONPathError, type JSONPathQuery, type JSONValue } from 'json-p3';

import { thereIs } from './nearest';
import { DocumentError, isPart, type Part } from './part';

/** Where a value is in a document: names and indices, from the top. */
export type Location = Array<string | number>;

/** The library's own limit of 50 levels is less than some documents have. */
const environment = new JSONPathEnvironment({ maxRecursionDepth: 1000 });

/**
 * The objects and arrays that a JSONPath (RFC 9535) finds in a document.
 * @param at the pointer of the JSONPath, for messages
 * @throws DocumentError if it is no JSONPath, or finds nothing, or finds anything else
 */
export function locationsOf(target: string, root: Part, at: string): Location[] {
	const query = compiled(target, at);
	const nodes = found(query, root, at);
	if (nodes.length === 0) throw DocumentError.at(at, `the target finds nothing: ${missing(query, root, at)}`);
	const scalar = nodes.find(({ value }) => typeof value !== 'object' || value === null);
	if (scalar)
		throw DocumentError.at(
			at,
			`what is at ${pathOf(scalar.location)} is neither an object nor a list. Target the object that holds it: ` +
				pathOf(scalar.location.slice(0, -1)),
		);
	// A query can select the same place twice.
	return [...new Map(nodes.map(({ location }) => [JSON.stringify(location), location])).values()];
}

function compiled(target: string, at: string): JSONPathQuery {
	try {
		return environment.compile(target);
	} catch (error) {
		if (!(error instanceof JSONPathError)) throw error;
		throw DocumentError.at(at, `this is no JSONPath (RFC 9535): ${error.message}. One is, for example, $.paths['/keys'].post`);
	}
}

function found(query: JSONPathQuery, root: Part, at: string) {
	try {
		return query.query(root as JSONValue).nodes;
	} catch (error) {
		if (!(error instanceof JSONPathError)) throw error;
		throw DocumentError.at(at, `the target cannot be looked for: ${error.message}`);
	}
}

/** Names the first part of a query that finds nothing, and what is there instead. */
function missing(query: JSONPathQuery, root: Part, at: string): string {
	const { segments } = query;
	const upTo = (count: number) => found(Object.assign(environment.compile('$'), { segments: segments.slice(0, count) }), root, at);
	const count = segments.findIndex((_, index) => upTo(index + 1).length === 0);
	const parents = upTo(count);
	const [{ location }] = parents;
	const prefix = parents.length === 1 ? pathOf(location) : environment.compile('$').toString() + segments.slice(0, count).join('');
	const step = segments[count].toString();
	const [selector, ...more] = segments[count].selectors;
	const values = parents.map(({ value }) => value as unknown);
	if (selector instanceof jsonpath.selectors.NameSelector && more.length === 0 && !step.startsWith('..')) {
		const { name } = selector;
		const names = values.filter(isPart).flatMap(Object.keys);
		const path = (one: string) => (parents.length === 1 ? pathOf([...location, one]) : one);
		return `there is no "${name}" at ${prefix}${thereIs(path(name), names.map(path), 'nothing has a name there')}`;
	}
	// What a filter looks for by name, such as a parameter: [?@.name == 'limit'].
	const [, key, wanted] = /^\[\?\(*@\.(\w+) == '([^']*)'/.exec(step) ?? [];
	const others = values.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [])).filter(isPart);
	const texts = key === undefined ? [] : others.map((one) => one[key]).filter((one) => typeof one === 'string');
	return `at ${prefix} is nothing that fits ${step}${key === undefined ? '' : thereIs(wanted, texts, `nothing there has "${key}"`)}`;
}

/** A place as a JSONPath that is easy to read: `$.paths['/keys'].post`. */
export function pathOf(location: Location): string {
	const step = (part: string | number) => {
		if (typeof part === 'number') return `[${part}]`;
		return /^[A-Za-z_]\w*$/.test(part) ? `.${part}` : `['${part.replace(/[\\']/g, '\\$&')}']`;
	};
	return `$${location.map(step).join('')}`;
}
