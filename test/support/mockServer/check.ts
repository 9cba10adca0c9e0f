import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020';

import type { Operation, Parameter, VendorDocument } from './document';
import { problemsOf, problemText } from './problems';
import type { Problem, RecordedRequest, Schema } from './types';

/** What the check of a request found. */
export interface CheckedRequest {
	problems: Problem[];
	/** Parameters that were sent, by name, decoded and as the JSON type that their schema asks for. */
	params: Record<string, unknown>;
}

/** Checks requests and answers against the documents. */
export interface Checker {
	request(operation: Operation, request: RecordedRequest, segments: Record<string, string>): CheckedRequest;
	/** What is wrong with a JSON answer; undefined where it fits, or the document describes no body for the status. */
	answer(operation: Operation, status: number, body: unknown): string | undefined;
}

type Validate = (schema: Schema, value: unknown, place: Problem['in'], path: string[]) => Problem[];

/** Documents also hold patterns of other languages, such as `(?i)a`: such a one refuses nothing. */
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

/** Builds the checker of some documents. Schemas are compiled when first needed; one that ajv cannot read throws then. */
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

// All of the query that no parameter of its own takes; undefined where there is nothing.
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

	// A parameter is text on the wire: it fits when one way to read it does.
	const found: Problem[][] = [];
	for (const reading of readings(value)) {
		const problems = validate(parameter.schema, reading, place, [parameter.name]);
		if (problems.length === 0) {
			params[parameter.name] = reading;
			return [];
		}
		found.push(problems);
	}
	// Where none fits, the one of the right JSON type says more than "must be integer".
	const telling = found.find((problems) => problems.every(({ keyword }) => keyword !== 'type')) ?? found[0];
	return telling.map((each) => ({ ...each, value }));
}

// Text first: anything else is only tried where the schema does not take the text.
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
