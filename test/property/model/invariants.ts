import type { Ran } from '../../support/engine';
import { now } from './clock';
import type { Tally } from './tally';
import type { Change, Fault, MockVendor, Write } from './vendor';
import { recordOf, updated } from './vendor';
import { isMeant, isTold, type Entered, type VendorRecord, type World } from './world';

/** An item of a step. */
export interface Asked {
	note: string;
	/** ID of the record to change. */
	id?: string;
	json: Entered;
}

/** What a run reports about an item. */
export type Report =
	| { what: 'item'; json: { [name: string]: unknown }; isSummary?: true }
	/** It failed or was not started, so nothing was created. */
	| { what: 'failed' | 'open' | 'refused'; message: string }
	/** It is reported as uncertain. */
	| { what: 'uncertain'; message: string };

/** A run of a step, together with its repetitions by n8n's Retry. */
export interface Series {
	operation: 'create' | 'upsert' | 'update' | 'delete';
	asked: Asked[];
	matchOn: string[];
	/** When the last run started. */
	began: number;
	/** When the first run started. */
	first: number;
	reports?: Report[];
	/** Indexes of items that a user has allowed to be sent again. */
	mayRepeat: Set<number>;
	/** Lists or stores lag behind by more than the engine waits for. */
	isBeyond: boolean;
	faults: Fault[];
	changes: Change[];
	onError?: string;
	/** No other run came before it. */
	isFirst: boolean;
}

/** Checks what the runs of a step have written, and what they report about it. */
export function checkWrites(vendor: MockVendor, world: World, series: Series, surprises: Tally): void {
	new WriteCheck(vendor, world, series, surprises).all();
}

class WriteCheck {
	private readonly own: Write[];

	constructor(
		private readonly vendor: MockVendor,
		private readonly world: World,
		private readonly series: Series,
		private readonly surprises: Tally,
	) {
		this.own = vendor.writes.filter(({ by, sent }) => by === 'run' && sent >= series.first);
	}

	all(): void {
		const { series } = this;
		// Earlier runs of the step have already been checked.
		for (const write of this.own) if (write.sent > series.began) this.isRight(write);
		this.series.asked.forEach((asked, index) => this.item(asked, index));
		this.prediction();
	}

	private fail(what: string): never {
		throw new Error(`${what}\nReports: ${JSON.stringify(this.series.reports)}`);
	}

	/** Reports a double; it is tolerated if lists or stores lag behind by more than the engine waits for. */
	private double(what: string): void {
		if (!this.series.isBeyond) this.fail(what);
		this.surprises.add('double, with a list or a store that lags behind by more than 3 s');
	}

	/** Reports a creation that the run does not name; tolerated in the same case, as the record was not there when looked for. */
	private open(what: string): void {
		if (!this.series.isBeyond) this.fail(what);
		this.surprises.add('creation that is not named, with a list or a store that lags behind by more than 3 s');
	}

	/** Checks that a write changes the right record, and only as entered. */
	private isRight(write: Write): void {
		const { operation, asked } = this.series;
		const item = operation === 'delete' ? asked.find(({ id }) => id === write.id) : asked.find(({ note }) => note === write.note);
		if (!item) return this.fail(`${write.what} of ${write.id}, which no item is about`);
		const isAsked = {
			create: write.what === 'create',
			upsert: write.what !== 'delete',
			update: write.what === 'update',
			delete: write.what === 'delete',
		}[operation];
		if (!isAsked) this.fail(`${write.what} of ${write.id} by ${operation}`);
		if ((operation === 'update' || operation === 'delete') && write.id !== item.id)
			this.fail(`${write.what} of ${write.id} instead of ${item.id}`);
		if (operation !== 'delete') {
			for (const name of ['label', 'uid', 'scope', 'owner']) {
				const isEntered = item.json[name] !== undefined && !(name === 'label' && item.json[name] === '' && operation !== 'update');
				if (JSON.stringify(write.body[name]) !== JSON.stringify(isEntered ? item.json[name] : undefined))
					this.fail(
						`${write.what} of ${write.id} with the ${name} ${JSON.stringify(write.body[name])} instead of ${JSON.stringify(item.json[name])}`,
					);
			}
		}
		if (operation === 'upsert') this.upserted(write, item);
		else if (write.what === 'create') this.again(write, item);
	}

