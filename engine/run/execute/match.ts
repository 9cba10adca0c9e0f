import type { Identity, Json, Normalization, Operation } from '../../model';
import { labelOf } from '../../model/names';
import { partsOf, valueAt, withValueAt } from '../../model/pointer';
import { deepEqual, has } from '../../model/values';
import type { VendorRecord } from '../response/response';
import { isSameNumber } from '../request/json';
import { problem, type Problem } from '../problems/problem';
import { EVERY_NAME, type Redactor } from '../redact';
import type { Values } from '../input/read';
import { fieldsAt, inputsFor, sourceOf, type CurrentRequest } from '../request/reference';
import { requestOf } from '../request/request';

/** One property of an identity, as entered for one item. */
interface Wanted {
	/** Name of the property in the record, or a JSON Pointer to it. */
	property: string;
	/** The value entered; undefined if nothing was. Null was entered on purpose. */
	value: Json | undefined;
	/** The value that the vendor assumes if none is sent. */
	default?: Json;
	normalize: Normalization[];
}

/**
 * What must be equal for a record to be the one that an item means:
 *
 * | entered | the record has a value | the record has null, or lacks the property |
 * |---|---|---|
 * | a value | equal, as the vendor compares texts | no match |
 * | null, on purpose | no match | match |
 * | nothing | equal to the document's default | match |
 * | left out in Match On | match | match |
 */
export class Match {
	private constructor(
		private readonly all: Wanted[],
		/** Key that items share if they may mean the same record; they take turns. */
		readonly turn: string,
	) {}

	static of(operation: Operation, identity: Identity, currentRequest: CurrentRequest, values: Values): Match {
		const { match, optional, kept } = partsOfIdentity(identity, values);
		const all = match
			.filter(([property]) => !optional.has(property) || kept === undefined || kept.includes(property))
			.map(([property, pointer]): Wanted => {
				const standard = defaultAt(operation, pointer);
				return {
					property,
					value: valueAt(currentRequest, pointer),
					...(standard === undefined ? {} : { default: standard }),
					normalize: identity.normalize?.[property] ?? [],
				};
			});
		const name = existingName(identity, values);
		const named = name === undefined || !identity.nameField ? [] : [{ property: identity.nameField.property, value: name, normalize: [] }];
		// A property that may be left out, or that has its default value, does not tell items apart.
		const telling = all
			.filter(({ property }) => !optional.has(property))
			.map((one) => (isDefault(one) ? null : normalized(one.value, one)));
		return new Match([...all, ...named], JSON.stringify(telling));
	}

	/** Whether a record is the one meant. */
	fits(record: VendorRecord): boolean {
		return this.all.every((wanted) => fits(wanted, propertyOf(record, wanted.property)));
	}

	/** The record with the entered values in place of the vendor's: a response may omit, mask or respell them. */
	asEntered(record: VendorRecord): VendorRecord {
		return this.all.reduce<Json>((whole, { property, value }) => withPropertyOf(whole, property, value), record) as VendorRecord;
	}

	/** As text for a message: 'label "Acme"'. */
	describedBy(redactor: Redactor): string {
		return this.all
			.filter(({ value }) => value !== undefined)
			.map(({ property, value }) => `${property} ${JSON.stringify(redactor.json(value ?? null, EVERY_NAME))}`)
			.join(', ');
	}
}

/**
 * Problems if nothing of an item's identity was entered, so that it could mean any record, or if its lookup cannot be
 * sent.
 * @returns an empty list if the item can be looked up
 */
export function identityProblems(
	operation: Operation,
	identity: Identity,
	finder: Operation,
	currentRequest: CurrentRequest,
	values: Values,
): Problem[] {
	// Without its scope, the list would contain other owners' records.
	const missing = finder.inputs
		.filter(({ in: location, field }) => location !== 'body' && (field.required || identity.scope?.includes(field.name)))
		.map((input) => sourceOf(identity.find, input))
		.filter((pointer) => isBlank(valueAt(currentRequest, pointer)));
	if (missing.length > 0) return missing.map((pointer) => needed(operation, pointer));
	const { match, optional, kept } = partsOfIdentity(identity, values);
	const counted = match.filter(([property]) => !optional.has(property) || kept === undefined || kept.includes(property));
	const requested = finder.inputs.filter(({ field }) => finder.result.records === undefined || identity.scope?.includes(field.name));
	const places = [...counted.map(([, pointer]) => pointer), ...requested.map((input) => sourceOf(identity.find, input))];
	// Check the lookup's request now, not after other items have been sent.
	if (existingName(identity, values) !== undefined || places.some((pointer) => !isBlank(valueAt(currentRequest, pointer))))
		return requestOf(finder, inputsFor(identity.find, finder, currentRequest).inputs, '').problems;
	const pointers = counted.length > 0 ? counted.map(([, pointer]) => pointer) : places;
	const labels = pointers.map((pointer) => labelAt(operation, pointer));
	return [problem('identity', { label: labels[0] ?? identity.name }, pointers[0] ?? '', { labels })];
}

function needed(operation: Operation, pointer: string): Problem {
	return problem('scope', { label: labelAt(operation, pointer) }, pointer, {});
}

/** The parts of an identity: the properties to match, which of them are optional, and which of those the operator kept. */
function partsOfIdentity({ match, optionalMatch, optionalMatchKey }: Identity, values: Values) {
	const kept = optionalMatchKey === undefined ? undefined : values(optionalMatchKey);
	return { match: Object.entries(match), optional: new Set(optionalMatch), kept: Array.isArray(kept) ? (kept as unknown[]) : undefined };
}

function existingName({ nameField }: Identity, values: Values): string | undefined {
	const name = nameField === undefined ? undefined : values(nameField.key);
	return typeof name === 'string' && name.trim() !== '' ? name.trim() : undefined;
}

function fits(wanted: Wanted, found: Json | undefined): boolean {
	const isMissing = found === undefined || found === null;
	if (wanted.value === null) return isMissing;
	if (wanted.value === undefined) return isMissing || (wanted.default !== undefined && deepEqual(found, wanted.default));
	return isSameNumber(wanted.value, found) || deepEqual(normalized(found, wanted), normalized(wanted.value, wanted));
}

/** A text normalized as the vendor compares it. */
function normalized(value: Json | undefined, { normalize }: Wanted): Json | undefined {
	if (typeof value !== 'string') return value;
	let text = value;
	for (const one of normalize) text = one === 'trim' ? text.trim() : one === 'case' ? text.toLowerCase() : text.normalize('NFC');
	return text;
}

function isDefault({ value, default: standard }: Wanted): boolean {
	return value === undefined || value === null || (standard !== undefined && deepEqual(value, standard));
}

function isBlank(value: Json | undefined): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function propertyOf(record: VendorRecord, property: string): Json | undefined {
	if (property.startsWith('/')) return valueAt(record, property);
	return has(record, property) ? record[property] : undefined;
}

/** Sets a missing value to null, which no record matches by chance. */
function withPropertyOf(record: Json, property: string, value: Json | undefined): Json {
	return withValueAt(record, property.startsWith('/') ? partsOf(property) : [property], value ?? null);
}

function defaultAt(operation: Operation, pointer: string): Json | undefined {
	return fieldsAt(operation.inputs, pointer).find((field) => field.default !== undefined)?.default;
}

function labelAt(operation: Operation, pointer: string): string {
	return fieldsAt(operation.inputs, pointer)[0]?.label ?? labelOf(partsOf(pointer).pop() ?? '');
}
