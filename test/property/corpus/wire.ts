import { difference, equal, isObject, short, type Json, type JsonObject } from './json';
import type { SourceOperation, SourceParameter } from './source';

/** A request as the engine returns it. */
export interface Sent {
	method: string;
	url: string;
	headers: { [name: string]: string };
	body?: unknown;
}

type Pair = { name: string; raw: string };

/**
 * Compares a drawn request with what would be sent; parameters are read from the wire in the document's style.
 * @returns the first difference, or undefined if there is none
 */
export function unlike(
	operation: SourceOperation,
	parameters: SourceParameter[],
	drawn: JsonObject,
	sent: Sent,
	base: string,
): string | undefined {
	if (sent.method !== operation.method) return `method: expected ${operation.method}, got ${sent.method}`;
	if (!sent.url.startsWith(base)) return `url: expected to begin with ${base}, got ${sent.url}`;
	const [path, ...search] = sent.url.slice(base.length).split('?');
	return (
		path1(operation, parameters, drawn, path) ??
		pairs('query', parameters, drawn, parse(search.join('?'), '&')) ??
		headers(parameters, drawn, sent.headers) ??
		pairs('cookie', parameters, drawn, parse(headerNamed(sent.headers, 'cookie') ?? '', /;\s*|&/)) ??
		difference(drawn.body, sent.body, '/body')
	);
}

function path1(operation: SourceOperation, parameters: SourceParameter[], drawn: JsonObject, path: string): string | undefined {
	const names: string[] = [];
	const pattern = operation.path.split(/(\{[^}]+\})/).map((part) => {
		if (!part.startsWith('{')) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
		names.push(part.slice(1, -1));
		return '([^/?#]*)';
	});
	const match = new RegExp(`^${pattern.join('')}$`).exec(path);
	if (!match) return `path: expected ${operation.path}, got ${path}`;
	for (const [index, name] of names.entries()) {
		const parameter = parameters.find((one) => one.in === 'path' && one.name === name);
		if (!parameter) continue;
		const wanted = (drawn.path as JsonObject)[name];
		if (!matches(parameter, wanted, match[index + 1]))
			return (
				`/path/${name} expected ${short(wanted)} in style ${parameter.style}${parameter.explode ? ', exploded' : ''}, got ` +
				`${match[index + 1]}`
			);
	}
	return undefined;
}

/** Whether a path segment or header, a text with the whole value, says the wanted value. */
function matches(parameter: SourceParameter, wanted: Json, raw: string): boolean {
	const { style, explode, name } = parameter;
	if (parameter.json) return sameText(wanted, decoded(raw), true);
	if (style === 'label')
		return (
			raw.startsWith('.') &&
			(listed(wanted, raw.slice(1), explode ? '.' : ',', explode) || joinedText(wanted, raw.slice(1), explode ? '.' : ',', explode))
		);
	if (style !== 'matrix') return listed(wanted, raw, ',', explode);
	if (!raw.startsWith(';')) return false;
	if (!explode || !isComposite(wanted))
		return raw.startsWith(`;${encodeURIComponent(name)}=`) && listed(wanted, raw.slice(raw.indexOf('=') + 1), ',', false);
	const parts = raw
		.slice(1)
		.split(';')
		.map((part) => part.split('='));
	if (Array.isArray(wanted))
		return (
			parts.length === wanted.length &&
			wanted.every((one, index) => decoded(parts[index][0]) === name && sameText(one, decoded(parts[index][1] ?? '')))
		);
	return pairsOf(
		wanted,
		parts.map(([key, ...rest]) => [decoded(key), decoded(rest.join('='))]),
	);
}

/** Whether a text lists the wanted value: `a,b`, `k,v,k,v`, `k=v,k=v`, or one scalar. */
function listed(wanted: Json, raw: string, separator: string | RegExp, explode: boolean): boolean {
	if (!isComposite(wanted)) return sameText(wanted, decoded(raw));
	const parts = raw === '' ? [] : raw.split(separator);
	if (Array.isArray(wanted)) return parts.length === wanted.length && wanted.every((one, index) => sameText(one, decoded(parts[index])));
	if (explode)
		return pairsOf(
			wanted,
			parts.map((part) => [decoded(part.slice(0, part.indexOf('='))), decoded(part.slice(part.indexOf('=') + 1))]),
		);
	return pairsOf(
		wanted,
		parts.flatMap((part, index) => (index % 2 === 0 ? [[decoded(part), decoded(parts[index + 1] ?? '')] as [string, string]] : [])),
	);
}

/** Compares a value as one joined text: if it contains the separator, the style cannot be read back. */
function joinedText(wanted: Json, raw: string, separator: string, explode: boolean): boolean {
	if (!isComposite(wanted)) return false;
	const parts = Array.isArray(wanted)
		? wanted.map(textOf)
		: Object.entries(wanted).map(([key, one]) => `${key}${explode ? '=' : separator}${textOf(one)}`);
	return decoded(raw) === parts.join(separator);
}

function pairsOf(wanted: JsonObject, got: Array<[string, string]>): boolean {
	const names = Object.keys(wanted);
	return (
		got.length === names.length &&
		got.every(([key, text]) => Object.prototype.hasOwnProperty.call(wanted, key) && sameText(wanted[key], text))
	);
}

