import type { Operation, Vendor } from '../../model';
import { keyOf } from '../../model/names';
import { idOf, linkOf, type VendorRecord } from './response';

/** What became of a record; the word that stands in the output. */
export type Done = 'created' | 'linkCreated' | 'updated' | 'reused' | 'done';

/**
 * A record as an item: what a next node needs comes first, under the same names for every vendor.
 * @param done what became of the record; nothing where it was only read
 * @param known the id that was asked for, where an answer may tell of another one (`id`), or where it need not repeat it
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
		// A link that two items share is for the customer to open all the same.
		...(done === undefined ? {} : { outcome: id === undefined && link !== undefined ? 'linkCreated' : done }),
	};
	// The vendor's own field of such a name gives way, and keeps its place no more.
	return { ...stable, ...record, ...stable };
}

/**
 * A record that is gone.
 * @param record what the vendor says of it, if anything
 */
export function deletedItem(operation: Operation, vendor: Vendor, record: VendorRecord, requestedId: string | undefined): VendorRecord {
	const { result } = operation;
	const id = requestedId ?? idOf(result, record);
	const stable = { deleted: true, ...(id === undefined ? {} : { [idName(operation)]: id }), vendor: vendor.name, outcome: 'deleted' };
	// Where the document says that the answer is no more than a confirmation, it is none of the record.
	return result.deleted ? stable : { ...stable, ...record, ...stable };
}

/** Under which name the id of a record stands in an item: `credentialId`, `userId`. */
export function idName({ resource }: Operation): string {
	const name = idNames.get(resource) ?? keyOf([resource, 'id']);
	idNames.set(resource, name);
	return name;
}

/** By resource: a list has thousands of records. */
const idNames = new Map<string, string>();

/** The ten fields or fewer that the document calls telling. */
export function simplified({ result }: Operation, record: VendorRecord): VendorRecord {
	const kept = result.simple ?? Object.keys(record);
	return Object.fromEntries(Object.entries(record).filter(([name]) => kept.includes(name)));
}