	private meant(record: VendorRecord | undefined, item: Asked): boolean {
		return record !== undefined && isMeant(this.world.identified, record, enteredOf(item, this.world), this.series.matchOn);
	}

	private upserted(write: Write, item: Asked): void {
		const entered = enteredOf(item, this.world);
		if (!isTold(this.world.identified, entered, this.series.matchOn))
			this.fail(`${write.what} of ${write.id}, though nothing tells the record`);
		const from = this.series.began - this.world.lag;
		if (write.what === 'update') {
			if (!this.world.identified.update) this.fail(`Update of ${write.id}, though it is to be used as it is`);
			// Versions that the item itself has written do not count, since they fit by definition.
			const versions = this.vendor
				.versionsOf(write.id, from, write.at)
				.filter((record) => record?.note !== write.note || record === write.before);
			if (!versions.some((record) => this.meant(record, item)) && !this.meant(write.before, item))
				this.fail(`Update of ${write.id}, which is another record: ${JSON.stringify(write.before)} for ${JSON.stringify(entered)}`);
		} else for (const [id, since] of this.standing(write, item)) this.judge(write, item, id, since);
		// If the node requests a single record, the vendor chooses it.
		if (this.world.identified.single) return;
		const always = this.vendor.ids.filter((id) => this.vendor.versionsOf(id, from, now()).every((record) => this.meant(record, item)));
		if (always.length > 1 && write.at >= this.series.began) this.double(`${write.what} of ${write.id}, though ${always.join(', ')} fit`);
	}

	/** Checks for a creation that is sent a second time although no user has decided so. */
	private again(write: Write, item: Asked): void {
		const index = this.series.asked.indexOf(item);
		if (this.series.mayRepeat.has(index)) return;
		for (const earlier of this.own.filter(({ what, note }) => what === 'create' && note === write.note)) {
			if (earlier === write) return;
			const since = this.standing(write, item).get(earlier.id);
			if (since === undefined || since.by === 'other') this.surprises.add('double, of a record that somebody else changed meanwhile');
			else this.double(`${earlier.id} is created again as ${write.id}`);
		}
	}

	/** The records that match an item just before a creation, each with the write since which it does. */
	private standing(creation: Write, item: Asked): Map<string, Write> {
		const fitting = new Map<string, Write>();
		for (const write of this.vendor.writes) {
			if (write === creation) break;
			if (!this.meant(write.after, item)) fitting.delete(write.id);
			else if (!fitting.has(write.id)) fitting.set(write.id, write);
		}
		return fitting;
	}

	/** Judges the creation of a record that exists: that is only right if somebody else has created it since the run looked. */
	private judge(write: Write, item: Asked, id: string, since: Write): void {
		const failed = this.vendor.requests
			.filter((request) => request.at < write.sent && request.isDoubtful && request.body.includes(JSON.stringify(item.note)))
			.at(-1);
		const isSeen = since.at < this.series.began - this.world.lag || (failed !== undefined && since.at <= failed.at);
		if (since.by === 'other' && !isSeen) this.surprises.add('double, of a record that somebody else made after the run had looked');
		else if (this.series.mayRepeat.has(this.series.asked.indexOf(item)) && since.note === item.note) return;
		else this.double(`${write.id} is created, though ${id} is there since ${write.at - since.at} ms`);
	}

