import type { IDataObject } from 'n8n-workflow';

import { now } from './clock';
import { ELSEWHERE, type MockVendor } from './vendor';
import type { VendorRecord, World } from './world';

/** So many records that are all gone at once are believed to be gone when the next poll says so, too. */
const MANY = 5;

/** One poll, and what came of it. */
interface Polled {
	began: number;
	key: string;
	events: IDataObject[] | Error;
	/** Nothing has failed. */
	isCalm: boolean;
	/** Empty answers. */
	empties: number;
	restarted: boolean;
}

/** What a trigger knows for sure of a record: its version, or that it is not there; nothing where it was changed meanwhile. */
type Known = number | 'gone' | undefined;

/** Follows a trigger: which events are true, and which have to come. */
export class Watcher {
	isOn = false;
	private key = '';
	private known = new Map<string, Known>();
	/** When the reading began that it knows of. */
	private since = 0;
	private wasEmptied = false;
	/** What n8n has stored: it does so when the workflow is switched on, and when the trigger starts it. */
	private stored?: { key: string; known: Map<string, Known>; since: number };

	constructor(
		private readonly vendor: MockVendor,
		private readonly world: World,
	) {}

	/**
	 * How many empty answers a trigger can see through: it looks twice where something differs, and where much is gone in the
	 * next poll again. What it begins with it cannot compare.
	 */
	bearable(empties: number, key: string): number {
		if (!this.isOn || key === ELSEWHERE || this.key !== key || this.wasEmptied) return 0;
		const sure = [...this.known.values()].filter((one) => typeof one === 'number').length;
		return sure >= MANY ? empties : Math.min(empties, 1);
	}

	/** @returns what is wrong with the events */
	check({ began, key, events, isCalm, empties, restarted }: Polled): string[] {
		const { vendor, world } = this;
		if (vendor.writes.some(({ by, sent }) => by === 'run' && sent >= began)) throw new Error('A trigger has changed something');
		// n8n has started again, also where the poll then fails.
		if (restarted && this.stored) Object.assign(this, this.stored);
		if (events instanceof Error) {
			if (isCalm && empties === 0 && world.paged.odd === undefined && vendor.changes.length === 0) throw events;
			return [];
		}
		const isElsewhere = key === ELSEWHERE;
		const from = began - world.lag;
		const to = now();
		const span = (id: string, start: number): Array<VendorRecord | undefined> => (isElsewhere ? [undefined] : vendor.versionsOf(id, start, to));
		const sure = new Map<string, Known>(
			vendor.ids.map((id) => {
				const versions = span(id, from);
				return [id, versions.length > 1 ? undefined : (versions[0]?.version ?? 'gone')];
			}),
		);
		const wrong: string[] = [];
		const isSameKey = this.key === key;
		const isKnown = [...this.known].some(([id, one]) => typeof one === 'number' && typeof sure.get(id) === 'number');
		const mayBeKnown = isKnown || [...this.known].some(([id, one]) => one !== 'gone' && sure.get(id) !== 'gone');
		const goesOn = this.isOn && (isSameKey || isKnown);
		const begins = !this.isOn || (!isSameKey && !mayBeKnown);
		if (begins && events.length > 0) wrong.push(`Events at the beginning: ${JSON.stringify(events)}`);
		const seen = new Set<string>();
		for (const { event, recordId } of events) {
			const id = String(recordId);
			if (seen.has(id)) wrong.push(`Two events of ${id}`);
			seen.add(id);
			const before = this.known.get(id) ?? (vendor.ids.includes(id) && !this.isNew(id) ? undefined : 'gone');
			const versions = span(id, from);
			if (event === 'created' && (typeof before === 'number' || versions.every((one) => one === undefined))) wrong.push(`Not created: ${id}`);
			if (event === 'removed' && (before === 'gone' || versions.every((one) => one !== undefined))) wrong.push(`Not removed: ${id}`);
			if (event === 'changed' && (before === 'gone' || (typeof before === 'number' && versions.every((one) => one?.version === before)))) wrong.push(`Not changed: ${id}`);
		}
		const have = [...this.known].filter(([, one]) => one !== 'gone').length;
		const isAllGone = [...this.known].every(([id, one]) => one === 'gone' || sure.get(id) !== undefined) && ![...sure.values()].some((one) => typeof one === 'number' || one === undefined);
		const isHeldBack = goesOn && events.length === 0 && have >= MANY && (isAllGone || empties > 1);
		this.wasEmptied = empties > 1;
		if (isHeldBack) {
			if (restarted) this.stored = { key: this.key, known: this.known, since: this.since };
			return wrong;
		}
		if (goesOn && empties === 0) {
			for (const [id, now] of sure) {
				const before = this.known.has(id) ? this.known.get(id) : this.isNew(id) ? 'gone' : undefined;
				if (now === undefined || before === undefined || before === now || seen.has(id)) continue;
				wrong.push(`No event of ${id}: ${before} before, and ${now} now`);
			}
		}
		const isStored = restarted || !this.isOn || events.length > 0;
		this.isOn = true;
		this.key = key;
		// An empty answer in between can hide what is new until the next poll.
		this.known = empties === 0 ? sure : new Map([...sure].map(([id, one]) => [id, this.known.get(id) === one ? one : undefined]));
		this.since = from;
		if (isStored) this.stored = { key, known: this.known, since: from };
		return wrong;
	}

	/** Whether a record came to be after the last reading had begun. */
	private isNew(id: string): boolean {
		return this.vendor.versionsOf(id, this.since, this.since)[0] === undefined && !this.known.has(id);
	}
}
