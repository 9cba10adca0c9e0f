import type { Operation, Vendor } from '../../model';
import { keyOf } from '../../model/names';
import { idOf, linkOf, type VendorRecord } from './response';

/** What happened to a record, in the word used in the output. */
export type Done = 'created' | 'linkCreated' | 'updated' | 'reused' | 'done';

/**
 * The output item of a record: what the next node needs comes first, under the same names for every vendor.
 * @param done what happened to the record; absent if it was only read
 * @param known the requested id: as `id` it overrides the response, which may name another; `otherwise` is a fallback
 */
export function itemOf(
	operation: Operation,
	vendor: Vendor,
	record: VendorRecord,
	done?: Done,
	known: { id?: string; otherwise?: string } = {},
): VendorRecord {
	const { result } = operation;
	const id = known.id ?? idOf(result, record) ?? known.otherwise;
	const link = linkOf(result, record);
	const stable: VendorRecord = {
		...(id === undefined ? {} : { [idName(operation)]: id }),
		...(link === undefined ? {} : { link }),
		vendor: vendor.name,
		// Without an id, a link is all that was created, even if two items share it: the customer still has to open it.
		...(done === undefined ? {} : { outcome: id === undefined && link !== undefined ? 'linkCreated' : done }),
	};
	// These properties come first, and replace the vendor's own properties of the same names.
	return { ...stable, ...record, ...stable };
}

/**
 * The output item of a deleted record.
 * @param record what the vendor says about it, if anything
 */
export function deletedItem(operation: Operation, vendor: Vendor, record: VendorRecord, requestedId: string | undefined): VendorRecord {
	const { result } = operation;
	const id = requestedId ?? idOf(result, record);
	const stable = { deleted: true, ...(id === undefined ? {} : { [idName(operation)]: id }), vendor: vendor.name, outcome: 'deleted' };
	// If the document says that the response only confirms the deletion, it has nothing to say about the record.
	return result.deleted ? stable : { ...stable, ...record, ...stable };
}

/** The name of a record's id in an item: `credentialId`, `userId`. */
export function idName({ resource }: Operation): string {
	const name = idNames.get(resource) ?? keyOf([resource, 'id']);
	idNames.set(resource, name);
	return name;
}

/** Cache by resource, since a list has thousands of records. */
const idNames = new Map<string, string>();

/** A record reduced to the properties that the document marks as telling, ten at most. */
export function simplified({ result }: Operation, record: VendorRecord): VendorRecord {
	const kept = result.simple ?? Object.keys(record);
	return Object.fromEntries(Object.entries(record).filter(([name]) => kept.includes(name)));
}
