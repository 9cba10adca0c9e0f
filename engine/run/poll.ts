import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { Operation, Vendor } from '../model';
import { CONTROLS } from '../parameters';
import { valueAtPlace } from '../pointer';
import { idOf, type VendorRecord } from './answer';
import { credentialOf } from './credential';
import { asError, invalid } from './errors';
import { readItem } from './item';
import { listOf } from './pages';
import { requestOf } from './request';
import { Redactor } from './secrets';
import { Connection } from './send';
import { itemOf } from './shape';
import { has } from '../values';

/** How long a poll waits for the vendor, in milliseconds. */
const TIMEOUT = 60_000;

/** What a trigger remembers between polls; n8n keeps it in its database. */
interface Memory {
	/** The list that it is about: other parameters, or another n8n credential, begin anew. */
	list?: string;
	/** What changes with a record, by its id. */
	seen?: { [id: string]: string };
}

/**
 * Looks what is new, changed or gone in a vendor's list since the last poll. The first poll remembers and emits nothing.
 * Run by hand, it shows one record as an example and remembers nothing.
 * @returns one output with an item for each event, or null where there is none
 */
export async function pollList(context: IPollFunctions, vendor: Vendor): Promise<INodeExecutionData[][] | null> {
	const operation = vendor.trigger as Operation;
	const parameters = context.getNode().parameters;
	// n8n throws for a parameter that is not there.
	const values = (name: string) => (has(parameters, name) ? (context.getNodeParameter(name) as unknown) : undefined);
	const credential = await credentialOf(context as never, vendor.credential, 0);
	const { given, problems } = readItem(operation, values, credential.baseUrl, context.getTimezone());
	if (credential.problems.length + problems.length > 0) throw asError(context, invalid([...credential.problems, ...problems]));
	const connection = new Connection(context, vendor, credential, new Redactor(credential.secrets), TIMEOUT, 0);
	const listed = await listOf(connection, operation, given);
	if ('failure' in listed) throw asError(context, listed.failure);

	const records = new Map(
		listed.records.flatMap((record) =>
			idOf(operation.result, record) === undefined ? [] : [[idOf(operation.result, record) as string, record] as const],
		),
	);
	const toItem = (event: string, record: VendorRecord): INodeExecutionData => ({
		json: connection.redactor.json({ event, ...itemOf(operation, vendor, record) }) as IDataObject,
	});
	const wanted = [values(CONTROLS.events)].flat() as string[];
	if (context.getMode() === 'manual') {
		const [example] = records.values();
		return example ? [[toItem(wanted.includes('created') ? 'created' : wanted[0], example)]] : null;
	}
	const memory = context.getWorkflowStaticData('node') as Memory;
	const { url, headers } = requestOf(operation, given, credential.baseUrl).request;
	const list = JSON.stringify([credential.decrypted.id, url, headers]);
	const before = memory.list === list ? memory.seen : undefined;
	const seen = Object.fromEntries([...records].map(([id, record]) => [id, changeOf(operation, record)]));
	const events = before === undefined ? [] : eventsBetween(before, seen);
	memory.list = list;
	memory.seen = seen;
	const items = events
		.filter(({ event }) => wanted.includes(event))
		.map(({ event, id }) => toItem(event, records.get(id) ?? goneRecord(operation, id)));
	return items.length > 0 ? [items] : null;
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
	const [place] = [result.id ?? '/id'].flat();
	return { [place.slice(1)]: id };
}
