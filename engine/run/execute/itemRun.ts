import type { IExecuteFunctions } from 'n8n-workflow';
import type { Operation, Vendor } from '../../model';
import { CONTROLS, LIMIT } from '../../model/layout';
import type { OpenFailure } from './checkpoint';
import { idOf, type VendorRecord } from '../response/response';
import { referencesIn, type BinaryFile } from '../request/body';
import { SETTLED } from '../transport/certainty';
import { uncertainIfOpen, UNCERTAIN, toFailure } from '../transport/errors';
import { Existing } from './existing';
import { CreateUnlessExisting, type Settled } from './identity';
import { effectOf, idParameterOf, type ChosenOperation, type Effect } from '../input/operation';
import { listOf } from '../transport/pages';
import type { Ready } from './prepare';
import { EVERY_NAME } from '../redact';
import { shownRequest } from '../redact/shownRequest';
import { inputsFor, currentRequestOf } from '../request/reference';
import { Tries } from '../transport/send';
import { deletedItem, itemOf, simplified, type Done } from '../response/shape';
import { waitForNew } from './wait';
import { failed, success, type Result } from '../problems/result';

/** The request that would be sent, as the output of a dry run. */
async function dryRun({ request: { body, ...rest }, connection: { vendor, redactor } }: Ready): Promise<VendorRecord> {
	const shown = body === undefined ? {} : { body: await redactor.jsonInTurns(body, EVERY_NAME) };
	return { dryRun: true, vendor: vendor.name, request: { ...shownRequest(rest, redactor), ...shown } };
}

/** What a successful operation has done. A reading operation only gets here when it returns a link, which it has created. */
const OUTCOMES: { [effect in Exclude<Effect, 'deletes'>]: Done } = {
	reads: 'created',
	creates: 'created',
	updates: 'updated',
	acts: 'done',
};

/** The output items of one input item. */
type ItemResult = Result<VendorRecord[]>;

/** Runs the items one by one, sharing what the run knows of the vendor. */
export class ItemRun {
	/** Finds a record by what was entered; set if the document declares an identity. */
	private readonly creation?: CreateUnlessExisting;