	/** Checks that what the run reports about an item is true. */
	private item(item: Asked, index: number): void {
		const report = this.series.reports?.[index];
		if (!report) return this.fail(`Item ${index} has no answer`);
		if (report.what === 'uncertain') return;
		const own = this.own.filter(({ note }) => note === item.note);
		const made = own.filter(({ what }) => what === 'create').map(({ id }) => id);
		if (report.what !== 'item') {
			// A record created without a response and found later may be one that then failed to update; repeatable creations are certain.
			const isFound = this.world.idempotent || (this.series.operation === 'upsert' && !/none was created/i.test(report.message));
			if (made.length > 0 && !isFound && !this.series.mayRepeat.has(index))
				this.open(`Item ${index} is said to be ${report.what}, and has created ${made.join(', ')}`);
			return;
		}
		const { operation } = this.series;
		const id = String(report.json.recordId);
		const { outcome } = report.json;
		const isMade = made.includes(id);
		const isUpdated = own.some((write) => write.what === 'update' && write.id === id);
		if (operation === 'delete') {
			if (
				id !== item.id ||
				(!report.isSummary && (outcome !== 'deleted' || report.json.deleted !== true)) ||
				this.vendor.current().some((record) => String(record.id) === id)
			)
				this.fail(`Item ${index} is said to have deleted ${id}`);
			return;
		}
		const isFound =
			operation === 'upsert' &&
			this.vendor.versionsOf(id, this.series.first - this.world.lag, now()).some((record) => this.meant(record, item));
		const truths: { [outcome: string]: boolean } = {
			created: isMade && operation !== 'update',
			updated: isUpdated && operation !== 'create',
			reused: isFound && !this.world.identified.update,
		};
		const isTrue = report.isSummary ? Object.values(truths).some(Boolean) : truths[String(outcome)] === true;
		if (!isTrue) this.fail(`Item ${index} is said to be ${String(outcome)}: ${id}`);
	}

	/** Checks the exact outcome of an undisturbed step whose items are sent one after the other. */
	private prediction(): void {
		const { series, world, vendor } = this;
		const { asked, faults, changes, reports = [], operation, onError } = series;
		const isCalm = faults.length === 0 && changes.length === 0 && world.paged.odd === undefined && !series.isBeyond && series.isFirst;
		if (!isCalm || (world.concurrent > 1 && asked.length > 1)) return;
		const items = asked.map((item) => ({ item, entered: enteredOf(item, world) }));
		const isBad = items.map(
			({ item, entered }) =>
				(operation === 'create' || operation === 'upsert') &&
				(!entered.label ||
					(operation === 'upsert' &&
						(!isTold(world.identified, entered, series.matchOn) || (world.identified.single && item.json.label === '..')))),
		);
		const expected: string[] = [];
		let records = vendor.at(series.began - 1);
		let isStopped = onError === undefined && isBad.some(Boolean);
		items.forEach(({ item, entered }, index) => {
			if (isStopped || isBad[index]) return void expected.push('none');
			const body: Entered = { ...entered, note: item.note };
			const create = (): string => {
				const record = recordOf(world, body, `new ${index}`);
				if (world.unique && records.some((one) => isMeant(world.identified, one, record as unknown as Entered, world.identified.optional)))
					return 'none';
				records = [...records, record];
				return 'created';
			};
			const change = (id: string): string => {
				records = records.map((one) => (String(one.id) === id ? updated(one, body) : one));
				return `updated ${id}`;
			};
			const isThere = records.some(({ id }) => String(id) === item.id);
			let outcome = 'none';
			if (operation === 'create') outcome = create();
			else if (operation === 'upsert') {
				const fitting = records.filter((record) => this.meant(record, item));
				if (fitting.length === 0) outcome = create();
				else if (fitting.length === 1 || world.identified.single)
					outcome = world.identified.update ? change(String(fitting[0].id)) : `reused ${fitting[0].id}`;
			} else if (isThere && operation === 'update') outcome = change(String(item.id));
			else if (isThere) {
				records = records.filter(({ id }) => String(id) !== item.id);
				outcome = `deleted ${item.id}`;
			}
			if (outcome === 'none' && onError === undefined) isStopped = true;
			expected.push(outcome);
		});
		const came = reports.map((report) =>
			report.what === 'item' ? `${report.isSummary ? '' : String(report.json.outcome)} ${String(report.json.recordId)}` : 'none',
		);
		const names = new Map<string, string>();
		for (const write of this.own)
			if (write.what === 'create') names.set(write.id, `new ${asked.findIndex(({ note }) => note === write.note)}`);
		expected.forEach((outcome, index) => {
			const said = came[index];
			if (
				outcome === 'none'
					? said === 'none'
					: outcome === 'created'
						? /^(created)? /.test(said)
						: said !== 'none' &&
							(said.startsWith(' ') ||
								said === outcome ||
								said === outcome.replace(/new \d+$/, (name) => [...names].find(([, one]) => one === name)?.[0] ?? name))
			)
				return;
			this.fail(`Item ${index} should be ${outcome}, but is ${said}`);
		});
	}
}

