import type { Operation } from '../../model';
import { CONTROLS, WAIT } from '../../model/layout';
import { idOf, type VendorRecord } from '../response/response';
import { invalid } from '../transport/errors';
import { listOf } from '../transport/pages';
import { worded } from '../problems/failures';
import { problem } from '../problems/problem';
import type { Values } from '../input/read';
import { sleepUntilAborted } from '../pacing/sleepUntilAborted';
import type { RequestInputs } from '../request/request';
import type { Connection } from '../transport/send';
import { failed, success, type Failure, type Result } from '../problems/result';

/** First pause between two readings of the list, its growth factor, and the longest pause; in milliseconds. */
const PAUSE = 1_000;
const GROWTH = 1.5;
const LONGEST = 15_000;

/**
 * Reads a list until it contains a record that was not known before.
 * @param values the operator's parameters: known ids, how long to wait (seconds), and what to do after that
 * @param signal of the execution: aborting it ends the wait
 * @returns the new records; none if the time is up and the operator wants an output rather than an error
 */
export async function waitForNew(
	connection: Connection,
	operation: Operation,
	inputs: RequestInputs,
	values: Values,
	signal?: AbortSignal,
): Promise<Result<{ records: VendorRecord[]; linked: boolean }>> {
	const seconds = Math.min(Number(values(CONTROLS.seconds) ?? WAIT.usual), WAIT.most);
	if (Number.isNaN(seconds)) return failed(invalid([problem('seconds', { label: 'Max Wait Time' }, '', {})]));
	const until = Date.now() + seconds * 1000;
	const only = values(CONTROLS.waitFor);
	const property = operation.wait?.only?.property;
	const isMeant = (record: VendorRecord) =>
		property === undefined || typeof only !== 'string' || only.trim() === '' || record[property] === only.trim();
	let known = knownIds(values(CONTROLS.known));
	let unseen: Failure | undefined;
	for (let pause = PAUSE; ; pause = Math.min(pause * GROWTH, LONGEST)) {
		const listed = await listOf(connection, operation, inputs);
		// A lasting error ends the wait; a temporary one may pass.
		if (!listed.ok) {
			if (!listed.failure.retryable) return listed;
			unseen = listed.failure;
		} else {
			unseen = undefined;
			const ids = listed.value.map((record) => idOf(operation.result, record));
			const before = known;
			const fresh = before === undefined ? [] : listed.value.filter((record, index) => !before.has(ids[index] ?? '') && isMeant(record));
			if (fresh.length > 0) return success({ records: fresh, linked: true });
			known ??= new Set(ids.flatMap((id) => id ?? []));
		}
		const left = until - Date.now();
		if (left <= 0 || signal?.aborted) break;
		await sleepUntilAborted(Math.min(pause, left), signal);
		if (signal?.aborted) break;
	}
	// If the last reading failed, nobody knows whether the link was used.
	if (unseen) return failed(unseen);
	if (values(CONTROLS.otherwise) === 'answer') return success({ records: [], linked: false });
	return failed({ ...worded('notLinked', { seconds }), retryable: true });
}

/** Ids from a list, a JSON text or a comma-separated text; undefined if none were given, which differs from an empty list. */
function knownIds(given: unknown): Set<string> | undefined {
	if (Array.isArray(given)) return new Set(given.map(String));
	if (typeof given !== 'string' || given.trim() === '') return undefined;
	try {
		const parsed: unknown = JSON.parse(given);
		if (Array.isArray(parsed)) return new Set(parsed.map(String));
	} catch {
		// Not JSON: comma-separated ids.
	}
	return new Set(
		given
			.split(',')
			.map((id) => id.trim())
			.filter(Boolean),
	);
}
