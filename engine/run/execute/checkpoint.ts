import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeParameters, JsonObject } from 'n8n-workflow';
import type { Operation } from '../../model';
import type { VendorRecord } from '../response/response';
import type { Failure } from '../problems/result';
import { fingerprint } from '../credentials/fingerprint';
import { append } from '../../model/values';
import { idName } from '../response/shape';
import { nodeOf } from '../input/node';

/** A failed request of which nobody knows whether it did its work. */
export interface OpenFailure {
	/** When it failed, in epoch milliseconds. */
	at: number;
	failure: Failure;
}

/** What an earlier attempt of the run left for an item: its output, or a failure that leaves the outcome in doubt. */
type Entry = { kind: 'finished'; items: VendorRecord[] } | { kind: 'open'; failure: OpenFailure };

/** Entries by item index, each with the item's fingerprint and the epoch milliseconds when it was recorded. */
interface Entries {
	[index: string]: Entry & { fingerprint: string; at?: number };
}

/**
 * What a run has done so far. n8n keeps the node's context with a failed execution. Retry On Fail and Retry both run
 * the whole node again; here they find the finished items, and those that may be finished, and do not send them a
 * second time.
 */
export class Checkpoint {
	/** When an earlier attempt of the run last finished an item, in epoch milliseconds. */
	readonly last: number | undefined;
	private readonly entries: Entries;
	private readonly kept: IDataObject;
	private readonly key: string;
	private readonly node: string;

	constructor(private readonly context: IExecuteFunctions) {
		// A node in a loop runs several times per execution.
		this.key = `run${String(context.getWorkflowDataProxy(0).$runIndex)}`;
		this.kept = context.getContext('node');
		this.entries = (this.kept[this.key] ?? {}) as unknown as Entries;
		const times = Object.values(this.entries).flatMap((one) => (one.kind === 'finished' && one.at !== undefined ? [one.at] : []));
		this.last = times.length > 0 ? times.reduce((a, b) => Math.max(a, b)) : undefined;
		const { parameters, credentials } = nodeOf(context);
		this.node = fingerprint(JSON.stringify([withoutManner(parameters), credentials]));
	}

	/** What an earlier attempt of this run left for an item, provided the item is unchanged. */
	found(index: number): Entry | undefined {
		const one = this.entries[index];
		return one && one.fingerprint === this.fingerprint(index) ? one : undefined;
	}

	/** Records what is known of an item. Entries hold no secrets. */
	record(index: number, entry: Entry): void {
		this.entries[index] = { ...entry, fingerprint: this.fingerprint(index), at: Date.now() };
		this.kept[this.key] = this.entries;
	}

	/** Forgets everything: the run is complete, and n8n stores its output. */
	close(): void {
		delete this.kept[this.key];
	}

	/**
	 * Identifies an item by its input, the n8n credential and the stored parameters; not by resolved ones, since
	 * expressions with the current time would differ.
	 */
	private fingerprint(index: number): string {
		const { json } = this.context.getInputData()[index] ?? {};
		return fingerprint(this.node + JSON.stringify(json));
	}
}

/** Drops the options on how requests are sent and how to treat doubtful items: changing them does not change an item. */
function withoutManner(parameters: INodeParameters): INodeParameters {
	const { options, ...others } = parameters;
	const {
		uncertain: _uncertain,
		timeout: _timeout,
		retries: _retries,
		concurrent: _concurrent,
		...left
	} = (options ?? {}) as INodeParameters;
	return { ...others, options: left };
}

/** What was done before a run ended, as data for n8n's error panel. */
export function summaryOf(operation: Operation, results: Array<INodeExecutionData[] | undefined>, doubtful: number[]): JsonObject {
	const id = idName(operation);
	const created = results.flatMap((items, item) =>
		(items ?? []).map(({ json }) => JSON.parse(JSON.stringify({ item, [id]: json[id], link: json.link })) as JsonObject),
	);
	const open = results.flatMap((items, item) => (items || doubtful.includes(item) ? [] : [item]));
	return { created, notCreated: open, ...(doubtful.length > 0 ? { uncertain: doubtful } : {}) };
}

/** The failure that ends a run, with a sentence on what became of the other items. */
export function withSummary(
	failure: Failure,
	failed: number,
	results: Array<INodeExecutionData[] | undefined>,
	doubtful: number[],
): Failure {
	if (results.length === 1) return failure;
	const done = results.flatMap((items, item) => (items ? [item] : []));
	const doubts = doubtful.filter((item) => item !== failed);
	const others = results.flatMap((items, item) => (items || item === failed || doubts.includes(item) ? [] : [item]));
	const parts = [
		done.length === 0 ? 'No other item was finished' : `Finished: ${listed(done)}`,
		...(doubts.length === 0 ? [] : [`Uncertain: ${listed(doubts)}`]),
		...(others.length === 0 ? [] : [`Not finished: ${listed(others)}`]),
	];
	const isDoubtful = doubtful.includes(failed);
	const rest = isDoubtful ? 'the rest' : 'what is missing';
	const held = doubtful.length > 0 ? 'neither finished nor uncertain items are' : 'finished items are not';
	return {
		...failure,
		description:
			`${failure.description}\n${parts.join('. ')}. 'Retry' in the executions list, or 'Retry On Fail', sends ${rest}: ` +
			`${held} sent a second time.`,
	};
}

/** Item numbers as text: 'items 0 to 4, 7 and 9'. */
function listed(items: number[]): string {
	const ranges: string[] = [];
	for (let index = 0; index < items.length;) {
		let last = index;
		while (items[last + 1] === items[last] + 1) last++;
		append(ranges, last - index > 1 ? [`${items[index]} to ${items[last]}`] : items.slice(index, last + 1).map(String));
		index = last + 1;
	}
	const shown = ranges.length > 8 ? [...ranges.slice(0, 8), `… (${items.length} in all)`] : ranges;
	return (
		`${items.length === 1 ? 'item' : 'items'} ` +
		`${shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}` : shown[0]}`
	);
}
