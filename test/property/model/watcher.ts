import { isNativeError } from 'node:util/types';

import type { IDataObject } from 'n8n-workflow';

import { now } from './clock';
import { ELSEWHERE, type MockVendor } from './vendor';
import type { VendorRecord, World } from './world';

/** A poll and its outcome. */
interface Polled {
	began: number;
	key: string;
	events: IDataObject[] | Error;
	/** Nothing failed. */
	isCalm: boolean;
	/** How many lists were wrongly empty. */
	empties: number;
	restarted: boolean;
}

/** What a trigger knows for sure about a record: its version or its absence; undefined if it changed during the reading. */
type Known = number | 'gone' | undefined;

/** A list as a trigger saw it. */
interface Seen {
	/** The key it was read with; undefined if that is uncertain. */
	key?: string;
	known: Map<string, Known>;
	/** When the reading began, less the list's lag. */
	since: number;
}

/** What a trigger remembers. */
interface Remembered {
	main?: Seen;
	/** The list as first seen with another key. */
	other?: Seen;
	/** Whether the last poll found many records gone. */
	doubted: boolean | 'maybe';
}

type Sure = 'yes' | 'no' | 'maybe';

/** Follows a trigger, and checks which events are true and which must come. */
export class Watcher {
	private memory: Remembered = { doubted: false };
	/** What n8n has stored, which happens when the workflow is activated and when the trigger starts it. */
	private stored?: Remembered;

	constructor(
		private readonly vendor: MockVendor,
		private readonly world: World,
	) {}

	get isOn(): boolean {
		return this.memory.main !== undefined;
	}

	/**
	 * How many wrongly empty lists a trigger can tolerate: it reads twice if something differs, and again in the next poll if
	 * much is gone or the key differs. It has nothing to compare its first list with.
	 */
	bearable(empties: number, key: string): number {
		const { main, other, doubted } = this.memory;
		if (main?.key === undefined || key === ELSEWHERE || other !== undefined) return 0;
		if (main.key !== key) return main.key === ELSEWHERE ? 0 : empties;
		if (doubted !== false) return 0;
		const sure = [...main.known.values()].filter((one) => typeof one === 'number').length;
		return sure > 1 ? empties : Math.min(empties, 1);
	}

