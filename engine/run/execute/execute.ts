import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Vendor } from '../../model';
import { Checkpoint, summaryOf, withSummary } from './checkpoint';
import type { VendorRecord } from '../response/response';
import { EnteredValues } from './entered';
import { asError, UNCERTAIN } from '../transport/errors';
import type { Failure } from '../problems/result';
import { failedItem } from './failedItem';
import { ItemRun } from './itemRun';
import { effectOf, operationOf, type ChosenOperation } from '../input/operation';
import { readOptions, type Options } from '../input/options';
import { Pace } from '../pacing/pace';
import { inParallel } from '../pacing/pool';
import { Preparation, type Prepared } from './prepare';
import { Progress } from './progress';
import { worded } from '../problems/failures';

/**
 * Runs a vendor's node: reads and checks every item before the first request goes out, then sends them, several at once.
 * @returns one output with the items that came of each input item, in the order of the input
 * @throws NodeOperationError or NodeApiError unless the node is set to continue; its context holds what was done
 */
export async function executeOperations(context: IExecuteFunctions, vendor: Vendor): Promise<INodeExecutionData[][]> {
	const resource: string = context.getNodeParameter('resource', 0);
	const name: string = context.getNodeParameter('operation', 0);
	const operation = operationOf(vendor, resource, name);
	if (!operation) {
		const words = worded('noOperation', { vendor: vendor.name, resource, operation: name });
		throw asError(context, { ...words, retryable: false }, 0);
	}
	const batch = new Batch(context, vendor, operation);
	await batch.prepareAll();
	// Stopped while it was checked: nothing was sent.
	if (batch.isStopped) return [[]];
	batch.refuseIfAnyIsUnfit();
	await batch.sendAll();
	return [batch.finish()];
}

/** Items that are read at once: n8n may fetch a credential from its database for each, and the vendor be asked for rules. */
const AT_ONCE = 8;

/** All items of one execution of a node, and what became of each. */
class Batch {
	private readonly count: number;
	private readonly entered: EnteredValues;
	/** How fast a run goes is one thing for all of its items. */
	private readonly options: Options;
	private readonly pace: Pace;
	private readonly signal: AbortSignal | undefined;
	private readonly prepared: Array<Prepared | undefined>;
	private readonly results: Array<INodeExecutionData[] | undefined>;
	/** Items of which nobody knows whether they are done. */
	private readonly doubtful: number[] = [];
	private readonly failed: Array<{ failure: Failure; index: number }> = [];
	private readonly progress: Progress;
	private checkpoint?: Checkpoint;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly vendor: Vendor,
		private readonly operation: ChosenOperation,
	) {
		this.count = context.getInputData().length;
		this.entered = new EnteredValues(context, operation);
		this.options = optionsOfRun(this.entered, vendor);
		this.signal = context.getExecutionCancelSignal();
		const { concurrent, retries } = this.options;
		this.pace = new Pace({ perSecond: vendor.limits?.perSecond, concurrent, retries, signal: this.signal });
		this.progress = new Progress(context, vendor, this.count, this.pace);
		this.prepared = new Array<undefined>(this.count).fill(undefined);
		this.results = new Array<undefined>(this.count).fill(undefined);
	}

	get isStopped(): boolean {
		return this.signal?.aborted === true;
	}

	/** Reads and checks every item. */
	async prepareAll(): Promise<void> {
		const preparation = new Preparation(this.context, this.vendor, this.operation, this.entered, this.pace);
		await inParallel(this.count, AT_ONCE, async (index) => {
			this.prepared[index] = await preparation.item(index);
			return !this.isStopped;
		});
	}

	/** Ends the run where an item is not fit to be sent: none is. */
	refuseIfAnyIsUnfit(): void {
		if (this.context.continueOnFail()) return;
		const unfit = this.prepared.flatMap((item, index) => (item && !item.ok ? [{ index, failure: item.failure }] : []));
		const [first, ...others] = unfit;
		if (!first) return;
		const more = others.slice(0, 10).map(({ failure, index }) => `${failure.message} [item ${index}]`);
		const rest = others.length > 10 ? [`… and ${others.length - 10} more items`] : [];
		const description = [`${first.failure.description}. Nothing was sent.`, ...more, ...rest].join('\n');
		throw asError(this.context, { ...first.failure, description }, first.index);
	}

	/** Sends the items that an earlier try of the run has not finished; ends early where one fails and the node is not to go on. */
	async sendAll(): Promise<void> {
		this.checkpoint = effectOf(this.operation) === 'reads' ? undefined : new Checkpoint(this.context);
		const itemRun = new ItemRun(this.context, this.vendor, this.operation, this.checkpoint?.last);
		await inParallel(this.count, this.options.concurrent, async (index) => await this.send(index, itemRun));
	}

	/**
	 * @returns the items of the output, in the order of the input
	 * @throws NodeOperationError or NodeApiError where an item has failed and the node is not to go on
	 */
	finish(): INodeExecutionData[] {
		const { context, operation, results, failed } = this;
		const doubtful = [...this.doubtful].sort((a, b) => a - b);
		if (failed.length > 0 && !context.continueOnFail()) {
			const { failure, index } = failed.reduce((first, other) => (other.index < first.index ? other : first));
			throw asError(context, withSummary(failure, index, results, doubtful), index, summaryOf(operation, results, doubtful));
		}
		// n8n runs a node again whose first item is an error; then the finished items are needed.
		if (failed.length === 0 && !this.isStopped) this.checkpoint?.close();
		this.progress.finish();
		return results.flatMap((items) => items ?? []);
	}

	/** @returns whether the run goes on */
	private async send(index: number, itemRun: ItemRun): Promise<boolean> {
		const known = this.checkpoint?.found(index);
		if (known?.kind === 'finished') {
			this.keep(index, known.items);
			return !this.isStopped;
		}
		const item = this.prepared[index] as Prepared;
		// What is done needs no memory any more.
		this.prepared[index] = undefined;
		const result = item.ok ? await itemRun.run(item.value, known?.failure) : item;
		if (result.ok) {
			this.checkpoint?.record(index, { kind: 'finished', items: result.value });
			this.keep(index, result.value);
			return !this.isStopped;
		}
		this.noteFailure(index, result.failure);
		this.progress.note();
		if (this.isStopped) return false;
		if (this.context.continueOnFail()) {
			const { redactor } = item.ok ? item.value.connection : item;
			this.results[index] = [await failedItem(this.context, result.failure, index, redactor)];
			return true;
		}
		// What an earlier try left in doubt keeps no other item from being sent.
		return known !== undefined;
	}

	private keep(index: number, items: VendorRecord[]): void {
		this.results[index] = items.map((json) => ({ json, pairedItem: { item: index } }));
		this.progress.note(items);
	}

	private noteFailure(index: number, failure: Failure): void {
		if (failure.done === 'unknown') {
			// A vendor may use the same code for a refusal.
			if (failure.code === UNCERTAIN) this.doubtful.push(index);
			this.checkpoint?.record(index, { kind: 'open', failure: { at: failure.since ?? Date.now(), failure } });
		}
		if (!this.isStopped) this.failed.push({ failure, index });
	}
}

/** The options of the first item; what is wrong with them, or cannot be resolved, is said when the item is prepared. */
function optionsOfRun(entered: EnteredValues, vendor: Vendor): Options {
	const usual = vendor.limits?.concurrent;
	try {
		return readOptions(entered.of(0), usual).options;
	} catch {
		return readOptions(() => undefined, usual).options;
	}
}
