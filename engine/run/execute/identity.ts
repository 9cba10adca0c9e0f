import type { Field, Identity, Operation, Vendor } from '../../model';
import { pointerOf } from '../../model/pointer';
import { idOf, type VendorRecord } from '../response/response';
import type { BinaryFile } from '../request/body';
import { SETTLED } from '../transport/certainty';
import { Checker } from '../validate/check';
import { invalid, nounOf, uncertainIfOpen, uncertain } from '../transport/errors';
import type { Existing, ExistingRecord } from './existing';
import { identityProblems, Match } from './match';
import { idParameterOf } from '../input/operation';
import type { Ready } from './prepare';
import { worded, type Worded } from '../problems/failures';
import type { Problem } from '../problems/problem';
import { currentRequestOf, inputsFor, sourceOf, type CurrentRequest } from '../request/reference';
import type { RequestInputs } from '../request/request';
import { Tries, type Connection } from '../transport/send';
import type { Done } from '../response/shape';
import { failed, success, type Failure, type Result } from '../problems/result';

/** Statuses with which a vendor may refuse a record it already has: someone else may have created it since this run looked. */
const MAY_EXIST = new Set([400, 409, 422]);
/** After this many fruitless lookups, a refusal of the same kind is taken to have another cause. */
const FRUITLESS_LOOKS = 3;

/** What became of one item. */
export interface Settled {
	record: VendorRecord;
	done: Done;
	/** Id of a record that was found rather than created. */
	id?: string;
}

/** One item on its way to becoming a record. */
interface Candidate {
	connection: Connection;
	request: Ready['request'];
	files: Map<string, BinaryFile>;
	currentRequest: CurrentRequest;
	match: Match;
}

/** Creates a record unless it exists; an existing one is updated, or used as it is. */
export class CreateUnlessExisting {
	private readonly finder: Operation;
	private readonly fruitless = new Map<string, number>();

	constructor(
		private readonly vendor: Vendor,
		private readonly operation: Operation,
		private readonly identity: Identity,
		private readonly existing: Existing,
	) {
		this.finder = vendor.references[identity.find.operation];
	}

	/** What prevents an item from being told apart from others. */
	problems(inputs: RequestInputs, values: Ready['values']): Problem[] {
		return identityProblems(this.operation, this.identity, this.finder, currentRequestOf(inputs), values);
	}

	/** @param doubt when an earlier attempt of this item failed with an unknown outcome, in epoch milliseconds */
	async run(ready: Ready, files: Map<string, BinaryFile>, doubt?: number): Promise<Result<Settled>> {
		const candidate = this.candidate(ready, files);
		return await this.inTurn(candidate, async () => await this.settle(candidate, doubt));
	}

	/**
	 * After a creation with an unknown outcome: sends it again only if the record is not there. A record that is there may
	 * be someone else's, so a person has to decide.
	 */
	async afterDoubt(ready: Ready, files: Map<string, BinaryFile>, doubt: number): Promise<Result<Settled>> {
		const candidate = this.candidate(ready, files);
		return await this.inTurn(candidate, async () => {
			const { connection } = candidate;
			await connection.until(doubt + SETTLED);
			const found = await this.find(candidate, doubt + SETTLED);
			if (!found.ok || found.value.length > 0) {
				const why = found.ok ? this.mayBe(found.value, connection) : found.failure;
				return failed({ ...uncertain(this.vendor, this.operation, why), since: doubt });
			}
			const created = await connection.send(this.operation, candidate.request, files);
			if (created.ok) return await this.note(candidate, created.value.records[0] ?? {});
			return failed(uncertainIfOpen(this.vendor, this.operation, created.failure));
		});
	}

	private candidate({ connection, request, inputs, values }: Ready, files: Map<string, BinaryFile>): Candidate {
		const currentRequest = currentRequestOf(inputs);
		return { connection, request, files, currentRequest, match: Match.of(this.operation, this.identity, currentRequest, values) };
	}

	private async inTurn(candidate: Candidate, work: () => Promise<Result<Settled>>): Promise<Result<Settled>> {
		return await this.existing.inTurn(`${this.placeOf(candidate)} ${candidate.match.turn}`, work);
	}

