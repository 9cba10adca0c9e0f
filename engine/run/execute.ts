import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Json, Vendor } from '../model';
import { CONCURRENT, CONTROLS } from '../parameters';
import { idOf, type Record } from './answer';
import { BinaryReference, type BinaryFile } from './body';
import { Account } from './account';
import { asError, asItem, type Failure } from './errors';
import { CreateUnlessExisting, Existing } from './identity';
import { operationOf, type ChosenOperation } from './operation';
import { listOf } from './pages';
import { Pace } from './pace';
import { inParallel } from './pool';
import { optionsOf, parametersOf, Preparation, type Ready } from './prepare';
import { givenFor, atHand } from './reference';
import { deletedItem, itemOf, simplified, type Done } from './shape';
import { waitForNew } from './wait';

/**
 * Runs a vendor's node: reads and checks every item before the first request goes out, then sends them, several at once.
 * @returns one output with the items that came of each input item, in the order of the input
 * @throws NodeOperationError or NodeApiError unless the node is set to continue; its context holds what was done
 */
export async function executeOperations(context: IExecuteFunctions, vendor: Vendor): Promise<INodeExecutionData[][]> {
	const resource = context.getNodeParameter('resource', 0) as string;
	const name = context.getNodeParameter('operation', 0) as string;
	const operation = operationOf(vendor, resource, name);
	if (!operation) {
		const failure = { message: `${vendor.name} has no operation ${JSON.stringify(name)} for ${JSON.stringify(resource)}`, description: 'Choose the resource and the operation again', retryable: false };
		throw asError(context, failure, 0);
	}
	const count = context.getInputData().length;
	// How fast a run goes is one thing for all of its items.
	const options = optionsOf(parametersOf(context, 0));
	const signal = context.getExecutionCancelSignal();
	const pace = new Pace(vendor.limits?.perSecond, options.retries ?? RETRIES, signal);
	const preparation = new Preparation(context, vendor, operation, pace);
	const prepared: Array<Ready | { failure: Failure }> = [];
	for (let index = 0; index < count; index++) prepared.push(await preparation.item(index));
	if (!context.continueOnFail()) refuseBatch(context, prepared);

	const run = new Run(context, vendor, operation);
	const account = operation.method === 'GET' || count === 1 ? undefined : new Account(context);
	const results: Array<INodeExecutionData[] | undefined> = new Array(count).fill(undefined);
	let fatal: { failure: Failure; index: number } | undefined;
	let failures = 0;
	const work = async (index: number): Promise<boolean> => {
		const known = account?.found(index);
		const item = prepared[index];
		const came: Came = known ? { items: known } : 'failure' in item ? item : optionsOf(item.values).dryRun ? { items: [shownRequest(item)] } : await run.item(item);
		if ('items' in came) {
			if (!known) account?.note(index, came.items);
			results[index] = came.items.map((json) => ({ json: json as IDataObject, pairedItem: { item: index } }));
		} else if (signal?.aborted) return false;
		else if (context.continueOnFail()) {
			failures++;
			results[index] = [{ json: asItem(came.failure), pairedItem: { item: index } }];
		} else {
			if (!fatal || index < fatal.index) fatal = { failure: came.failure, index };
			return false;
		}
		return !signal?.aborted;
	};
	await inParallel(count, options.concurrent ?? vendor.limits?.concurrent ?? CONCURRENT, work);
	if (fatal) throw asError(context, Account.told(fatal.failure, fatal.index, results), fatal.index, Account.of(results));
	// n8n runs a node again whose first item is an error; then the finished items are needed.
	if (failures === 0 && !signal?.aborted) account?.close();
	return [results.flatMap((items) => items ?? [])];
}

/** Repetitions of a request, where the operator does not say otherwise. */
const RETRIES = 4;

/** The request that would be sent, for a dry run. */
function shownRequest({ request, connection }: Ready): Record {
	const { method, url, headers, body } = request;
	return connection.redactor.json({ dryRun: true, vendor: connection.vendor.name, request: { method, url, headers, ...(body === undefined ? {} : { body }) } });
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
		const done = doneBy(operation);
		return { items: [await this.withKnown(ready, itemOf(operation, vendor, record, done, done === 'updated' ? pathId(given) : undefined))] };
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
