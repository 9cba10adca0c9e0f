import type { IDataObject, IExecuteFunctions, INodeExecutionData, JsonObject } from 'n8n-workflow';
import type { Json, Vendor } from '../model';
import { CONTROLS } from '../parameters';
import { idOf, type Record } from './answer';
import { BinaryReference, type BinaryFile } from './body';
import { asError, asItem, type Failure } from './errors';
import { CreateUnlessExisting, Existing } from './identity';
import { operationOf, type ChosenOperation } from './operation';
import { listOf } from './pages';
import { Preparation, type Ready } from './prepare';
import { givenFor, atHand } from './reference';
import { deletedItem, itemOf, simplified, type Done } from './shape';
import { waitForNew } from './wait';

/**
 * Runs a vendor's node: reads and checks every item before the first request goes out, then sends them in order.
 * @returns one output with the items that came of each input item
 * @throws NodeOperationError or NodeApiError unless the node is set to continue; its context holds what was done
 */
export async function executeOperations(context: IExecuteFunctions, vendor: Vendor): Promise<INodeExecutionData[][]> {
	const resource = context.getNodeParameter('resource', 0) as string;
	const name = context.getNodeParameter('operation', 0) as string;
	const operation = operationOf(vendor, resource, name);
	if (!operation) {
		const failure = { message: `${vendor.name} has no operation "${name}" for "${resource}"`, description: 'Choose the resource and the operation again', retryable: false };
		throw asError(context, failure, 0);
	}
	const items = context.getInputData();
	const preparation = new Preparation(context, vendor, operation);
	const prepared: Array<Ready | { failure: Failure }> = [];
	for (let index = 0; index < items.length; index++) prepared.push(await preparation.item(index));
	if (!context.continueOnFail()) refuseBatch(context, prepared);

	const run = new Run(context, vendor, operation);
	const results: INodeExecutionData[] = [];
	for (const [index, item] of prepared.entries()) {
		if (context.getExecutionCancelSignal()?.aborted) break;
		const sent = 'failure' in item ? item : await run.item(item);
		if ('items' in sent) results.push(...sent.items.map((json) => ({ json: json as IDataObject, pairedItem: { item: index } })));
		else if (context.continueOnFail()) results.push({ json: asItem(sent.failure), pairedItem: { item: index } });
		else throw asError(context, withAccount(sent.failure, index, items.length), index, accountOf(results, index, items.length));
	}
	return [results];
}

/** What came of one item: the items that it becomes. */
type Came = { items: Record[] } | { failure: Failure };

/** One run of one operation. */
class Run {
	private readonly existing = new Existing();

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly vendor: Vendor,
		private readonly operation: ChosenOperation,
	) {}

	async item(ready: Ready): Promise<Came> {
		const came = await this.perform(ready);
		return 'items' in came ? { items: came.items.map((item) => ready.connection.redactor.json(item)) } : came;
	}

	private async perform(ready: Ready): Promise<Came> {
		const { operation, vendor } = this;
		const { connection, request, given, values } = ready;
		if (operation.wait) return await this.wait(ready);
		if (operation.result.records !== undefined) {
			const limit = values(CONTROLS.all) === true ? Infinity : Number(values(CONTROLS.limit) ?? LIMIT);
			const listed = await listOf(connection, operation, given, limit);
			return 'failure' in listed ? listed : { items: listed.records.map((record) => this.read(record, values)) };
		}
		if (operation.looksFirst) {
			const settled = await new CreateUnlessExisting(vendor, operation, operation.looksFirst, this.existing).run(connection, request, given, values);
			if ('failure' in settled) return settled;
			return { items: [await this.withKnown(ready, itemOf(operation, vendor, settled.record, settled.done))] };
		}
		const files = request.body === undefined ? undefined : await filesOf(this.context, connection.itemIndex, request.body);
		const called = await connection.send(operation, request, files);
		if ('failure' in called) return called;
		const [record] = called.records;
		if (operation.result.deleted) return { items: [deletedItem(operation, vendor, pathId(given))] };
		if (operation.method === 'GET' && operation.result.link === undefined) return { items: [this.read(record, values)] };
		return { items: [await this.withKnown(ready, itemOf(operation, vendor, record, doneBy(operation)))] };
	}

	/** A record that was only read. */
	private read(record: Record, values: Ready['values']): Record {
		const { operation, vendor } = this;
		const item = itemOf(operation, vendor, record);
		if (operation.result.simple === undefined || values(CONTROLS.simplify) === false) return item;
		return itemOf(operation, vendor, simplified(operation, record));
	}

	private async wait({ connection, given, values }: Ready): Promise<Came> {
		const { operation, vendor } = this;
		const waited = await waitForNew(connection, operation, given, values, this.context.getExecutionCancelSignal());
		if ('failure' in waited) return waited;
		if (!waited.linked) return { items: [{ linked: false, vendor: vendor.name }] };
		return { items: waited.records.map((record) => ({ linked: true, ...itemOf(operation, vendor, record) })) };
	}

	/** Beside a link the ids that exist already, so that a later wait tells what is new even if the link is used at once. */
	private async withKnown({ connection, given }: Ready, item: Record): Promise<Record> {
		const { known } = this.operation;
		if (known === undefined || item.link === undefined) return item;
		const list = this.vendor.references[known.operation];
		const listed = await listOf(connection, list, givenFor(known, list, atHand(given)).given);
		// The link is there, whatever became of the list.
		return 'failure' in listed ? item : { ...item, knownCredentialIds: listed.records.flatMap((record) => idOf(list.result, record) ?? []) };
	}
}

/** n8n's usual length of a list. */
const LIMIT = 50;

/** The word for what an operation does. */
function doneBy({ method, operation }: ChosenOperation): Done {
	return method === 'PATCH' || operation === 'update' ? 'updated' : 'created';
}

/** The id of the record that a path names. */
function pathId(given: Ready['given']): string | undefined {
	const inPath = given.filter(({ input }) => input.in === 'path');
	return inPath.length === 0 ? undefined : String(inPath[inPath.length - 1].value);
}

/** Ends the run where an item is not fit to be sent: none is. */
function refuseBatch(context: IExecuteFunctions, prepared: Array<Ready | { failure: Failure }>): void {
	const refusedItems = prepared.flatMap((item, index) => ('failure' in item ? [{ index, failure: item.failure }] : []));
	const [first, ...others] = refusedItems;
	if (!first) return;
	const more = others.slice(0, 10).map(({ failure }) => failure.message);
	const rest = others.length > 10 ? [`… and ${others.length - 10} more items`] : [];
	const description = [`${first.failure.description}. Nothing was sent.`, ...more, ...rest].join('\n');
	throw asError(context, { ...first.failure, description }, first.index);
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

/** What was done before a run ended. */
function accountOf(results: INodeExecutionData[], failed: number, total: number): JsonObject {
	const created = results.map(({ json, pairedItem }) => JSON.parse(JSON.stringify({ ...(pairedItem as object), credentialId: json.credentialId, link: json.link })) as JsonObject);
	return { created, notCreated: Array.from({ length: total - failed }, (_, index) => failed + index) };
}

function withAccount(failure: Failure, failed: number, total: number): Failure {
	if (total === 1) return failure;
	const before = failed === 0 ? 'Nothing was created before' : `${failed === 1 ? 'Item 0 was' : `Items 0 to ${failed - 1} were`} created before`;
	const after = failed === total - 1 ? '' : `; ${total - failed - 1 === 1 ? `item ${total - 1} was` : `items ${failed + 1} to ${total - 1} were`} not sent`;
	return { ...failure, description: `${failure.description}\n${before}${after}.` };
}