	/**
	 * The key under which this run notes what it creates: that of the list that will contain it. If the finder returns a
	 * single record by its identity, all of them share one key, since the vendor may treat two spellings as the same.
	 */
	private placeOf({ connection, currentRequest }: Candidate): string {
		const inputs = this.finderInputs(currentRequest);
		const matched = this.finder.result.records === undefined ? Object.values(this.identity.match) : [];
		const others = inputs.filter(({ input }) => !matched.includes(sourceOf(this.identity.find, input)));
		return this.existing.keyOf(connection, this.finder, others);
	}

	private async settle(candidate: Candidate, doubt?: number): Promise<Result<Settled>> {
		const { connection } = candidate;
		const tries = new Tries();
		let since = 0;
		if (doubt !== undefined) {
			since = doubt + SETTLED;
			await connection.until(since);
		}
		for (let refusal: Failure | undefined, open = doubt; ; open = undefined) {
			const settled = await this.useWhatFits(candidate, since);
			if (settled) return this.stillOpen(settled, open);
			// The vendor refused, and no record was found, so it refused for another reason.
			if (refusal) return failed(this.withoutFruit(refusal));

			const created = await connection.send(this.operation, candidate.request, candidate.files, tries);
			if (created.ok) return await this.note(candidate, created.value.records[0] ?? {});
			const { failure } = created;
			if (failure.done === 'unknown') {
				const settled = await this.resolve(candidate, failure, tries);
				if (settled) return settled;
				since = 0;
			} else if (this.mayExist(failure)) {
				refusal = failure;
				since = Date.now();
			} else return failed(failure);
		}
	}

	/**
	 * After a creation with an unknown outcome: looks at once, and again when anything stored or listed late should be
	 * visible. A record found is updated or used, and never reported as created: it may be someone else's.
	 * @returns undefined if the record is not there and the creation should be sent again
	 */
	private async resolve(candidate: Candidate, failure: Failure, tries: Tries): Promise<Result<Settled> | undefined> {
		const { connection } = candidate;
		const failedAt = Date.now();
		const again = failure.retryable && (await connection.pause(tries, failure));
		for (const since of [Date.now(), failedAt + SETTLED]) {
			await connection.until(since);
			const settled = await this.useWhatFits(candidate, since);
			if (settled) return this.stillOpen(settled, failedAt);
		}
		// Not found. But with a 2xx status, the vendor has accepted the creation, and the record may still appear.
		const isPromised = failure.status !== undefined && failure.status < 300;
		if (isPromised) return failed(uncertain(this.vendor, this.operation, failure));
		return again ? undefined : failed({ ...failure, done: 'no' });
	}

	/**
	 * Updates or uses the record that matches.
	 * @returns undefined if none does
	 */
	private async useWhatFits(candidate: Candidate, since: number): Promise<Result<Settled> | undefined> {
		const found = await this.find(candidate, since);
		if (!found.ok) return found;
		const [first, ...others] = found.value;
		if (others.length > 0) return failed(this.ambiguous(candidate, found.value));
		return first ? await this.use(candidate, first) : undefined;
	}

	/** Keeps the doubt about an earlier creation whenever the item fails, for whatever reason. */
	private stillOpen(settled: Result<Settled>, doubt: number | undefined): Result<Settled> {
		if (doubt === undefined || settled.ok) return settled;
		return failed({ ...uncertain(this.vendor, this.operation, settled.failure), since: doubt });
	}

	private finderInputs(currentRequest: CurrentRequest): RequestInputs {
		return inputsFor(this.identity.find, this.finder, currentRequest).inputs;
	}

	private async find(candidate: Candidate, since: number): Promise<Result<ExistingRecord[]>> {
		const { connection, currentRequest, match } = candidate;
		const all = await this.existing.look(connection, this.finder, this.finderInputs(currentRequest), this.placeOf(candidate), since);
		if (!all.ok) return all;
		return success(all.value.filter(({ record, entered }) => match.fits(record) || (entered && match.fits(entered))));
	}

