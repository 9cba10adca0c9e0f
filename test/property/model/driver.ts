import { isNativeError } from 'node:util/types';

import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { runNode, type Ran, type Setup } from '../../support/engine';
import { ActiveWorkflow } from '../../support/polling';
import { advance, now, resetClock } from './clock';
import { ModelApi, nodesOf, type Nodes } from './documents';
import { checkList, checkWrites, type Asked, type Report, type Series } from './invariants';
import { seedRandom } from './random';
import type { Tally } from './tally';
import type { Running, Scenario, Step, WriteStep } from './steps';
import { ELSEWHERE, lateness, type MockVendor } from './vendor';
import { Watcher } from './watcher';
import { SETTLED, type Entered } from './world';

/** Runs a scenario, and checks the invariants after each step. */
export class Driver {
	private readonly nodes: Nodes;
	private readonly watcher: Watcher;
	private readonly workflow: ActiveWorkflow;
	private readonly polled: Pick<Setup, 'node' | 'credential' | 'credentialData' | 'parameters'>;
	private number = 0;

	constructor(
		private readonly vendor: MockVendor,
		private readonly scenario: Scenario,
		private readonly surprises: Tally,
		private readonly seen: Tally,
	) {
		resetClock();
		seedRandom(scenario.seed);
		this.nodes = nodesOf(scenario.world);
		vendor.become(scenario.world);
		for (const values of scenario.seeds) vendor.other({ what: 'create', pick: 0, values });
		this.polled = {
			node: this.nodes.trigger,
			credential: new ModelApi(),
			credentialData: { baseUrl: vendor.url, apiKey: 'key' },
			parameters: { events: ['created', 'changed', 'removed'], ...(scenario.world.paged.inBody ? { sendBody: true } : {}) },
		};
		this.workflow = new ActiveWorkflow(this.polled);
		this.watcher = new Watcher(vendor, scenario.world);
	}

	async run(): Promise<void> {
		for (const step of this.scenario.steps) {
			this.number++;
			// Within the model's bounds, everything that earlier steps wrote is stored and listed by now.
			advance(SETTLED + 1_000 + Math.floor(Math.random() * 60_000));
			this.vendor.catchUp();
			this.vendor.step('faults' in step ? step.faults : [], 'changes' in step ? step.changes : []);
			await this.step(step);
		}
	}

	/** The current step, for messages. */
	get where(): string {
		return `In step ${this.number}: ${JSON.stringify(this.scenario.steps[this.number - 1])}\nof ${JSON.stringify(this.scenario.world)}`;
	}

	private async step(step: Step): Promise<void> {
		switch (step.do) {
			case 'pause':
				return;
			case 'others':
				for (const change of step.changes) this.vendor.other(change);
				return;
			case 'list':
				return await this.list(step);
			case 'poll':
				return await this.poll(step);
			default:
				return await this.write(step);
		}
	}

	/** Whether lists or stores lag behind by more than the engine waits for. */
	private isBeyond(step: Step): boolean {
		const { world } = this.scenario;
		return (
			world.lag > SETTLED ||
			('faults' in step &&
				step.faults.some(({ late, failing }) => 'stored' in failing && failing.stored && lateness(late, world) + world.lag > SETTLED))
		);
	}

	private async runItems(parameters: INodeParameters, items: Entered[], running: Partial<Running>, retryOf?: Ran['run']): Promise<Ran> {
		const { onError, retryOnFail } = running;
		return await runNode({
			...this.setup(parameters),
			items,
			...(onError ? { onError } : {}),
			...(retryOnFail ? { retryOnFail } : {}),
			...(retryOf ? { retryOf } : {}),
		});
	}

	private setup(parameters: INodeParameters): Setup {
		return {
			node: this.nodes.node,
			credential: new ModelApi(),
			credentialData: { baseUrl: this.vendor.url, apiKey: 'key' },
			parameters: { resource: 'record', ...parameters },
		};
	}

	private async list(step: Step & { do: 'list' }): Promise<void> {
		const { inBody } = this.scenario.world.paged;
		const owner = inBody ? undefined : step.owner;
		const began = now();
		const ran = await this.runItems(
			{
				operation: 'getAll',
				...(step.limit === undefined ? { returnAll: true } : { returnAll: false, limit: step.limit }),
				...(inBody ? { sendBody: true } : {}),
				filters: owner === undefined ? {} : { owner },
			},
			[{}],
			{},
		);
		this.seen.add(ran.error ? 'list that is not whole' : 'list');
		checkList({ vendor: this.vendor, world: this.scenario.world, began, step, owner, ran });
	}

	private async poll(step: Step & { do: 'poll' }): Promise<void> {
		const { watcher, workflow, vendor } = this;
		const key = step.key === 'elsewhere' ? ELSEWHERE : step.key;
		const empties = step.restart ? 0 : watcher.bearable(step.empties, key);
		if (empties > 0) vendor.faults.unshift({ on: 'reads', skip: 0, times: empties, failing: { kind: 'emptyList' }, late: 0 });
		this.polled.credentialData.apiKey = key;
		const began = now();
		let events: IDataObject[] | Error;
		try {
			events = await (step.restart || !watcher.isOn ? workflow.activate() : workflow.poll());
		} catch (error) {
			events = error as Error;
		}
		const surprised = watcher.check({ began, key, events, isCalm: step.faults.length === 0, empties, restarted: step.restart });
		for (const { event } of isNativeError(events) ? [] : events) this.seen.add(`event ${String(event)}`);
		for (const what of surprised) {
			if (!this.isBeyond(step)) throw new Error(what);
			this.surprises.add('event that is false, with a list that lags behind by more than 3 s');
		}
	}

