import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { Json, Operation, PlacedOperation, Vendor } from '../model';
import { CONTROLS } from '../model/layout';
import { partsOf, firstValueAt, withValueAt } from '../model/pointer';
import { idOf, type VendorRecord } from './response/response';
import { SETTLED } from './transport/certainty';
import { credentialOf, type NodeCredential } from './credentials/credential';
import { asError, invalid } from './transport/errors';
import { readItem } from './execute/item';
import { fingerprint } from './credentials/fingerprint';
import { listOf } from './transport/pages';
import { requestOf, type RequestInputs } from './request/request';
import { Redactor } from './credentials/secrets';
import { Connection } from './transport/send';
import { itemOf } from './response/shape';
import { canonical, has } from '../model/values';

/** How long a poll waits for the vendor, in milliseconds. */
const TIMEOUT = 60_000;

/** The remembered state of each record, by id: a value that changes with the record. Secrets are replaced by fingerprints. */
interface States {
	[id: string]: string;
}

/** A list as seen by one account. */
interface Remembered {
	/** Fingerprint of the sign-in: the same n8n credential can hold another key, or lead to another workspace. */
	account?: string;
	seen?: States;
}

/** What a trigger remembers between polls, in n8n's database. */
interface Memory extends Remembered {
	/** Fingerprint of the list: with other parameters or another n8n credential, the trigger starts over. */
	list?: string;
	/** What was first seen with another key, if it was not the known list: the next poll decides which of the two to continue. */
	other?: Remembered;
	/** The last poll found many records gone, so the next one has to confirm it. */
	doubted?: true;
}

/** One reading of a list. */
interface Reading {
	records: Map<string, VendorRecord>;
	/** Every record has an id, so one that is absent is gone. */
	isWhole: boolean;
}

/**
 * Finds what is new, changed or gone in a vendor's list since the last poll. The first poll remembers the list and
 * emits nothing. A manual run emits one record as an example and remembers nothing.
 *
 * A list can lag behind earlier responses of the vendor. So if anything differs, the list is read again after the
 * longest lag to be expected, and the second reading counts. If many records are gone, or another key shows another
 * list, the next poll decides.
 * @returns one output with an item per event, or null if there are none
 */
export async function pollList(context: IPollFunctions, vendor: Vendor): Promise<INodeExecutionData[][] | null> {
	const operation = vendor.trigger as PlacedOperation;
	const parameters = context.getNode().parameters;
	// n8n throws for a parameter that is not stored.
	const values = (name: string) => (has(parameters, name) ? (context.getNodeParameter(name) as unknown) : undefined);
	const credential = await credentialOf(context, vendor.credential, 0);
	const { inputs, problems } = readItem(operation, values, credential.baseUrl, context.getTimezone());
	if (credential.problems.length + problems.length > 0) throw asError(context, invalid([...credential.problems, ...problems]));
	const connection = new Connection(context, vendor, credential, new Redactor(credential.secrets), TIMEOUT, 0);
	// n8n stores the memory unencrypted, so a text that contains a secret is replaced by its fingerprint.
	const keepable = (text: string) => (connection.redactor.holds(text) ? fingerprint(text) : text);
	const read = async (): Promise<Reading> => {
		const listed = await listOf(connection, operation, inputs);
		if (!listed.ok) throw asError(context, listed.failure);
		return readingOf(operation, listed.value, keepable);
	};
	const itemsOf = async (events: Happened[]): Promise<INodeExecutionData[]> => {
		const shown = await connection.shown(operation, recordsOf(events));
		return shown.map((record, index) => ({ json: { event: events[index].event, ...itemOf(operation, vendor, record) } }));
	};
	const wanted = [values(CONTROLS.events)].flat() as string[];
	if (context.getMode() === 'manual') {
		const [example] = (await read()).records.values();
		return example ? [await itemsOf([{ event: wanted.includes('created') ? 'created' : wanted[0], record: example }])] : null;
	}
	const memory = context.getWorkflowStaticData('node') as Memory;
	const { list, account } = watchedOf(operation, inputs, credential);
	const isKnown = memory.list === list;
	const look = async () => {
		const reading = await read();
		const now = (before: States = {}) => statesOf(operation, reading, before, keepable);
		const before = isKnown ? rememberedOf(memory, account, now) : undefined;
		const after = now(before);
		return { reading, before, after, events: before ? eventsBetween(before, after) : [] };
	};
	let looked = await look();
	if (looked.before ? looked.events.length > 0 : isKnown || !looked.reading.isWhole) {
		await connection.until(Date.now() + SETTLED);
		looked = await look();
	}
	const { reading, before, after, events } = looked;
	if (isKnown && !before) {
		memory.other = { account, seen: after };
		delete memory.doubted;
		return null;
	}
	const gone = events.filter(({ event }) => event === 'removed').length;
	if (!memory.doubted && gone > 1 && gone >= half(before)) {
		memory.doubted = true;
		return null;
	}
	// Update the memory at the end, in one go: a poll that fails must remember nothing.
	delete memory.doubted;
	delete memory.other;
	Object.assign(memory, { list, account, seen: after });
	const told = events
		.filter(({ event }) => wanted.includes(event))
		.map(({ event, id }) => ({ event, record: reading.records.get(id) ?? goneRecord(operation, id) }));
	return told.length > 0 ? [await itemsOf(told)] : null;
}