	/** Notes a created record: it exists, whether or not a list read meanwhile shows it. */
	private async note(candidate: Candidate, record: VendorRecord): Promise<Result<Settled>> {
		const { connection, match } = candidate;
		const id = idOf(this.operation.result, record);
		const entered = match.asEntered(record);
		// Another item may output this record, and its redactor does not know the secrets of this one.
		const [shown] = await connection.shown(this.operation, [{ ...entered, ...record }]);
		const made = { record, entered, shown, ...(id === undefined ? {} : { id }) };
		this.existing.add(this.placeOf(candidate), made);
		return success({ record, done: 'created' });
	}

	private async use({ connection, currentRequest, match }: Candidate, existing: ExistingRecord): Promise<Result<Settled>> {
		const { update } = this.identity;
		const { id } = existing;
		if (update === undefined) return success({ record: existing.shown, id, done: 'reused' });
		const operation = { ...this.vendor.references[update], operation: 'update' };
		const inputs = updateOf(operation, currentRequest, existing.id);
		const checker = new Checker();
		for (const { input, value } of inputs) checker.check(input.field, value, pointerOf(input));
		if (checker.problems.length > 0) return failed(invalid(checker.problems));
		const updated = await connection.call(operation, inputs);
		if (!updated.ok) return failed(uncertainIfOpen(this.vendor, this.operation, updated.failure, operation));
		const [record = {}] = updated.value.records;
		// The response may describe something else, such as a job that was started.
		if ((idOf(operation.result, record) ?? id) === id) existing.record = { ...existing.record, ...record };
		existing.entered = match.asEntered(existing.record);
		const [shown] = await connection.shown(operation, [record]);
		existing.shown = { ...existing.shown, ...shown };
		return success({ record: existing.shown, id, done: 'updated' });
	}

	/** Whether a refusal may mean that the record exists: 409 always may, other statuses only until lookups prove fruitless too often. */
	private mayExist(failure: Failure): boolean {
		if (!MAY_EXIST.has(failure.status ?? 0)) return false;
		return failure.status === 409 || (this.fruitless.get(kindOf(failure)) ?? 0) < FRUITLESS_LOOKS;
	}

	private withoutFruit(failure: Failure): Failure {
		this.fruitless.set(kindOf(failure), (this.fruitless.get(kindOf(failure)) ?? 0) + 1);
		return failure;
	}

	private ambiguous({ connection, match }: Candidate, fitting: ExistingRecord[]): Failure {
		const what = match.describedBy(connection.redactor);
		const ids = idsOf(fitting, connection);
		const words = worded('ambiguous', { vendor: this.vendor.name, count: fitting.length, what, ids });
		return { ...words, retryable: false, done: 'no' };
	}

	/** The records found after a doubtful creation, described so that a person can decide. */
	private mayBe(found: ExistingRecord[], connection: Connection): Worded {
		return worded('mayBe', { vendor: this.vendor.name, noun: nounOf(this.operation), ids: idsOf(found, connection) });
	}
}

function idsOf(found: ExistingRecord[], { redactor }: Connection): string {
	const ids = found.flatMap(({ id }) => id ?? []);
	return `${ids
		.slice(0, 5)
		.map((id) => redactor.text(id))
		.join(', ')}${ids.length > 5 ? ', …' : ''}`;
}

function kindOf({ status, code }: Failure): string {
	return `${status} ${code}`;
}

/** The inputs of an update: the id of the record found, and what the update accepts of the current request. */
function updateOf(operation: Operation, currentRequest: CurrentRequest, id: string | undefined): RequestInputs {
	const own = idParameterOf(operation);
	return operation.inputs.flatMap((input): RequestInputs => {
		if (input === own) return id === undefined ? [] : [{ input, value: id }];
		if (input.in !== 'body') return inputsFor({}, { ...operation, inputs: [input] }, currentRequest).inputs;
		const names = namesIn(input.field);
		const body = typeof currentRequest.body === 'object' && currentRequest.body !== null ? currentRequest.body : {};
		return [{ input, value: Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name))) }];
	});
}

/** The property names that a body can have, in any union option. */
function namesIn(field: Field): string[] {
	if (field.kind === 'object') return field.fields.map(({ name }) => name);
	return field.kind === 'union' ? field.options.flatMap((option) => namesIn(option.field)) : [];
}
