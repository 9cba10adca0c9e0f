import type { Field, Identity, Json, Operation, Vendor } from '../model';
import { escapePart, valueAt } from '../pointer';
import { idOf, type VendorRecord } from './answer';
import type { BinaryFile } from './body';
import { Checker } from './check';
import { invalid, type Failure } from './errors';
import { listOf } from './pages';
import type { Ready } from './prepare';
import type { Values } from './read';
import { atHand, givenFor, type AtHand } from './reference';
import { requestOf, type Given, type HttpRequest } from './request';
import type { Connection } from './send';
import type { Done } from './shape';
import { has } from '../values';

/** Statuses with which a vendor refuses what it has already: somebody else may have created it since this run looked. */
const MAY_EXIST = new Set([400, 409, 422]);

/** A record that exists, with its id: the answer to a creation can call it otherwise than the list. */
interface Known {
	record: VendorRecord;
	id?: string;
}

/** What a list holds, and which ids. */
type Listed = { all: Known[]; ids: Set<string | undefined> } | { failure: Failure };

/** What exists: what the list holds, and what this run has created since; more can be added to the latter. */
type Looked = { all: Known[]; made: Known[] } | { failure: Failure };

/** A creation, if it comes to that. */
interface ToSend {
	request: HttpRequest;
	files: Map<string, BinaryFile>;
}

/** What became of one item. */
export type Settled = { record: VendorRecord; done: Done } | { failure: Failure };

/**
 * What exists at the vendor, as far as this run has looked. A list is read once: what the run creates is noted beside it,
 * so that two items of one identity make one record, and hundreds of items make one lookup.
 */
export class Existing {
	private readonly lists = new Map<string, Promise<Listed>>();
	/** What this run created, by the list that will hold it: one that is read meanwhile may be from before. */
	private readonly made = new Map<string, Known[]>();
	private readonly turns = new Map<string, Promise<unknown>>();

	/** Does one thing after the other for one identity; others go on meanwhile. */
	async inTurn<T>(identity: string, work: () => Promise<T>): Promise<T> {
		const mine = (this.turns.get(identity) ?? Promise.resolve()).then(work);
		this.turns.set(
			identity,
			mine.catch(() => undefined),
		);
		return await mine;
	}

	/** @param fresh whether to look again */
	async look(connection: Connection, operation: Operation, given: Given, fresh = false): Promise<Looked> {
		const { url, headers } = requestOf(operation, given, connection.credential.baseUrl).request;
		const key = JSON.stringify([connection.credential.mark, url, headers]);
		let list = fresh ? undefined : this.lists.get(key);
		if (!list) {
			list = read(connection, operation, given);
			this.lists.set(key, list);
		}
		const found = await list;
		// A list that could not be read may be readable for the next item.
		if ('failure' in found) {
			this.lists.delete(key);
			return found;
		}
		const made = this.made.get(key) ?? [];
		this.made.set(key, made);
		return { all: [...found.all, ...made.filter(({ id }) => id === undefined || !found.ids.has(id))], made };
	}
}

/** Reads a list, or one record as a list of one; none where the vendor answers that it is not there. */
async function read(connection: Connection, operation: Operation, given: Given): Promise<Listed> {
	const single = operation.result.records === undefined;
	const called = single ? await connection.call(operation, given) : await listOf(connection, operation, given);
	if ('failure' in called) return single && called.failure.status === 404 ? { all: [], ids: new Set() } : called;
	const all = called.records.map((record) => ({ record, id: idOf(operation.result, record) }));
	return { all, ids: new Set(all.map(({ id }) => id)) };
}

/** Creates a record unless it exists; then updates it, or leaves it as it is. */
export class CreateUnlessExisting {
	private readonly finder: Operation;

	constructor(
		private readonly vendor: Vendor,
		private readonly operation: Operation,
		private readonly identity: Identity,
		private readonly existing: Existing,
	) {
		this.finder = vendor.references[this.identity.find.operation];
	}

	async run({ connection, request, given, values }: Ready, files: Map<string, BinaryFile>): Promise<Settled> {
		const hand = atHand(given);
		const wanted = this.wanted(hand, values);
		const { url, headers } = requestOf(this.finder, this.given(hand), connection.credential.baseUrl).request;
		const identity = JSON.stringify([connection.credential.mark, url, headers, wanted]);
		return await this.existing.inTurn(identity, async () => await this.settle(connection, { request, files }, hand, wanted));
	}

