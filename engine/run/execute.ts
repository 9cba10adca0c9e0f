import type { IDataObject, IExecuteFunctions, IHttpRequestOptions, INodeExecutionData, JsonObject } from 'n8n-workflow';
import type { Input, Json, Operation, Vendor } from '../model';
import { BinaryReference, encodeBody, type BinaryFile } from './body';
import { outcomeOf, type HttpAnswer } from './answer';
import { asError, asItem, invalid, refused, unanswered, type Failure } from './errors';
import { credentialOf, type NodeCredential } from './credential';
import { readItem } from './item';
import type { Values } from './read';
import type { HttpRequest } from './request';
import { Redactor, secretsOf } from './secrets';

/** One item, ready to be sent, or refused. */
type Prepared = { request: HttpRequest; credential: NodeCredential; redactor: Redactor; timeout: number } | { failure: Failure };

/**
 * Runs a vendor's node: reads and checks every item before the first request goes out, then sends them in order.
 * @returns one output with an item for each input item
 * @throws NodeOperationError or NodeApiError unless the node is set to continue; its context holds what was done
 */
export async function executeOperations(context: IExecuteFunctions, vendor: Vendor): Promise<INodeExecutionData[][]> {
	const resource = context.getNodeParameter('resource', 0) as string;
	const name = context.getNodeParameter('operation', 0) as string;
	const operation = vendor.operations.find((one) => one.resource === resource && one.operation === name);
	if (!operation) {
		const failure = { message: `${vendor.name} has no operation "${name}" for "${resource}"`, description: 'Choose the resource and the operation again', retryable: false };
		throw asError(context, failure, 0);
	}
	const items = context.getInputData();
	const prepared: Prepared[] = [];
	for (let index = 0; index < items.length; index++) prepared.push(await prepare(context, vendor, operation, index));
	if (!context.continueOnFail()) refuseBatch(context, prepared);

	const results: INodeExecutionData[] = [];
	for (const [index, item] of prepared.entries()) {
		if (context.getExecutionCancelSignal()?.aborted) break;
		const sent = 'failure' in item ? item : await send(context, vendor, operation, item, index);
		if ('record' in sent) results.push({ json: sent.record as IDataObject, pairedItem: { item: index } });
		else if (context.continueOnFail()) results.push({ json: asItem(sent.failure), pairedItem: { item: index } });
		else throw asError(context, withAccount(sent.failure, index, items.length), index, accountOf(results, index, items.length));
	}
	return [results];
}

/** Ends the run where an item is not fit to be sent: none is. */
function refuseBatch(context: IExecuteFunctions, prepared: Prepared[]): void {
	const refusedItems = prepared.flatMap((item, index) => ('failure' in item ? [{ index, failure: item.failure }] : []));
	const [first, ...others] = refusedItems;
	if (!first) return;
	const more = others.slice(0, 10).map(({ failure }) => failure.message);
	const rest = others.length > 10 ? [`… and ${others.length - 10} more items`] : [];
	const description = [`${first.failure.description}. Nothing was sent.`, ...more, ...rest].join('\n');
	throw asError(context, { ...first.failure, description }, first.index);
}

/** Reads and checks one item. */
async function prepare(context: IExecuteFunctions, vendor: Vendor, operation: Operation, itemIndex: number): Promise<Prepared> {
	const credential = await credentialOf(context, vendor.credential, itemIndex);
	const values = parametersOf(context, itemIndex);
	const { request, given, problems: wrong } = readItem(operation, values, credential.baseUrl, context.getTimezone());
	const problems = [...credential.problems, ...wrong];
	const redactor = new Redactor([...credential.secrets, ...given.flatMap(({ input, value }) => secretsOf(input.field, value))]);
	if (problems.length > 0) {
		const failure = invalid(problems, itemIndex);
		return { failure: { ...failure, message: redactor.text(failure.message) } };
	}
	const timeout = (values('options') as { timeout?: number } | undefined)?.timeout ?? DEFAULT_TIMEOUT;
	return { request, credential, redactor, timeout };
}

/** How long a vendor may take to answer, in milliseconds. */
const DEFAULT_TIMEOUT = 60_000;

/** The root parameters of an item; each is resolved once, whatever reads it. */
function parametersOf(context: IExecuteFunctions, itemIndex: number): Values {
	const known = context.getNode().parameters;
	const resolved = new Map<string, unknown>();
	return (name) => {
		// n8n throws for a parameter that is not there: a branch that was never shown.
		if (!Object.prototype.hasOwnProperty.call(known, name)) return undefined;
		if (!resolved.has(name)) resolved.set(name, context.getNodeParameter(name, itemIndex));
		return resolved.get(name);
	};
}

