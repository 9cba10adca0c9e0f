import type { Json, Operation, Pagination } from '../model';
import { valueAtPlace } from '../pointer';
import type { VendorRecord } from './answer';
import { invalid, type Failure } from './errors';
import type { Given } from './request';
import type { Connection } from './send';

/** A vendor that never sends a short page ends somewhere, too. */
const MAX_PAGES = 10_000;

/**
 * Reads a list, page after page where the vendor pages it.
 * @param limit how many records are wanted at most, as an expression may have given it
 */
export async function listOf(
	connection: Connection,
	operation: Operation,
	given: Given,
	limit = Infinity,
): Promise<{ records: VendorRecord[] } | { failure: Failure }> {
	if (limit !== Infinity && !(Number.isInteger(limit) && limit >= 1))
		return {
			failure: invalid([
				{ field: 'Limit', text: 'must be a whole number of at least 1', hint: "Correct 'Limit', or the expression that gives it" },
			]),
		};
	const { pagination: paging } = operation;
	const records: VendorRecord[] = [];
	for (let page = 0; page < MAX_PAGES; page++) {
		const size = paging ? Math.min(paging.size ?? 0, limit - records.length) : 0;
		const query = paging ? pageQuery(paging, size, records.length) : '';
		const called = await connection.call(operation, given, query);
		if ('failure' in called) return called;
		records.push(...called.records);
		const total = paging?.response?.total === undefined ? undefined : countOf(valueAtPlace(called.body, paging.response.total));
		const last = called.records.length === 0 || (total === undefined ? called.records.length < size : records.length >= total);
		if (!paging || last || records.length >= limit) break;
	}
	return { records: records.slice(0, limit) };
}

/** The query that asks for one page. */
export function pageQuery({ request: { limit = '', offset = '' } = {} }: Pagination, size: number, from: number): string {
	return `${encodeURIComponent(limit)}=${size}&${encodeURIComponent(offset)}=${from}`;
}

/** How many there are, where the vendor says so: null is no number. */
function countOf(value: Json | undefined): number | undefined {
	const isCount = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
	return isCount ? Number(value) : undefined;
}
