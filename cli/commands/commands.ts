import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';

import type { INodeParameters } from 'n8n-workflow';

import { type Answer, describe, type Described, parametersFor, type PlainRequest, requestFor, stringify } from '../../engine/tools';
import { Problem } from '../../scripts/n8n/problem';
import type { DiffArguments, DocumentArguments, ParametersArguments, RequestArguments } from '../terminal/arguments';
import { differences } from './diff';
import { isCurl, readCurl } from '../import/curl';
import { asPlainRequest, operationFor, type HttpCall } from '../import/httpCall';
import { httpRequestNode, readHttpRequestNode } from '../import/httpRequestNode';
import { nameOf, parseJson, readDocument, readJson, readText } from '../terminal/input';
import type { Io } from '../terminal/io';
import { sentenceOf } from '../terminal/sentence';

/** Every command prints JSON and returns the exit code; the errors it throws are sentences for the user. */

/**
 * `vendor describe`: prints the node, the credential type and the warnings.
 * @throws Problem or DocumentError
 */
export async function describeDocument(given: DocumentArguments, io: Io): Promise<number> {
	const { node, credential, warnings } = await describedBy(given, io);
	io.out(json({ node, credential, warnings }));
	return 0;
}

/**
 * `vendor parameters`: prints the node parameters that express a request, or each request of an array.
 * @throws Problem, DocumentError or InexpressibleError
 */
export async function writeParameters(given: ParametersArguments, io: Io): Promise<number> {
	const written = await readText(given.request, 'The request', io);
	const call = callIn(written);
	if (call) return await writeNode(given, call, io);
	const described = await describedBy(given, io);
	const requests = parseJson(written, 'The request', nameOf(given.request));
	const answer = (request: unknown) => parametersFor(described, asRequest(request));
	if (!Array.isArray(requests)) {
		io.out(json(answer(requests)));
		return 0;
	}
	const answers = requests.map((request) => {
		try {
			return { parameters: answer(request) };
		} catch (error) {
			return { error: sentenceOf(error) };
		}
	});
	io.out(json(answers.map((one) => ('error' in one ? one : one.parameters))));
	return answers.some((one) => 'error' in one) ? 1 : 0;
}

/** The call in a curl command or in a copied HTTP Request node; undefined for any other text. */
function callIn(text: string): { call: HttpCall; name?: string; position?: [number, number] } | undefined {
	if (isCurl(text)) return { call: readCurl(text) };
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return undefined;
	}
	const node = httpRequestNode(value);
	return node && { call: readHttpRequestNode(node), ...(node.position ? { position: node.position } : {}) };
}

/** Prints a node that sends the same request as a call, in the form in which n8n's editor pastes it. */
async function writeNode(
	{ operation, ...given }: DocumentArguments,
	{ call, position = [0, 0] }: NonNullable<ReturnType<typeof callIn>>,
	io: Io,
): Promise<number> {
	const files = await readDocument(given, 'The OpenAPI document', io);
	const described = describe(files.text, files.name, operation ?? operationFor(files, call), files.overlay);
	const parameters = parametersFor(described, asPlainRequest(described.operation, call));
	const { name, displayName } = described.node;
	const { name: packageName } = JSON.parse(fs.readFileSync(path.join(io.root, 'package.json'), 'utf8')) as { name: string };
	io.out(
		json({
			nodes: [{ id: randomUUID(), name: displayName, type: `${packageName}.${name}`, typeVersion: 1, position, parameters }],
			connections: {},
		}),
	);
	return 0;
}

/**
 * `vendor request`: prints the request that node parameters stand for, or of each set in an array.
 * @throws Problem or DocumentError
 */
export async function writeRequest(given: RequestArguments, io: Io): Promise<number> {
	const described = await describedBy(given, io);
	const parameters = await readJson(given.parameters, 'The parameters', io);
	const { baseUrl, reveal } = given;
	const refused = (message: string): Answer => ({ valid: false, problems: [{ field: 'parameters', message }] });
	const answer = (one: unknown): Answer => {
		if (!isObject(one)) return refused('The node parameters should be a JSON object');
		try {
			return requestFor(described, one as INodeParameters, { baseUrl, reveal });
		} catch (error) {
			return refused(sentenceOf(error));
		}
	};
	const answers = Array.isArray(parameters) ? parameters.map(answer) : answer(parameters);
	io.out(json(answers));
	return [answers].flat().every(({ valid }) => valid) ? 0 : 1;
}

/**
 * `vendor diff`: prints what differs, and whether it breaks stored workflows.
 * @throws Problem or DocumentError
 */
export async function compareDocuments({ file, ours, overlay }: DiffArguments, io: Io): Promise<number> {
	const theirs = await readDocument({ file }, "The vendor's document", io);
	const changes = differences(theirs, await readDocument({ file: ours, overlay }, 'Our document', io));
	const breaks = changes.some((change) => change.breaks);
	io.out(json({ breaks, changes }));
	return breaks ? 1 : 0;
}

async function describedBy({ operation, ...given }: DocumentArguments, io: Io): Promise<Described> {
	const { text, name, overlay } = await readDocument(given, 'The OpenAPI document', io);
	return describe(text, name, operation, overlay);
}

const PARTS = ['path', 'query', 'header', 'cookie', 'body'];

function asRequest(value: unknown): PlainRequest {
	const shape = '{ "path": { … }, "query": { … }, "header": { … }, "cookie": { … }, "body": … }';
	if (!isObject(value)) throw new Problem(`The request should be a JSON object: ${shape}.`);
	const unknown = Object.keys(value).find((part) => !PARTS.includes(part));
	if (unknown !== undefined) throw new Problem(`A request has no part "${unknown}". Its parts are ${shape}; each can be left out.`);
	const wrong = PARTS.find((part) => part !== 'body' && value[part] !== undefined && !isObject(value[part]));
	if (wrong !== undefined) throw new Problem(`"${wrong}" of the request should be a JSON object with a value for each name.`);
	return value;
}

function isObject(value: unknown): value is { [name: string]: unknown } & PlainRequest {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function json(value: unknown): string {
	return stringify(value, '\t');
}