async function send(
	context: IExecuteFunctions,
	vendor: Vendor,
	operation: Operation,
	{ request, credential, redactor, timeout }: Exclude<Prepared, { failure: Failure }>,
	itemIndex: number,
): Promise<{ record: { [name: string]: Json } } | { failure: Failure }> {
	// One request per call, the whole answer, nothing followed and nothing thrown for a status; the text as it came.
	const { body, ...rest } = request;
	const encoded = body === undefined || !operation.body ? undefined : encodeBody(body, operation.body, await filesOf(context, itemIndex, body));
	const payload = encoded ? { body: encoded.content, headers: { ...request.headers, 'content-type': encoded.contentType } } : {};
	const options: IHttpRequestOptions = { ...rest, ...payload, returnFullResponse: true, ignoreHttpStatusErrors: true, disableFollowRedirect: true, encoding: 'text', timeout };
	let answer: HttpAnswer;
	try {
		const response = await context.helpers.httpRequestWithAuthentication.call(context, vendor.credential, options, { credentialsDecrypted: credential.decrypted });
		answer = { status: response.statusCode, headers: response.headers, text: typeof response.body === 'string' ? response.body : JSON.stringify(response.body ?? '') };
	} catch (error) {
		return { failure: unanswered(vendor, operation, codeOf(error), itemIndex) };
	}
	const outcome = outcomeOf(operation, answer, vendor.name);
	if ('record' in outcome) return { record: redactor.json(outcome.record) };
	const failure = refused(vendor, operation, outcome.refusal, itemIndex, (path) => labelAt(operation, path));
	return { failure: { ...failure, ...redactor.json({ message: failure.message, description: failure.description }), ...(failure.code ? { code: redactor.text(failure.code) } : {}) } };
}

/** The binary data that a body refers to. */
async function filesOf(context: IExecuteFunctions, itemIndex: number, body: Json): Promise<Map<string, BinaryFile>> {
	const files = new Map<string, BinaryFile>();
	const values = (body as unknown) instanceof BinaryReference ? [body] : typeof body === 'object' && body !== null ? Object.values(body).flat() : [];
	for (const value of values as unknown[]) {
		if (!(value instanceof BinaryReference)) continue;
		const { fileName, mimeType } = context.helpers.assertBinaryData(itemIndex, value.property);
		files.set(value.property, { data: await context.helpers.getBinaryDataBuffer(itemIndex, value.property), fileName, mimeType });
	}
	return files;
}

/** The code of a network error, from whichever layer wrapped it. */
function codeOf(error: unknown): string {
	let current = error as { code?: unknown; httpCode?: unknown; cause?: unknown } | undefined;
	for (let depth = 0; current && depth < 4; depth++) {
		for (const code of [current.code, current.httpCode]) if (typeof code === 'string' && /^[A-Z][A-Z_]+$/.test(code)) return code;
		current = current.cause as typeof current;
	}
	return 'no answer';
}

/** The operator's words for a field that the vendor names: `label`, `credential_data.client_id`. */
function labelAt(operation: Operation, path: string): string | undefined {
	const names = path.split('.');
	let fields = operation.inputs.flatMap(({ field }) => (field.name === '' ? fieldsWithin(field) : [field]));
	let label: string | undefined;
	for (const name of names) {
		const found = fields.find((field) => field.name === name);
		if (!found) break;
		label = `${found.label} (${path})`;
		fields = fieldsWithin(found);
	}
	return label;
}

function fieldsWithin(field: Input['field']): Array<Input['field']> {
	if (field.kind === 'group') return field.fields;
	return field.kind === 'variant' ? field.branches.flatMap((branch) => fieldsWithin(branch.field)) : [];
}

/** What was done before a run ended. */
function accountOf(results: INodeExecutionData[], failed: number, total: number): JsonObject {
	const created = results.map(({ json }, index) => JSON.parse(JSON.stringify({ item: index, credentialId: json.credentialId, link: json.link })) as JsonObject);
	return { created, notCreated: Array.from({ length: total - failed }, (_, index) => failed + index) };
}

function withAccount(failure: Failure, failed: number, total: number): Failure {
	if (total === 1) return failure;
	const before = failed === 0 ? 'Nothing was created before' : `${failed === 1 ? 'Item 0 was' : `Items 0 to ${failed - 1} were`} created before`;
	const after = failed === total - 1 ? '' : `; ${total - failed - 1 === 1 ? `item ${total - 1} was` : `items ${failed + 1} to ${total - 1} were`} not sent`;
	return { ...failure, description: `${failure.description}\n${before}${after}.` };
}
