import type { IExecuteFunctions } from 'n8n-workflow';
import type { Vendor } from '../../model';
import type { Pace } from '../pacing/pace';
import type { VendorRecord } from '../response/response';

/** A run of fewer items is seen at a glance. */
const LARGE = 20;
/** How often the log hears of a run that goes on, in milliseconds. */
const INTERVAL = 10_000;
/** Outcomes in words, in the order in which they are told. */
const OUTCOMES: { [outcome: string]: string } = {
	created: 'created',
	linkCreated: 'links created',
	updated: 'updated',
	reused: 'reused',
	deleted: 'deleted',
	done: 'done',
};

/** The same for items of a dry run, and for what was only read. */
const UNCHANGED = ['checked', 'read'];

/** Says how far a large run is: in n8n's log while it goes on, and in an execution hint when it is over. */
export class Progress {
	private readonly begin = Date.now();
	private logged = this.begin;
	private readonly counts = new Map<string, number>();

	/** @param count items of the run */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly vendor: Vendor,
		private readonly count: number,
		private readonly pace: Pace,
	) {}

	/** @param items what an item has become; nothing where it failed */
	note(items?: VendorRecord[]): void {
		if (this.count < LARGE) return;
		const outcome = items === undefined ? 'failed' : wordFor(items[0]);
		this.counts.set(outcome, (this.counts.get(outcome) ?? 0) + 1);
		if (Date.now() - this.logged < INTERVAL) return;
		this.logged = Date.now();
		this.context.logger.info(`${this.vendor.name}: ${this.summary}`);
	}

	/** n8n shows a hint only where the node does not throw. */
	finish(): void {
		if (this.count < LARGE) return;
		// Where nothing was changed and nothing failed, the items say it all.
		if ([...this.counts.keys()].every((outcome) => UNCHANGED.includes(outcome))) return;
		this.context.addExecutionHints({ message: this.summary, type: 'info', location: 'outputPane' });
	}

	/** "412 created, 80 updated, 3 failed; 495 of 500 items in 38 s, 2 pauses that the vendor asked for" */
	private get summary(): string {
		const outcomes = [...Object.values(OUTCOMES), ...UNCHANGED, 'failed'].flatMap((one) => {
			const count = this.counts.get(one);
			return count === undefined ? [] : [`${count} ${one}`];
		});
		const done = [...this.counts.values()].reduce((total, count) => total + count, 0);
		const of = done === this.count ? `${done} items` : `${done} of ${this.count} items`;
		const { pauses } = this.pace;
		const paused = pauses === 0 ? '' : `, ${pauses} ${pauses === 1 ? 'pause' : 'pauses'} that ${this.vendor.name} asked for`;
		return `${outcomes.join(', ')}; ${of} in ${Math.max(1, Math.round((Date.now() - this.begin) / 1000))} s${paused}`;
	}
}

function wordFor(first: VendorRecord | undefined): string {
	return first?.dryRun === true ? 'checked' : (OUTCOMES[String(first?.outcome)] ?? 'read');
}
