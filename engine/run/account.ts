import type { IDataObject, IExecuteFunctions, INodeExecutionData, JsonObject } from 'n8n-workflow';
import type { VendorRecord } from './answer';
import type { Failure } from './errors';
import { markOf } from './mark';

/** What a finished item came to, by its index, with a mark of what it was. */
interface Finished {
	[index: string]: { mark: string; items: VendorRecord[] };
}

/**
 * What a run has done so far. n8n keeps the node's context with a failed execution, so that its Retry On Fail and its
 * Retry, which both run the whole node again, find the finished items here and do not send them a second time.
 */
export class Account {
	private readonly finished: Finished;
	private readonly kept: IDataObject;
	private readonly key: string;
	private readonly node: string;

	constructor(private readonly context: IExecuteFunctions) {
		// A node in a loop runs several times in one execution.
		this.key = `run${String(context.getWorkflowDataProxy(0).$runIndex)}`;
		this.kept = context.getContext('node');
		this.finished = (this.kept[this.key] ?? {}) as unknown as Finished;
		const { parameters, credentials } = context.getNode();
		this.node = markOf(JSON.stringify([parameters, credentials]));
	}

	/** What came of an item in an earlier try of this run, where it is the same item still. */
	found(index: number): VendorRecord[] | undefined {
		const one = this.finished[index];
		return one && one.mark === this.mark(index) ? one.items : undefined;
	}

	/** Notes what came of an item; it has no secret in it. */
	note(index: number, items: VendorRecord[]): void {
		this.finished[index] = { mark: this.mark(index), items };
		this.kept[this.key] = this.finished as unknown as IDataObject;
	}

	/** Forgets everything: the run is complete, and n8n stores its output anyway. */
	close(): void {
		delete this.kept[this.key];
	}

	/**
	 * Tells an item from another one: by its input, by the n8n credential, and by the parameters as they are stored, since
	 * times in expressions go on.
	 */
	private mark(index: number): string {
		const { json } = this.context.getInputData()[index] ?? {};
		return markOf(this.node + JSON.stringify(json));
	}

	/** What was done before a run ended, for n8n's error panel. */
	static of(results: Array<INodeExecutionData[] | undefined>): JsonObject {
		const created = results.flatMap((items, item) =>
			(items ?? []).map(({ json }) => JSON.parse(JSON.stringify({ item, credentialId: json.credentialId, link: json.link })) as JsonObject),
		);
		return { created, notCreated: results.flatMap((items, item) => (items ? [] : [item])) };
	}

	/** The failure that ends a run, with what became of the other items in words. */
	static told(failure: Failure, failed: number, results: Array<INodeExecutionData[] | undefined>): Failure {
		if (results.length === 1) return failure;
		const done = results.flatMap((items, item) => (items ? [item] : []));
		const others = results.flatMap((items, item) => (items || item === failed ? [] : [item]));
		const before = done.length === 0 ? 'No other item was finished' : `Finished: ${listed(done)}`;
		const rest = others.length === 0 ? '' : `. Not finished: ${listed(others)}`;
		return {
			...failure,
			description: `${failure.description}\n${before}${rest}. Run it again with 'Retry' in the executions list, or with 'Retry On Fail': finished items are not sent a second time.`,
		};
	}
}

/** Item numbers in words: 'items 0 to 4, 7 and 9'. */
function listed(items: number[]): string {
	const ranges: string[] = [];
	for (let index = 0; index < items.length;) {
		let last = index;
		while (items[last + 1] === items[last] + 1) last++;
		ranges.push(...(last - index > 1 ? [`${items[index]} to ${items[last]}`] : items.slice(index, last + 1).map(String)));
		index = last + 1;
	}
	const shown = ranges.length > 8 ? [...ranges.slice(0, 8), `… (${items.length} in all)`] : ranges;
	return `${items.length === 1 ? 'item' : 'items'} ${shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}` : shown[0]}`;
}
