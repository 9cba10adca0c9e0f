import type { Operation } from '../model';
import { valueAtPlace } from '../pointer';
import type { Record } from './answer';
import type { Failure } from './errors';
import type { Given } from './request';
import type { Connection } from './send';

/** A vendor that never sends a short page ends somewhere, too. */
const MAX_PAGES = 10_000;

/**
 * Reads a list, page after page where the vendor pages it.
 * @param limit how many records are wanted at most
 */
export async function listOf(connection: Connection, operation: Operation, given: Given, limit = Infinity): Promise<{ records: Record[] } | { failure: Failure }> {
	const { paging } = operation;
	const records: Record[] = [];
	for (let page = 0; page < MAX_PAGES; page++) {
		const size = paging ? Math.min(paging.size, limit - records.length) : 0;
		const query = paging ? `${encodeURIComponent(paging.limit)}=${size}&${encodeURIComponent(paging.offset)}=${records.length}` : '';
		const called = await connection.call(operation, given, query);
		if ('failure' in called) return called;
		records.push(...called.records);
		const total = paging?.total === undefined ? undefined : Number(valueAtPlace(called.body, paging.total));
		const last = called.records.length === 0 || (total === undefined || Number.isNaN(total) ? called.records.length < size : records.length >= total);
		if (!paging || last || records.length >= limit) break;
	}
	return { records: records.slice(0, limit) };
}