/** An event and its record. */
interface Happened {
	event: string;
	record: VendorRecord;
}

function recordsOf(events: Happened[]): VendorRecord[] {
	return events.map(({ record }) => record);
}

function readingOf({ result }: Operation, records: VendorRecord[], keepable: (id: string) => string): Reading {
	const ids = records.map((record) => idOf(result, record));
	return {
		records: new Map(ids.flatMap((id, index) => (id === undefined ? [] : [[keepable(id), records[index]] as const]))),
		isWhole: !ids.includes(undefined),
	};
}

/**
 * What the last poll saw; undefined if it was another account. A renewed key belongs to the same account if the list
 * still shows at least half of the remembered records in their remembered state.
 */
function rememberedOf(memory: Memory, account: string, now: () => States): States | undefined {
	const { seen, other } = memory;
	if (memory.account === account || isSame(seen, now())) return seen;
	return other && (other.account === account || isSame(other.seen, now())) ? other.seen : undefined;
}

/** Whether two lists are the same. An id alone proves nothing, since it may be a small number; neither does an unknown state. */
function isSame(before: States = {}, now: States): boolean {
	const known = new Map(Object.entries(now));
	const same = Object.entries(before).filter(([id, state]) => state !== UNKNOWN && known.get(id) === state).length;
	return same > 0 && same >= half(before);
}

function half(states: States = {}): number {
	return Object.keys(states).length / 2;
}

/** Fingerprints of the watched list and of the account. */
function watchedOf(
	operation: Operation,
	inputs: RequestInputs,
	{ decrypted, baseUrl, fingerprint: mark }: NodeCredential,
): { list: string; account: string } {
	const { url, headers, body } = requestOf(operation, inputs, baseUrl).request;
	return { list: fingerprint(JSON.stringify([decrypted.id, url, headers, body])), account: mark };
}

function eventsBetween(before: States, now: States): Array<{ event: string; id: string }> {
	const known = new Map(Object.entries(before));
	const current = new Map(Object.entries(now));
	return [
		...[...current.keys()].filter((id) => !known.has(id)).map((id) => ({ event: 'created', id })),
		...[...current].filter(([id, state]) => known.has(id) && known.get(id) !== state).map(([id]) => ({ event: 'changed', id })),
		...[...known.keys()].filter((id) => !current.has(id)).map((id) => ({ event: 'removed', id })),
	];
}

/** The state of a record that does not tell when it changed. */
const UNKNOWN = 'null';

/** The states to remember. A record that does not tell when it changed keeps its state; only a whole list can lose records. */
function statesOf({ result }: Operation, { records, isWhole }: Reading, before: States, keepable: (text: string) => string): States {
	const stateOf = (id: string, record: VendorRecord): string => {
		const value = result.changed === undefined ? undefined : firstValueAt(record, result.changed);
		return value === undefined ? (has(before, id) ? before[id] : UNKNOWN) : keepable(canonical(value));
	};
	const now = Object.fromEntries([...records].map(([id, record]) => [id, stateOf(id, record)]));
	return isWhole ? now : { ...before, ...now };
}

/** What is left of a record that is gone: its id, at its place in the record. */
function goneRecord({ result }: Operation, id: string): VendorRecord {
	const [place = '/id'] = [result.id ?? []].flat();
	return withValueAt<Json>({}, partsOf(place), id) as VendorRecord;
}