/** The entered values, as in a request body. */
function enteredOf({ json }: Asked, { identified }: World): Entered {
	const { metaName, secret: _secret, id: _id, note: _note, ...values } = json;
	const hasMeta = identified.match.some((property) => property.startsWith('/meta'));
	return { ...values, ...(hasMeta ? { meta: metaName === undefined ? {} : { name: metaName } } : {}) };
}

/** Messages for known failures of reading a list. */
const NAMED =
	/could not be read as a whole|could not answer|did not answer|too many requests|takes no requests|refused|gave up|without what was asked for|is getting|conflicts/;

/** Checks the output of Get Many. */
export function checkList({
	vendor,
	world,
	began,
	step,
	owner,
	ran,
}: {
	vendor: MockVendor;
	world: World;
	began: number;
	step: { limit?: number; faults: Fault[]; changes: Change[] };
	owner?: string;
	ran: Ran;
}): void {
	const { limit } = step;
	const [first = began] = vendor.readings;
	const from = first - world.lag;
	const to = vendor.readings.at(-1) ?? now();
	const isOwned = (record: VendorRecord | undefined) => owner === undefined || record?.owner === owner;
	const fail = (what: string): never => {
		throw new Error(`${what}\nItems: ${JSON.stringify(ran.items.map(({ json }) => json))}\nError: ${ran.error?.message}`);
	};
	if (vendor.writes.some(({ by, sent }) => by === 'run' && sent >= began)) fail('A list has changed something');
	if (ran.error) {
		if (!NAMED.test(ran.error.message)) fail('The reading fails without a name');
		const isCalm =
			step.faults.length === 0 &&
			step.changes.length === 0 &&
			world.paged.odd === undefined &&
			!(world.jitter && vendor.writes.some(({ at }) => at > from));
		if (isCalm) fail('The reading fails, though nothing disturbs it');
		return;
	}
	const ids = ran.items.map(({ json }) => String(json.recordId));
	if (new Set(ids).size !== ids.length) fail(`A record comes twice: ${ids.join(', ')}`);
	for (const { json } of ran.items) {
		const isOne = vendor
			.versionsOf(String(json.recordId), from, to)
			.some(
				(record) =>
					record !== undefined &&
					isOwned(record) &&
					JSON.stringify({ ...record, recordId: String(record.id), vendor: 'Model' }, sorted(record)) ===
						JSON.stringify(json, sorted(record)),
			);
		if (!isOne) fail(`There was no such record: ${JSON.stringify(json)}`);
	}
	const standing = vendor.ids.filter((id) => {
		const [record, ...others] = vendor.versionsOf(id, from, to);
		return record !== undefined && isOwned(record) && others.length === 0;
	});
	const missing = standing.filter((id) => !ids.includes(id));
	if (limit === undefined && missing.length > 0) fail(`Missing: ${missing.join(', ')}`);
	if (limit !== undefined && (ids.length > limit || (ids.length < limit && missing.length > 0)))
		fail(`${ids.length} of ${standing.length} came, where ${limit} were asked for`);
}

/** The names of a record, including nested ones, in a fixed order, so that records can be compared as text. */
function sorted(record: VendorRecord): string[] {
	return [...Object.keys(record), 'recordId', 'vendor', 'name'];
}
