import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { Operation, PlacedOperation, Vendor } from '../model';
import { CONTROLS } from '../parameters';
import { partsOf, valueAtPlace, withValueAt } from '../pointer';
import { idOf, type VendorRecord } from './answer';
import { SETTLED } from './certainty';
import { credentialOf, type NodeCredential } from './credential';
import { asError, invalid } from './errors';
import { readItem } from './item';
import { markOf } from './mark';
import { listOf } from './pages';
import { requestOf, type Given } from './request';
import { Redactor } from './secrets';
import { Connection } from './send';
import { itemOf } from './shape';
import { has } from '../values';

/** How long a poll waits for the vendor, in milliseconds. */
const TIMEOUT = 60_000;

/** So many records that are all gone at once are believed to be gone when the next poll finds none either. */
const MANY = 5;

/** What a trigger remembers between polls; n8n keeps it in its database. */
interface Memory {
	/** The list that it is about: other parameters, or another n8n credential, begin anew. */
	list?: string;
	/** A mark of what was signed in with: the same n8n credential can hold another key, or lead to another workspace. */
	account?: string;
	/** What changes with a record, by its id. */
	seen?: { [id: string]: string };
	/** The last poll found none of many records. */
	empty?: true;
}

/**
 * Looks what is new, changed or gone in a vendor's list since the last poll. The first poll remembers and emits nothing.
 * Run by hand, it shows one record as an example and remembers nothing.
 *
 * A list can lag behind what the vendor has answered before. So whatever differs is looked at a second time, later than a lag
 * that is to be expected, and that reading counts.
 * @returns one output with an item for each event, or null where there is none
 */
export async function pollList(context: IPollFunctions, vendor: Vendor): Promise<INodeExecutionData[][] | null> {
	const operation = vendor.trigger as PlacedOperation;
	const parameters = context.getNode().parameters;
	// n8n throws for a parameter that is not there.
	const values = (name: string) => (has(parameters, name) ? (context.getNodeParameter(name) as unknown) : undefined);
	const credential = await credentialOf(context, vendor.credential, 0);
	const { given, problems } = readItem(operation, values, credential.baseUrl, context.getTimezone());
	if (credential.problems.length + problems.length > 0) throw asError(context, invalid([...credential.problems, ...problems]));
	const connection = new Connection(context, vendor, credential, new Redactor(credential.secrets), TIMEOUT, 0);
	// n8n keeps the memory in clear: what holds a secret is told again by its mark.
	const keepable = (text: string) => (connection.redactor.holds(text) ? markOf(text) : text);
	const statesOf = (now: Records) => Object.fromEntries([...now].map(([id, record]) => [id, keepable(changeOf(operation, record))]));
	const read = async (): Promise<Records> => {
		const listed = await listOf(connection, operation, given);
		if ('failure' in listed) throw asError(context, listed.failure);
		return byId(operation, listed.records, keepable);
	};
	const toItem = (event: string, record: VendorRecord): INodeExecutionData => ({
		json: { event, ...itemOf(operation, vendor, connection.shown(operation, record)) } as IDataObject,
	});
	const wanted = [values(CONTROLS.events)].flat() as string[];
	let records = await read();
	if (context.getMode() === 'manual') {
		const [example] = records.values();
		return example ? [[toItem(wanted.includes('created') ? 'created' : wanted[0], example)]] : null;
	}
	const memory = context.getWorkflowStaticData('node') as Memory;
	const watched = watchedOf(operation, given, credential);
	const before = rememberedOf(memory, watched, records);
	if (before !== undefined && eventsBetween(before, statesOf(records)).length > 0) {
		await connection.until(Date.now() + SETTLED);
		records = await read();
		const isGone = records.size === 0 && Object.keys(before).length >= MANY;
		if (isGone && !memory.empty) {
			memory.empty = true;
			return null;
		}
	}
	// All at once: a poll that fails remembers nothing.
	delete memory.empty;
	Object.assign(memory, watched, { seen: statesOf(records) });
	const events = before === undefined ? [] : eventsBetween(before, statesOf(records));
	const items = events
		.filter(({ event }) => wanted.includes(event))
		.map(({ event, id }) => toItem(event, records.get(id) ?? goneRecord(operation, id)));
	return items.length > 0 ? [items] : null;
}

/** The records of a list, by their id as it is remembered. */
type Records = Map<string, VendorRecord>;

function byId({ result }: Operation, records: VendorRecord[], keepable: (id: string) => string): Records {
	return new Map(
		records.flatMap((record) => {
			const id = idOf(result, record);
			return id === undefined ? [] : [[keepable(id), record] as const];
		}),
	);
}

/**
 * What the last poll has seen, unless it saw another list. A key can be renewed; what shows that it is of another account is a
 * list in which nothing is known.
 */
function rememberedOf({ list, account, seen }: Memory, watched: Pick<Memory, 'list' | 'account'>, records: Records): Memory['seen'] {
	if (list !== watched.list) return undefined;
	return account === watched.account || Object.keys(seen ?? {}).some((id) => records.has(id)) ? seen : undefined;
}

/** Which list is watched, and as whom. */
function watchedOf(operation: Operation, given: Given, { decrypted, baseUrl, mark }: NodeCredential): Pick<Memory, 'list' | 'account'> {
	const { url, headers, body } = requestOf(operation, given, baseUrl).request;
	return { list: markOf(JSON.stringify([decrypted.id, url, headers, body])), account: mark };
}

function eventsBetween(before: { [id: string]: string }, now: { [id: string]: string }): Array<{ event: string; id: string }> {
	const known = new Map(Object.entries(before));
	const current = new Map(Object.entries(now));
	return [
		...[...current.keys()].filter((id) => !known.has(id)).map((id) => ({ event: 'created', id })),
		...[...current].filter(([id, state]) => known.has(id) && known.get(id) !== state).map(([id]) => ({ event: 'changed', id })),
		...[...known.keys()].filter((id) => !current.has(id)).map((id) => ({ event: 'removed', id })),
	];
}

function changeOf({ result }: Operation, record: VendorRecord): string {
	return JSON.stringify((result.changed === undefined ? undefined : valueAtPlace(record, result.changed)) ?? null);
}

/** What is left of a record that is gone: its id, where the list has it. */
function goneRecord({ result }: Operation, id: string): VendorRecord {
	const [place = '/id'] = [result.id ?? []].flat();
	return withValueAt({}, partsOf(place), id) as VendorRecord;
}
