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
 * @returns one output, with the items that each input item produced, in input order
 * @throws NodeOperationError or NodeApiError unless the node is set to continue; the node's context keeps what was done
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
	// Stopped during preparation: nothing was sent.
	if (batch.isStopped) return [[]];
	batch.refuseIfAnyIsUnfit();
	await batch.sendAll();
	return [batch.finish()];
}

/** Items prepared at once: for each, n8n may read a credential from its database, and the vendor may be asked for rules. */
const AT_ONCE = 8;

/** All items of one execution of a node, and what became of each. */
class Batch {
	private readonly count: number;
	private readonly entered: EnteredValues;
	/** All items share one speed, so the options of the first item apply to the run. */
	private readonly options: Options;
	private readonly pace: Pace;
	private readonly signal: AbortSignal | undefined;
	private readonly prepared: Array<Prepared | undefined>;
	private readonly results: Array<INodeExecutionData[] | undefined>;
	/** Items of which nobody knows whether they are finished. */
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

	/** Ends the run before anything is sent if an item is unfit, unless the node is set to continue. */
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

	/** Sends the items that an earlier attempt did not finish; stops early if one fails and the node is not set to continue. */
	async sendAll(): Promise<void> {
		this.checkpoint = effectOf(this.operation) === 'reads' ? undefined : new Checkpoint(this.context);
		const itemRun = new ItemRun(this.context, this.vendor, this.operation, this.checkpoint?.last);
		await inParallel(this.count, this.options.concurrent, async (index) => await this.send(index, itemRun));
	}

	/**
	 * @returns the output items, in input order
	 * @throws NodeOperationError or NodeApiError if an item failed and the node is not set to continue
	 */
	finish(): INodeExecutionData[] {
		const { context, operation, results, failed } = this;
		const doubtful = [...this.doubtful].sort((a, b) => a - b);
		if (failed.length > 0 && !context.continueOnFail()) {
			const { failure, index } = failed.reduce((first, other) => (other.index < first.index ? other : first));
			throw asError(context, withSummary(failure, index, results, doubtful), index, summaryOf(operation, results, doubtful));
		}
		// n8n reruns a node whose first output item is an error; the rerun needs the finished items.
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
		// Frees the memory of finished items.
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
		// A doubt left by an earlier attempt does not stop the other items.
		return known !== undefined;
	}

	private keep(index: number, items: VendorRecord[]): void {
		this.results[index] = items.map((json) => ({ json, pairedItem: { item: index } }));
		this.progress.note(items);
	}

	private noteFailure(index: number, failure: Failure): void {
		if (failure.done === 'unknown') {
			// A refusal may carry the same code from the vendor, hence the check of `done` above.
			if (failure.code === UNCERTAIN) this.doubtful.push(index);
			this.checkpoint?.record(index, { kind: 'open', failure: { at: failure.since ?? Date.now(), failure } });
		}
		if (!this.isStopped) this.failed.push({ failure, index });
	}
}

/** The options of the first item. Errors in them, or in their expressions, are reported when that item is prepared. */
function optionsOfRun(entered: EnteredValues, vendor: Vendor): Options {
	const usual = vendor.limits?.concurrent;
	try {
		return readOptions(entered.of(0), usual).options;
	} catch {
		return readOptions(() => undefined, usual).options;
	}
}
