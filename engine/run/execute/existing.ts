import type { Operation } from '../../model';
import { idOf, type VendorRecord } from '../response/response';
import { recordsOf } from '../transport/pages';
import { requestOf, type RequestInputs } from '../request/request';
import type { Connection } from '../transport/send';
import { success, type Result } from '../problems/result';

/** A record that exists. */
export interface ExistingRecord {
	id?: string;
	/** As the vendor holds it, to compare: it is never shown. */
	record: VendorRecord;
	/** The same as the item entered it that made or changed it last. */
	entered?: VendorRecord;
	/** The same without the secrets of the items that made or changed it: another item's output hides its own only. */
	shown: VendorRecord;
}

/** The records of a list, and which ids they have. */
interface Held {
	all: ExistingRecord[];
	ids: ReadonlySet<string | undefined>;
}

/** What the vendor's list held when it was read. */
interface Reading {
	/** When it began, in milliseconds: it knows of nothing that came later. */
	began: number;
	records: Promise<Result<Held>>;
}

/** What this run knows of one list. */
class ExistingList {
	private reading?: Reading;

	/**
	 * The records, as of a reading that began no earlier than asked; items that ask at about the same time share one.
	 * @param since in milliseconds
	 */
	async records(since: number, read: () => Reading['records']): Promise<Result<Held>> {
		// One that is under way is older than what is asked for, and the next one serves all that wait for it.
		while (this.reading && this.reading.began < since) {
			const old = this.reading;
			await old.records;
			if (this.reading === old) this.reading = undefined;
		}
		this.reading ??= { began: Date.now(), records: read() };
		const { reading } = this;
		const found = await reading.records;
		if (!found.ok) {
			// A list that could not be read may be readable for the next item.
			if (this.reading === reading) this.reading = undefined;
		}
		return found;
	}
}

/**
 * What exists at the vendor, as far as this run has looked. A list is read once: what the run creates is noted beside it,
 * so that two items of one identity make one record, and hundreds of items make one look.
 */
export class Existing {
	private readonly lists = new Map<string, ExistingList>();
	/** Created by this run, and not necessarily in a list that was read meanwhile. */
	private readonly made = new Map<string, ExistingRecord[]>();
	private readonly turns = new Map<string, Promise<unknown>>();

	/** @param settled when lists show what an earlier try of this run has written, in milliseconds */
	constructor(private readonly settled = 0) {}

	/** Does one thing after the other for one identity; others go on meanwhile. */
	async inTurn<T>(identity: string, work: () => Promise<T>): Promise<T> {
		const mine = (this.turns.get(identity) ?? Promise.resolve()).then(work);
		this.turns.set(
			identity,
			mine.catch(() => undefined),
		);
		return await mine;
	}

	/**
	 * What a list holds that is read as a whole, or why it could not be; or one record as a list of one.
	 * @param place where this run notes what it has created
	 * @param since the reading must not have begun earlier, in milliseconds
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

	/** Notes what this run has created. */
	add(place: string, one: ExistingRecord): void {
		const made = this.made.get(place) ?? [];
		made.push(one);
		this.made.set(place, made);
	}

	/** What tells one list from another: the request for it, and who sends it. */
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

/** Reads a list, or one record as a list of one; none where the vendor answers that it is not there. */
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