	private async settle(connection: Connection, { request, files }: ToSend, hand: AtHand, wanted: Wanted): Promise<Settled> {
		for (let attempt = 1, before: Failure | undefined; ; attempt++) {
			const known = await this.find(connection, hand, wanted, before !== undefined);
			if ('failure' in known) return known;
			// A creation that got no answer may have done its work.
			if (known.one && before?.uncertain) return { record: known.one.record, done: 'created' };
			if (known.one) return await this.use(connection, known.one, hand);
			// Refused, and not because it exists.
			if (before && !before.uncertain) return { failure: before };

			const created = await connection.send(this.operation, request, files);
			if ('records' in created) {
				const [record] = created.records;
				// The answer may not repeat what tells the record.
				const told = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) as VendorRecord;
				// Another item may get it: what is secret in this one would not be hidden there.
				known.made.push({ record: connection.redactor.json({ ...told, ...record }), id: idOf(this.operation.result, record) });
				return { record, done: 'created' };
			}
			const { failure } = created;
			if (!failure.uncertain && !MAY_EXIST.has(failure.status ?? 0)) return { failure };
			if (failure.uncertain && !(await connection.pause(attempt, failure))) return { failure };
			before = failure;
		}
	}

	private given(hand: AtHand): Given {
		return givenFor(this.identity.find, this.finder, hand).given;
	}

	private async find(
		connection: Connection,
		hand: AtHand,
		wanted: Wanted,
		fresh = false,
	): Promise<{ one?: Known; made: Known[] } | { failure: Failure }> {
		const listed = await this.existing.look(connection, this.finder, this.given(hand), fresh);
		if ('failure' in listed) return listed;
		const { all, made } = listed;
		const names = Object.keys(wanted);
		const fitting = all.filter(({ record }) => names.every((name) => same(ownOf(record, name), wanted[name])));
		if (fitting.length > 1) return { failure: this.ambiguous(fitting, wanted) };
		return { one: fitting[0], made };
	}

	/** What has to be equal for a record to be the one that is meant. */
	private wanted(hand: AtHand, values: Values): Wanted {
		const { match, chosen, chosenKey, named } = this.identity;
		const kept = chosenKey === undefined ? undefined : values(chosenKey);
		const counts = (name: string) => !chosen?.includes(name) || !Array.isArray(kept) || kept.includes(name);
		const wanted: Wanted = Object.fromEntries(
			Object.entries(match)
				.filter(([name]) => counts(name))
				.map(([name, pointer]) => [name, valueAt(hand, pointer) ?? this.defaultAt(pointer)]),
		);
		const name = named === undefined ? undefined : values(named.key);
		if (named && typeof name === 'string' && name.trim() !== '') wanted[named.property] = name.trim();
		return wanted;
	}

	/** What the vendor takes for a value that is not sent. */
	private defaultAt(pointer: string): Json | undefined {
		const name = pointer.slice(pointer.lastIndexOf('/') + 1);
		const body = this.operation.inputs.find((input) => input.in === 'body')?.field;
		return body?.kind === 'group' ? body.fields.find((field) => field.name === name)?.default : undefined;
	}

	private async use(connection: Connection, known: Known, hand: AtHand): Promise<Settled> {
		const { update } = this.identity;
		if (update === undefined) return { record: known.record, done: 'reused' };
		const operation = this.vendor.references[update];
		const given = updateOf(operation, hand, known.id);
		const checker = new Checker();
		for (const { input, value } of given)
			checker.check(input.field, value, input.in === 'body' ? '/body' : `/${input.in}/${escapePart(input.field.name)}`);
		if (checker.problems.length > 0) return { failure: invalid(checker.problems) };
		const updated = await connection.call(operation, given);
		if ('failure' in updated) return updated;
		known.record = connection.redactor.json({ ...known.record, ...updated.records[0] });
		return { record: known.record, done: 'updated' };
	}

	private ambiguous(fitting: Known[], wanted: Wanted): Failure {
		const what = Object.entries(wanted).map(([name, value]) => `${name} ${JSON.stringify(value ?? null)}`);
		const ids = fitting.flatMap(({ id }) => id ?? []);
		return {
			message: `${this.vendor.name} has ${fitting.length} records that fit${what.length > 0 ? ` (${what.join(', ')})` : ''}, so it is not clear which one is meant`,
			description: `None was changed and none was created. The IDs are ${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ', …' : ''}. Delete those that are not needed, or give a value that tells them apart`,
			retryable: false,
		};
	}
}

type Wanted = { [property: string]: Json | undefined };

function ownOf(record: VendorRecord, name: string): Json | undefined {
	return has(record, name) ? record[name] : undefined;
}

/** An absent value and null are the same to a lookup. Thousands of items are compared with thousands of records. */
function same(found: Json | undefined, wanted: Json | undefined): boolean {
	return (found ?? null) === (wanted ?? null) || (typeof found === 'object' && JSON.stringify(found) === JSON.stringify(wanted));
}

/** The values of an update: the id of what was found, and of the request at hand what the update knows. */
function updateOf(operation: Operation, hand: AtHand, id: string | undefined): Given {
	const path = operation.inputs.filter((input) => input.in === 'path');
	return operation.inputs.flatMap((input): Given => {
		if (input === path[path.length - 1]) return id === undefined ? [] : [{ input, value: id }];
		if (input.in !== 'body') return givenFor({}, { ...operation, inputs: [input] }, hand).given;
		const names = namesIn(input.field);
		const body = typeof hand.body === 'object' && hand.body !== null ? hand.body : {};
		return [{ input, value: Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name))) as Json }];
	});
}

/** The names that a body can have, whichever branch it is of. */
function namesIn(field: Field): string[] {
	if (field.kind === 'group') return field.fields.map(({ name }) => name);
	return field.kind === 'variant' ? field.branches.flatMap((branch) => namesIn(branch.field)) : [];
}