/** Compares the query or the cookies: every pair must belong to a drawn parameter. */
function pairs(location: 'query' | 'cookie', parameters: SourceParameter[], drawn: JsonObject, all: Pair[]): string | undefined {
	let left = all;
	for (const parameter of parameters.filter((one) => one.in === location)) {
		const wanted = (drawn[location] as JsonObject | undefined)?.[parameter.name];
		if (wanted === undefined) continue;
		const rest = consumed(parameter, wanted, left);
		if (!rest)
			return (
				`/${location}/${parameter.name} expected ${short(wanted)} in style ` +
				`${parameter.style}${parameter.explode ? ', exploded' : ''}, got ` +
				`${all.map(({ name, raw }) => `${name}=${raw}`).join('&')}`
			);
		left = rest;
	}
	return left.length > 0
		? `/${location} sends ${left.map(({ name, raw }) => `${name}=${raw}`).join('&')} though nothing of the kind was drawn`
		: undefined;
}

/** The pairs that are left after a parameter has taken its own; undefined if those do not match its value. */
function consumed(parameter: SourceParameter, wanted: Json, all: Pair[]): Pair[] | undefined {
	const { name, style, explode } = parameter;
	const own = all.filter((pair) => decoded(pair.name) === name);
	const others = all.filter((pair) => decoded(pair.name) !== name);
	const [first] = own;
	if (parameter.json) return own.length === 1 && sameText(wanted, decoded(first.raw), true) ? others : undefined;
	if (!isComposite(wanted)) return own.length === 1 && sameText(wanted, decoded(first.raw)) ? others : undefined;
	if (style === 'deepObject') {
		const deep = all.filter((pair) => decoded(pair.name).startsWith(`${name}[`));
		const got = deep.map((pair) => [
			decoded(pair.name)
				.slice(name.length)
				.replace(/\[\d*\]/g, '[]'),
			decoded(pair.raw),
		]);
		const expected = flattened(wanted, '');
		return got.length === expected.length &&
			expected.every(([key, value], index) => got[index][0] === key && sameText(value, got[index][1]))
			? all.filter((pair) => !deep.includes(pair))
			: undefined;
	}
	if (Array.isArray(wanted) && explode)
		return own.length === wanted.length && wanted.every((one, index) => sameText(one, decoded(own[index].raw))) ? others : undefined;
	if (explode) {
		let left = all;
		for (const [key, value] of Object.entries(wanted)) {
			const found = left.find((pair) => decoded(pair.name) === key && sameText(value, decoded(pair.raw)));
			if (!found) return undefined;
			left = left.filter((pair) => pair !== found);
		}
		return left;
	}
	const separator = style === 'spaceDelimited' ? /%20|\+/ : style === 'pipeDelimited' ? /%7C|\|/i : ',';
	const plain = style === 'spaceDelimited' ? ' ' : style === 'pipeDelimited' ? '|' : ',';
	return own.length === 1 && (listed(wanted, first.raw, separator, false) || (plain !== ',' && joinedText(wanted, first.raw, plain, false)))
		? others
		: undefined;
}

/** The path (`[a][b]`) and the value of each scalar; list elements have no index. */
function flattened(value: Json, path: string): Array<[string, Json]> {
	if (!isComposite(value)) return [[path, value]];
	if (Array.isArray(value)) return value.flatMap((one) => flattened(one, `${path}[]`));
	return Object.entries(value).flatMap(([key, one]) => flattened(one, `${path}[${/^\d+$/.test(key) ? '' : key}]`));
}

function headers(parameters: SourceParameter[], drawn: JsonObject, sent: { [name: string]: string }): string | undefined {
	for (const parameter of parameters.filter((one) => one.in === 'header')) {
		const wanted = (drawn.header as JsonObject | undefined)?.[parameter.name];
		const got = headerNamed(sent, parameter.name);
		if (wanted === undefined && got === undefined) continue;
		// Headers are not percent-encoded, so the value is encoded here for the common reader.
		const raw =
			got === undefined
				? undefined
				: parameter.json
					? encodeURIComponent(got)
					: got
							.split(/([,=])/)
							.map((part) => (/^[,=]$/.test(part) ? part : encodeURIComponent(part)))
							.join('');
		const right =
			wanted !== undefined &&
			raw !== undefined &&
			(matches(parameter, wanted, raw) || (!isComposite(wanted) && sameText(wanted, got as string)));
		if (!right) return `/header/${parameter.name} expected ${short(wanted)}, got ${short(got)}`;
	}
	return undefined;
}

function headerNamed(headers: { [name: string]: string }, name: string): string | undefined {
	return Object.entries(headers).find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1];
}

function parse(text: string, separator: string | RegExp): Pair[] {
	return text
		.split(separator)
		.filter((part) => part !== '')
		.map((part) => {
			const at = part.indexOf('=');
			return at === -1 ? { name: part, raw: '' } : { name: part.slice(0, at), raw: part.slice(at + 1) };
		});
}

function decoded(raw: string): string {
	try {
		return decodeURIComponent(raw.replace(/\+/g, ' '));
	} catch {
		return raw;
	}
}

/** Whether a text on the wire represents a value; composite values within a parameter are JSON. */
function sameText(wanted: Json, text: string, json = false): boolean {
	if (!json && !isComposite(wanted)) return textOf(wanted) === text;
	try {
		return equal(JSON.parse(text), wanted);
	} catch {
		return false;
	}
}

function textOf(value: Json): string {
	return isComposite(value) ? JSON.stringify(value) : value === null ? '' : String(value);
}

function isComposite(value: Json): value is Json[] | JsonObject {
	return Array.isArray(value) || isObject(value);
}