	private async write(step: WriteStep): Promise<void> {
		const { world } = this.scenario;
		const asked = this.asked(step);
		const series: Series = {
			operation: step.do,
			asked,
			matchOn: 'matchOn' in step ? step.matchOn.filter((name) => world.identified.optional.includes(name)) : [],
			began: now(),
			first: now(),
			isFirst: true,
			mayRepeat: new Set(),
			isBeyond: this.isBeyond(step),
			faults: step.faults,
			changes: step.changes,
			onError: step.onError,
		};
		let ran: Ran | undefined;
		for (let times = 0; times <= step.again; times++) {
			if (times > 0) {
				// n8n only offers Retry for failed runs.
				if (!ran?.error) break;
				advance(step.pause);
				this.vendor.catchUp();
				series.began = now();
				series.isFirst = false;
			}
			const send = step.thenSend && times > 0 && times === step.again;
			if (send)
				for (const [index, report] of (series.reports ?? []).entries()) if (report.what === 'uncertain') series.mayRepeat.add(index);
			const options = { ...(step.retries === undefined ? {} : { retries: step.retries }), ...(send ? { uncertain: 'send' } : {}) };
			ran = await this.runItems(
				this.parametersFor(step.do, series.matchOn, options),
				asked.map(({ json }) => json),
				step,
				ran?.run,
			);
			series.reports = reportsOf(ran, asked.length);
			for (const report of series.reports)
				this.seen.add(report.what === 'item' ? String(report.json.outcome ?? 'done before a failure') : report.what);
			this.vendor.catchUp();
			checkWrites(this.vendor, world, series, this.surprises);
		}
	}

	/** The items of a step, each with a unique note that the vendor stores. */
	private asked(step: WriteStep): Asked[] {
		const current = this.vendor.current();
		const idAt = (pick: number) => (current.length === 0 || pick === 30 ? 'rec_none' : String(current[pick % current.length].id));
		const note = (index: number) => `step ${this.number} item ${index}`;
		if (step.do === 'update')
			return step.items.map(({ pick, values }, index) => ({
				note: note(index),
				id: idAt(pick),
				json: { ...values, id: idAt(pick), note: note(index) },
			}));
		if (step.do === 'delete') return step.items.map(({ pick }, index) => ({ note: note(index), id: idAt(pick), json: { id: idAt(pick) } }));
		return (step as Step & { do: 'create' }).items.map((values, index) => ({ note: note(index), json: { ...values, note: note(index) } }));
	}

	private parametersFor(operation: string, matchOn: string[], options: INodeParameters): INodeParameters {
		const { identified } = this.scenario.world;
		const hasMeta = identified.match.some((property) => property.startsWith('/meta'));
		const expression = (name: string) => `={{ $json.${name} }}`;
		const fields = {
			...Object.fromEntries(['uid', 'scope', 'owner', 'note', 'secret'].map((name) => [name, expression(name)])),
			...(hasMeta ? { meta: { value: { additionalFields: { metaName: expression('metaName') } } } } : {}),
		};
		if (operation === 'delete') return { operation, id: expression('id'), options };
		if (operation === 'update')
			return { operation, id: expression('id'), updateFields: { label: expression('label'), ...fields }, options };
		return {
			operation,
			label: expression('label'),
			additionalFields: fields,
			options,
			...(operation === 'upsert' && identified.optional.length > 0 ? { matchOn } : {}),
		};
	}
}

/** What a run reports about each of its items. */
function reportsOf(ran: Ran, count: number): Report[] {
	if (ran.error) {
		const words = `${ran.error.message} ${ran.error.description ?? ''}`;
		const data = ran.error.context?.data as { created: Array<{ item: number; [name: string]: unknown }>; uncertain?: number[] } | undefined;
		if (!data) return Array.from({ length: count }, () => ({ what: 'refused' as const, message: words }));
		return Array.from({ length: count }, (_one, index): Report => {
			const made = data.created.find(({ item }) => item === index);
			if (made) return { what: 'item', json: made, isSummary: true };
			return data.uncertain?.includes(index) ? { what: 'uncertain', message: words } : { what: 'open', message: words };
		});
	}
	const all = [...ran.items, ...ran.errorItems];
	const of = (item: INodeExecutionData) => (item.pairedItem as { item: number }).item;
	if (all.length !== count) throw new Error(`${count} items went in, and ${all.length} came out`);
	return Array.from({ length: count }, (_one, index): Report => {
		const own = all.filter((item) => of(item) === index);
		if (own.length !== 1) throw new Error(`Item ${index} has ${own.length} answers`);
		const error = (own[0].json.error ?? undefined) as { message?: unknown; description?: unknown; code?: unknown } | undefined;
		if (!error) return { what: 'item', json: own[0].json };
		if (typeof error.message !== 'string' || typeof error.description !== 'string')
			throw new Error(`Item ${index} fails without a word: ${JSON.stringify(error)}`);
		return { what: error.code === 'uncertain' ? 'uncertain' : 'failed', message: `${error.message} ${error.description}` };
	});
}