	/** @returns what is wrong with the events */
	check({ began, key, events, isCalm, empties, restarted }: Polled): string[] {
		const { vendor, world } = this;
		if (vendor.writes.some(({ by, sent }) => by === 'run' && sent >= began)) throw new Error('A trigger has changed something');
		// n8n has restarted, even if the poll then fails.
		if (restarted && this.stored) this.memory = this.stored;
		if (isNativeError(events)) {
			if (isCalm && empties === 0 && world.paged.odd === undefined && vendor.changes.length === 0) throw events;
			return [];
		}
		const isElsewhere = key === ELSEWHERE;
		const from = began - world.lag;
		const to = now();
		const span = (id: string): Array<VendorRecord | undefined> => (isElsewhere ? [undefined] : vendor.versionsOf(id, from, to));
		const sure = new Map<string, Known>(
			vendor.ids.map((id) => {
				const versions = span(id);
				return [id, versions.length > 1 ? undefined : (versions[0]?.version ?? 'gone')];
			}),
		);
		const read: Seen = { key, known: sure, since: from };
		const nothing: Seen = { key, known: new Map(vendor.ids.map((id) => [id, 'gone'])), since: from };
		// With more than one empty list, a poll may have seen nothing else.
		const seen = empties > 1 ? this.merged(read, nothing) : read;
		const { main, other, doubted } = this.memory;
		const wrong: string[] = [];
		const isStored = restarted || !main || events.length > 0;
		const remember = (memory: Remembered) => {
			this.memory = memory;
			if (isStored) this.stored = memory;
			return wrong;
		};
		const begins = () => {
			if (events.length > 0) wrong.push(`Events at the beginning: ${JSON.stringify(events)}`);
		};
		if (!main) {
			begins();
			return remember({ main: read, doubted: false });
		}
		const goesOn = (one: Seen | undefined): Sure => {
			if (!one || one.key === key) return one ? 'yes' : 'no';
			const same = this.sameness(one, sure);
			if (same === 'yes') return empties > 1 ? 'maybe' : 'yes';
			return one.key === undefined ? 'maybe' : same;
		};
		const isMain = goesOn(main);
		const isOther = goesOn(other);
		if (isMain === 'no' && isOther === 'no') {
			begins();
			return remember({ main, other: seen, doubted: false });
		}
		const isSettled = isMain === 'yes' || (isMain === 'no' && isOther === 'yes');
		const before = isMain === 'yes' ? main : isSettled ? (other as Seen) : other ? this.merged(main, other) : main;
		const told = new Set<string>();
		for (const { event, recordId } of events) {
			const id = String(recordId);
			if (told.has(id)) wrong.push(`Two events of ${id}`);
			told.add(id);
			const known = vendor.ids.includes(id) ? this.knownOf(before, id) : 'gone';
			const versions = span(id);
			if (event === 'created' && (typeof known === 'number' || versions.every((one) => one === undefined)))
				wrong.push(`Not created: ${id}`);
			if (event === 'removed' && (known === 'gone' || versions.every((one) => one !== undefined))) wrong.push(`Not removed: ${id}`);
			if (event === 'changed' && (known === 'gone' || (typeof known === 'number' && versions.every((one) => one?.version === known))))
				wrong.push(`Not changed: ${id}`);
		}
		const gone = this.goneOf(before, seen.known);
		const isHeld: Sure = doubted === true || gone === 'no' ? 'no' : isSettled && doubted === false ? gone : 'maybe';
		if (isHeld === 'yes' && events.length > 0) wrong.push(`Much is gone, and the next poll was not waited for: ${JSON.stringify(events)}`);
		if (isHeld === 'yes') return remember({ main, other, doubted: true });
		// It is unknown what the trigger remembered, so differences may be reported or not.
		if (events.length === 0 && (isHeld === 'maybe' || !isSettled)) {
			const all = this.merged(other ? this.merged(main, other) : main, seen);
			return remember({
				main: { ...all, key: isSettled && main.key === key ? key : undefined },
				doubted: isHeld === 'maybe' ? 'maybe' : false,
			});
		}
		if (isSettled && empties === 0) {
			for (const [id, one] of sure) {
				const known = this.knownOf(before, id);
				if (one === undefined || known === undefined || known === one || told.has(id)) continue;
				wrong.push(`No event of ${id}: ${known} before, and ${one} now`);
			}
		}
		// An empty list in between can hide changes until the next poll.
		return remember({ main: empties === 0 ? read : { ...this.merged(before, read), key }, doubted: false });
	}

	/** What a reading knows about a record. One created after the reading began counts as absent. */
	private knownOf({ known, since }: Seen, id: string): Known {
		if (known.has(id)) return known.get(id);
		return this.vendor.versionsOf(id, since, since)[0] === undefined ? 'gone' : undefined;
	}

	/** What is certain no matter which of two readings the trigger remembers. */
	private merged(one: Seen, two: Seen): Seen {
		const known = this.vendor.ids.map((id): [string, Known] => {
			const [a, b] = [this.knownOf(one, id), this.knownOf(two, id)];
			return [id, a === b ? a : undefined];
		});
		return { key: one.key === two.key ? one.key : undefined, known: new Map(known), since: Math.max(one.since, two.since) };
	}

	/** Whether a list read with another key is of the same account: at least half of the known records are in it, unchanged. */
	private sameness(before: Seen, now: Map<string, Known>): Sure {
		const all = [...now].map(([id, one]) => [this.knownOf(before, id), one]).filter(([known]) => known !== 'gone');
		const least = all.filter(([known]) => known !== undefined).length;
		const same = all.filter(([known, one]) => typeof known === 'number' && known === one).length;
		const perhaps = all.filter(([known, one]) => one !== 'gone' && (known === undefined || one === undefined || known === one)).length;
		if (same > 0 && same >= all.length / 2) return 'yes';
		return perhaps > 0 && perhaps >= least / 2 ? 'maybe' : 'no';
	}

	/** Whether so much is gone that the next poll must confirm it: at least half of the known records, and more than one. */
	private goneOf(before: Seen, now: Map<string, Known>): Sure {
		const all = [...now].map(([id, one]) => [this.knownOf(before, id), one]).filter(([known]) => known !== 'gone');
		const least = all.filter(([known]) => known !== undefined).length;
		const gone = all.filter(([known, one]) => typeof known === 'number' && one === 'gone').length;
		const perhaps = all.filter(([, one]) => typeof one !== 'number').length;
		if (gone > 1 && gone >= all.length / 2) return 'yes';
		return perhaps > 1 && perhaps >= least / 2 ? 'maybe' : 'no';
	}
}
