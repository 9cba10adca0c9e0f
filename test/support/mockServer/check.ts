import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020';

import type { Operation, Parameter, VendorDocument } from './document';
import { problemsOf, problemText } from './problems';
import type { Problem, RecordedRequest, Schema } from './types';

/** The result of checking a request. */
export interface CheckedRequest {
	problems: Problem[];
	/** The parameters that were sent, by name, decoded and converted to the JSON type of their schema. */
	params: Record<string, unknown>;
}

/** Checks requests and responses against the documents. */
export interface Checker {
	request(operation: Operation, request: RecordedRequest, segments: Record<string, string>): CheckedRequest;
	/** What is wrong with a JSON response; undefined if it is valid, or the document describes no body for the status. */
	answer(operation: Operation, status: number, body: unknown): string | undefined;
}

type Validate = (schema: Schema, value: unknown, place: Problem['in'], path: string[]) => Problem[];

/** Documents also contain patterns in the syntax of other languages, such as `(?i)a`; these refuse nothing. */
const regExp = Object.assign(
	(pattern: string, flags: string) => {
		try {
			return new RegExp(pattern, flags);
		} catch {
			return /(?:)/u;
		}
	},
	{ code: 'new RegExp' },
);

/** Creates a checker for documents. Schemas are compiled when first needed; one that ajv cannot read throws then. */
export function checker(documents: VendorDocument[]): Checker {
	const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true, logger: false, code: { regExp } });
	addFormats(ajv);
	for (const { source, uri } of documents) ajv.addSchema(source, uri);

	const validate: Validate = (schema, value, place, path) => {
		const check = ajv.compile(schema);
		return check(value) ? [] : problemsOf(check.errors ?? [], place, path, value);
	};

	return {
		request(operation, request, segments) {
			const params: Record<string, unknown> = {};
			const problems = operation.parameters.flatMap((parameter) => {
				const given = parameter.spread ? spreadIn(operation, request) : readParameter(parameter, request, segments);
				return checkParameter(parameter, given, params, validate);
			});
			return { problems: [...problems, ...checkBody(operation, request, validate)], params };
		},
		answer(operation, status, body) {
			const schema = operation.answers[status];
			const problems = schema === undefined ? [] : validate(schema, body, 'body', []);
			return problems.length > 0 ? problems.map(problemText).join(', ') : undefined;
		},
	};
}

function readParameter(parameter: Parameter, request: RecordedRequest, segments: Record<string, string>) {
	if (parameter.in === 'path') return segments[parameter.name];
	if (parameter.in === 'query') return request.query[parameter.name];
	if (parameter.in === 'header') return request.headers[parameter.name.toLowerCase()];
	return undefined;
}

// The part of the query that no other parameter takes; undefined if there is none.
function spreadIn(operation: Operation, { query }: RecordedRequest): Record<string, string | string[]> | undefined {
	const named = operation.parameters.filter(({ in: place, spread }) => place === 'query' && !spread).map(({ name }) => name);
	const left = Object.entries(query).filter(([name]) => !named.includes(name));
	return left.length > 0 ? Object.fromEntries(left) : undefined;
}

function checkParameter(
	parameter: Parameter,
	given: ReturnType<typeof spreadIn> | string | string[],
	params: Record<string, unknown>,
	validate: Validate,
): Problem[] {
	const place = parameter.in as Problem['in'];
	const problem = (keyword: string, message: string, value: unknown): Problem[] => [
		{ in: place, path: [parameter.name], keyword, params: {}, message, value },
	];
	if (given === undefined) return parameter.required ? problem('required', 'is required', null) : [];

	let value = given;
	if (place === 'path') {
		try {
			value = decodeURIComponent(given as string);
		} catch {
			return problem('encoding', 'is not percent-encoded UTF-8', given);
		}
	}

	// On the wire, a parameter is text: it is valid if one way to read it is.
	const found: Problem[][] = [];
	for (const reading of readings(value)) {
		const problems = validate(parameter.schema, reading, place, [parameter.name]);
		if (problems.length === 0) {
			params[parameter.name] = reading;
			return [];
		}
		found.push(problems);
	}
	// If none is valid, the problems of a reading with the right JSON type say more than "must be integer".
	const telling = found.find((problems) => problems.every(({ keyword }) => keyword !== 'type')) ?? found[0];
	return telling.map((each) => ({ ...each, value }));
}

// Text comes first; other readings only count if the schema does not accept the text.
function readings(value: unknown): unknown[] {
	if (typeof value !== 'string') return [value];
	const all: unknown[] = [value];
	if (value === 'true' || value === 'false') all.push(value === 'true');
	if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(value)) all.push(Number(value));
	return [...all, [value]];
}

function checkBody(operation: Operation, request: RecordedRequest, validate: Validate): Problem[] {
	const { body } = operation;
	if (!body) return [];
	const problem = (keyword: string, message: string, value: unknown): Problem[] => [
		{ in: 'body', path: [], keyword, params: {}, message, value },
	];
	if (request.rawBody === '') return body.required ? problem('required', 'is required', null) : [];

	const type = (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
	if (!Object.hasOwn(body.content, type)) {
		const known = Object.keys(body.content).join(' or ');
		return problem('contentType', `must have the content type ${known}`, request.rawBody);
	}
	if (!/^application\/([^;]+\+)?json$/.test(type)) return [];
	if (request.body === undefined) return problem('json', 'is not JSON', request.rawBody);
	return validate(body.content[type], request.body, 'body', []);
}
