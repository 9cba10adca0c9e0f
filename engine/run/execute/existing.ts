import type { Operation } from '../../model';
import { idOf, type VendorRecord } from '../response/response';
import { recordsOf } from '../transport/pages';
import { requestOf, type RequestInputs } from '../request/request';
import type { Connection } from '../transport/send';
import { success, type Result } from '../problems/result';

/** A record that exists at the vendor. */
export interface ExistingRecord {
	id?: string;
	/** As the vendor holds it, for comparison only: never shown. */
	record: VendorRecord;
	/** The same, with the values entered by the item that last created or updated it. */
	entered?: VendorRecord;
	/** The same without the secrets of the items that created or updated it: another item's redactor hides only its own. */
	shown: VendorRecord;
}

/** The records of a list, and the set of their ids. */
interface Held {
	all: ExistingRecord[];
	ids: ReadonlySet<string | undefined>;
}

/** One reading of a vendor's list. */
interface Reading {
	/** When it began, in epoch milliseconds: later changes may be missing from it. */
	began: number;
	records: Promise<Result<Held>>;
}

/** A list as known to this run. */
class ExistingList {
	private reading?: Reading;

	/**
	 * The records, from a reading that began no earlier than `since`; items that ask at about the same time share one.
	 * @param since in epoch milliseconds
	 */
	async records(since: number, read: () => Reading['records']): Promise<Result<Held>> {
		// A reading under way is too old. Wait for it, so that all who wait here share the next one.
		while (this.reading && this.reading.began < since) {
			const old = this.reading;
			await old.records;
			if (this.reading === old) this.reading = undefined;
		}
		this.reading ??= { began: Date.now(), records: read() };
		const { reading } = this;
		const found = await reading.records;
		if (!found.ok) {
			// Do not cache a failure: the list may be readable for the next item.
			if (this.reading === reading) this.reading = undefined;
		}
		return found;
	}
}

/**
 * The records that exist at the vendor, as far as this run has looked. Each list is read once, and what the run creates
 * is noted next to it: two items with the same identity make one record, and hundreds of items cost one reading.
 */
export class Existing {
	private readonly lists = new Map<string, ExistingList>();
	/** Records created by this run; a list read meanwhile may not show them yet. */
	private readonly made = new Map<string, ExistingRecord[]>();
	private readonly turns = new Map<string, Promise<unknown>>();

	/** @param settled when lists show everything that an earlier attempt of this run wrote, in epoch milliseconds */
	constructor(private readonly settled = 0) {}

	/** Runs the work of one identity in sequence; other identities proceed in parallel. */
	async inTurn<T>(identity: string, work: () => Promise<T>): Promise<T> {
		const mine = (this.turns.get(identity) ?? Promise.resolve()).then(work);
		this.turns.set(
			identity,
			mine.catch(() => undefined),
		);
		return await mine;
	}

	/**
	 * The records of a whole list, or why it could not be read; a finder that returns a single record gives a list of one.
	 * @param place key under which this run notes what it creates
	 * @param since earliest acceptable start of the reading, in epoch milliseconds
	 */
	async look(
		connection: Connection,
		finder: Operation,
		inputs: RequestInputs,
		place: string,
		since = 0,
	): Promise<Result<ExistingRecord[]>> {
		await connection.until(this.settled);
		const held = await this.listFor(connection, finder, inputs).records(since, () => read(connection, finder, inputs));
		if (!held.ok) return held;
		const { all, ids } = held.value;
		return success([...all, ...(this.made.get(place) ?? []).filter(({ id }) => id === undefined || !ids.has(id))]);
	}

	/** Notes a record that this run created. */
	add(place: string, one: ExistingRecord): void {
		const made = this.made.get(place) ?? [];
		made.push(one);
		this.made.set(place, made);
	}

	/** Identifies a list: by the request for it and by who sends it. */
	keyOf(connection: Connection, finder: Operation, inputs: RequestInputs): string {
		const { url, headers, body } = requestOf(finder, inputs, connection.credential.baseUrl).request;
		return JSON.stringify([connection.credential.fingerprint, url, headers, body]);
	}

	private listFor(connection: Connection, finder: Operation, inputs: RequestInputs): ExistingList {
		const key = this.keyOf(connection, finder, inputs);
		const list = this.lists.get(key) ?? new ExistingList();
		this.lists.set(key, list);
		return list;
	}
}

/** Reads a list, or one record as a list of one; an empty list if the vendor answers 404 for that record. */
async function read(connection: Connection, finder: Operation, inputs: RequestInputs): Reading['records'] {
	const single = finder.result.records === undefined;
	const found = await recordsOf(connection, { ...finder, operation: 'get' }, inputs);
	if (!found.ok && !(single && found.failure.status === 404)) return found;
	const records = found.ok ? found.value : [];
	const all = records.map((record): ExistingRecord => {
		const id = idOf(finder.result, record);
		return { record, shown: record, ...(id === undefined ? {} : { id }) };
	});
	return success({ all, ids: new Set(all.map(({ id }) => id)) });
}