	/** @param last when an earlier attempt of the run last finished an item, in epoch milliseconds */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly vendor: Vendor,
		private readonly operation: ChosenOperation,
		last?: number,
	) {
		const identity = operation.looksFirst ?? operation.identity;
		const existing = new Existing(last === undefined ? 0 : last + SETTLED);
		if (identity) this.creation = new CreateUnlessExisting(vendor, operation, identity, existing);
	}

	/** @param doubt the failure with which an earlier attempt left the item's outcome open */
	async run(ready: Ready, doubt?: OpenFailure): Promise<ItemResult> {
		if (ready.options.dryRun) return success([await dryRun(ready)]);
		try {
			const held = doubt?.failure.code === UNCERTAIN && ready.options.uncertain === 'hold';
			return held ? await this.afterDoubt(ready, doubt) : await this.perform(ready, doubt !== undefined);
		} catch (error) {
			const failure = toFailure(error);
			const { redactor } = ready.connection;
			return failed({ ...failure, message: redactor.text(failure.message), description: redactor.text(failure.description) });
		}
	}

	/** An item that may be finished is looked up if a list can tell, and otherwise left to a person. */
	private async afterDoubt(ready: Ready, doubt: OpenFailure): Promise<ItemResult> {
		const { operation, creation } = this;
		if (!creation || creation.problems(ready.inputs, ready.values).length > 0) return failed({ ...doubt.failure, since: doubt.at });
		const files = await filesOf(this.context, ready);
		const settled = operation.looksFirst ? await creation.run(ready, files, doubt.at) : await creation.afterDoubt(ready, files, doubt.at);
		return await this.finished(ready, settled);
	}

	/** @param doubtful whether an earlier attempt of the item may have done its work */
	private async perform(ready: Ready, doubtful = false): Promise<ItemResult> {
		const { operation, vendor } = this;
		const { connection, request, inputs, values } = ready;
		if (operation.wait) return await this.wait(ready);
		if (operation.result.records !== undefined && effectOf(operation) === 'reads') {
			const limit = values(CONTROLS.all) === true ? Infinity : Number(values(CONTROLS.limit) ?? LIMIT);
			const listed = await listOf(connection, operation, inputs, limit);
			return listed.ok ? success(await this.read(ready, listed.value)) : listed;
		}
		const files = await filesOf(this.context, ready);
		if (operation.looksFirst && this.creation) return await this.finished(ready, await this.creation.run(ready, files));
		const called = await connection.send(operation, request, files, new Tries(doubtful));
		if (!called.ok) return failed(uncertainIfOpen(vendor, operation, called.failure));
		return success(await this.itemsFrom(ready, called.value.records));
	}

	/** The output items for the records in a response. */
	private async itemsFrom(ready: Ready, records: VendorRecord[]): Promise<VendorRecord[]> {
		const { operation, vendor } = this;
		const effect = effectOf(operation);
		if (effect === 'reads' && operation.result.link === undefined) return await this.read(ready, records);
		const shown = await ready.connection.shown(operation, records);
		if (effect === 'deletes') return shown.map((record) => deletedItem(operation, vendor, record, pathId(operation, ready)));
		const done = OUTCOMES[effect];
		const requestedId = effect === 'creates' ? undefined : pathId(operation, ready);
		const ids = effect === 'updates' ? { id: requestedId } : { otherwise: requestedId };
		return await Promise.all(shown.map(async (record) => await this.withKnown(ready, itemOf(operation, vendor, record, done, ids))));
	}

	private async finished(ready: Ready, settled: Result<Settled>): Promise<ItemResult> {
		if (!settled.ok) return settled;
		const { record, done, id } = settled.value;
		const [shown] = await ready.connection.shown(this.operation, [record]);
		const shownId = id === undefined ? undefined : ready.connection.redactor.text(id);
		return success([await this.withKnown(ready, itemOf(this.operation, this.vendor, shown, done, { id: shownId }))]);
	}

	/** The output items for records that were only read. */
	private async read({ connection, values }: Ready, records: VendorRecord[]): Promise<VendorRecord[]> {
		const { operation, vendor } = this;
		const isSimple = operation.result.simple !== undefined && values(CONTROLS.simplify) !== false;
		const shown = await connection.shown(operation, records);
		return shown.map((record) => itemOf(operation, vendor, isSimple ? simplified(operation, record) : record));
	}

	private async wait({ connection, inputs, values }: Ready): Promise<ItemResult> {
		const { operation, vendor } = this;
		const waited = await waitForNew(connection, operation, inputs, values, this.context.getExecutionCancelSignal());
		if (!waited.ok) return waited;
		const { linked, records } = waited.value;
		if (!linked) return success([{ linked: false, vendor: vendor.name }]);
		const shown = await connection.shown(operation, records);
		return success(shown.map((record) => ({ linked: true, ...itemOf(operation, vendor, record) })));
	}

	/** Adds the ids that already exist to a link, so that a later wait can tell what is new even if the link is used at once. */
	private async withKnown({ connection, inputs }: Ready, item: VendorRecord): Promise<VendorRecord> {
		const { known } = this.operation;
		if (known === undefined || item.link === undefined) return item;
		const list = this.vendor.references[known.operation];
		const listed = await listOf(connection, list, inputsFor(known, list, currentRequestOf(inputs)).inputs);
		// The link is valid even if the list could not be read.
		if (!listed.ok) return item;
		const ids = (await connection.shown(list, listed.value)).flatMap((record) => idOf(list.result, record) ?? []);
		return { ...item, knownCredentialIds: ids };
	}
}

/** The record id in the request's path. */
function pathId(operation: Operation, { inputs, connection }: Ready): string | undefined {
	const own = idParameterOf(operation);
	const one = inputs.find(({ input }) => input === own);
	return one && connection.redactor.text(String(one.value));
}

/** Loads the binary data that a body refers to. It may be keys and certificates, so the redactor learns it. */
async function filesOf(context: IExecuteFunctions, { connection, request }: Ready): Promise<Map<string, BinaryFile>> {
	const { itemIndex, redactor } = connection;
	const files = new Map<string, BinaryFile>();
	for (const { property } of referencesIn(request.body)) {
		const { fileName, mimeType } = context.helpers.assertBinaryData(itemIndex, property);
		const data = await context.helpers.getBinaryDataBuffer(itemIndex, property);
		files.set(property, { data, fileName, mimeType });
		redactor.add([data.toString('utf8')]);
	}
	return files;
}
