import { CONCURRENT, RETRIES, TIMEOUT } from '../../model/layout';
import { problem, type Problem } from '../problems/problem';
import type { Values } from './read';

/** What the operator set under Options, or the defaults. */
export interface Options {
	/** How long the vendor may take to answer, in milliseconds. */
	timeout: number;
	/** How many items are sent at the same time. */
	concurrent: number;
	/** Maximum number of retries per item. */
	retries: number;
	dryRun: boolean;
	/** What to do with an item that may be finished when n8n runs the node again. */
	uncertain: 'hold' | 'send';
}

/**
 * Reads the options; expressions may give them any value.
 * @param usual how many requests the vendor accepts at once, if its document says so
 */
export function readOptions(values: Values, usual = CONCURRENT): { options: Options; problems: Problem[] } {
	const given = (values('options') ?? {}) as { [name: string]: unknown };
	const problems: Problem[] = [];
	const count = (name: string, label: string, least: number, otherwise: number): number => {
		const entered = given[name] ?? otherwise;
		const number = typeof entered === 'string' && entered.trim() === '' ? NaN : Number(entered);
		if (Number.isInteger(number) && number >= least) return number;
		problems.push(problem('wholeNumber', { label }, '', { least, isOption: true }));
		return otherwise;
	};
	return {
		options: {
			timeout: count('timeout', 'Timeout', 1, TIMEOUT),
			concurrent: count('concurrent', 'Max Concurrent Requests', 1, usual),
			retries: count('retries', 'Max Retries', 0, RETRIES),
			// Nothing is sent a second time unless the operator says so.
			uncertain: given.uncertain === 'send' ? 'send' : 'hold',
			// Any unclear value counts as a dry run: nothing is sent.
			dryRun: ![undefined, null, false, 'false'].some((off) => off === given.dryRun),
		},
		problems,
	};
}
