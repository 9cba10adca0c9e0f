import type {
	Field,
	PlacedEnumField,
	PlacedField,
	PlacedObjectField,
	PlacedArrayField,
	PlacedRecordField,
	PlacedSingleField,
	PlacedUnionField,
	UnionField,
} from '../../model';
import { holdsSecret, isMasked, isPlainList, OTHER, ROW, storedKey } from '../../model/layout';
import { labelOf } from '../../model/names';
import { escapePart } from '../../model/pointer';
import { append, has, isObject, put } from '../../model/values';
import {
	isAutomatic,
	isEmpty,
	isInMapper,
	likelyValues,
	mappedEntries,
	type MappedEntry,
	type MappedField,
	type MapperSource,
	type NamedRows,
} from './mapper';
import { BinaryReference, type BodyValue } from '../request/bodyValue';
import { parseEntered } from '../request/json';
import { withLineBreaks } from './pem';
import { receivedOf, problem, type Problem } from '../problems/problem';
import type { Store } from '../credentials/store';
import { asBoolean, asDate, asNumber, asText, located, rowsOf } from './values';

/** The parameters of one level, by name. */
export interface Values {
	(name: string): unknown;
	/** Whether an expression gives the value; then an empty result is a mistake rather than a choice. */
	isExpression?(name: string): boolean;
	/** The parameter as it is stored, with its expressions. */
	stored?(name: string): unknown;
}

/** Stands for a value that could not be read; a problem says why. */
export const UNREADABLE = Symbol('unreadable');

/** A value as entered; an expression can give anything. */
export type Entered = BodyValue | typeof UNREADABLE | undefined;

/** Reads the fields of one item from its parameters: only what was touched, and of a union only the chosen option. */
export class Reader {
	readonly problems: Problem[] = [];
	/** Index of the chosen option, by `optionKey`. */
	readonly chosenOptions = new Map<string, number>();

	/** Maps whose names come from the vendor or depend on another field. */
	readonly named: NamedRows[] = [];

	/**
	 * @param timezone IANA name of the workflow's zone, for picked dates, which have none
	 * @param store n8n's encrypted store, if secrets are chosen from it by name
	 * @param source what resource mappers are read from; without it, columns cannot be mapped
	 */
	constructor(
		private readonly timezone: string,
		private readonly store?: Store,
		private readonly source?: MapperSource,
	) {}

	/**
	 * @param field what to read
	 * @param values the parameters of the field's level
	 * @param pointer where the value will be in the request
	 * @returns undefined if nothing was entered
	 */
	read(field: PlacedField, values: Values, pointer: string): Entered {
		if (field.kind === 'record' && isInMapper(field, values) && field.collection !== undefined) return this.mapped(field, values, pointer);
		if (field.required) return this.own(field, values, pointer, true);
		if (field.shown) return this.shown(field, values, pointer);
		const added = values(field.collection as string);
		if (field.kind === 'record' && field.dynamic && !(isObject(added) && has(added, field.wrap as string)))
			this.named.push({ field, pointer, picked: [], leftOut: true });
		if (!isObject(added)) return undefined;
		if (field.wrap === undefined) return this.isIn(added, field) ? this.own(field, valuesOf(added), pointer, false) : undefined;
		const wrapped = has(added, field.wrap) ? added[field.wrap] : undefined;
		if (wrapped === null && field.nullable) return null;
		const row = isObject(wrapped) ? wrapped[ROW] : undefined;
		return isObject(row) ? this.own(field, valuesOf(row), pointer, false) : undefined;
	}

	/** Whether a field with a single parameter was added. */
	private isIn(added: { [name: string]: unknown }, field: PlacedField): boolean {
		return 'key' in field && has(added, this.keyOf(field.key, isMasked(field)));
	}

	/**
	 * Reads an optional field that is always shown: left empty, it is not sent. But if it offers a way to be left out on
	 * purpose, or an expression was to give its value, an empty value is a mistake. Rows that hold no secret are a mere
	 * addition: without any, nothing is sent.
	 */
	private shown(field: PlacedField, values: Values, pointer: string): Entered {
		const value = this.own(field, values, pointer, true);
		if (value !== undefined && !(value === null && field.kind === 'string')) return value;
		const input = 'input' in field ? field.input : undefined;
		const leftOut = field.kind === 'union' ? field.leftOut : undefined;
		const onPurpose = input ? values(input.key) === 'none' : field.kind === 'union' && values(field.selector) === leftOut;
		const isAddition = field.kind === 'record' && !holdsSecret(field) && input !== undefined && values(input.key) !== 'json';
		const isComposite = (input !== undefined && !isAddition) || leftOut !== undefined;
		const isExpression = 'key' in field && values.isExpression?.(this.keyOf(field.key, isMasked(field)));
		if (onPurpose || !(isComposite || isExpression)) return undefined;
		const leaveOutIn = isComposite ? (input ? `Specify ${field.label}` : selectorLabelOf(field)) : undefined;
		this.problems.push(problem('missingFromShown', field, pointer, { leaveOutIn }));
		return UNREADABLE;
	}

	/** @param needed whether an empty text counts as not filled in, rather than as intended */
	private own(field: PlacedField, values: Values, pointer: string, needed: boolean): Entered {
		switch (field.kind) {
			case 'const':
				return field.value;
			case 'object':
			case 'record':
			case 'array':
				return this.composite(field, values, pointer);
			case 'union':
				return this.union(field, values, pointer, needed);
			case 'string':
			case 'number':
			case 'boolean':
			case 'date':
			case 'enum':
			case 'json':
				return this.single(field, values, pointer, needed);
		}
	}

	private single(field: PlacedSingleField, values: Values, pointer: string, needed: boolean): Entered {
		if (field.kind === 'string' && field.fileKeys && values(field.fileKeys.source) === 'binary')
			return new BinaryReference(asText(values(field.fileKeys.binary)) ?? 'data', field.label);
		const entered = values(this.keyOf(field.key, isMasked(field)));
		const value = isMasked(field) ? this.fromStore(field, located(entered), pointer) : located(entered);
		if (value === undefined || value === UNREADABLE) return value;
		if (value === null) return field.nullable ? null : undefined;
		switch (field.kind) {
			case 'string':
				return this.text(field, value, needed);
			case 'number':
				return value === '' ? undefined : asNumber(value);
			case 'boolean':
				return asBoolean(value);
			case 'date':
				return asDate(field, value, this.timezone);
			case 'enum':
				if (field.otherKey !== undefined && value === OTHER) return this.other(field, field.otherKey, values, pointer, needed);
				return (
					field.choices.find((choice) => choice.value === value) ??
					field.choices.find((choice) => String(choice.value) === String(value)) ?? { value }
				).value as BodyValue;
			case 'json':
				return this.json(field, value, pointer);
		}
	}

	/** A text that is none of the choices. */
	private other(field: PlacedEnumField, key: string, values: Values, pointer: string, needed: boolean): Entered {
		const entered = values(this.keyOf(key, field.secret)) ?? '';
		const text = field.secret ? this.fromStore(field, entered, pointer) : entered;
		return text === UNREADABLE ? text : this.text(field, text, needed);
	}

	/** The parameter that holds a value: the secret itself, or its name in the store. */
	private keyOf(key: string, masked: boolean): string {
		return this.store && masked ? storedKey(key) : key;
	}

	/** The stored secret of the chosen name. */
	private fromStore(field: Field, entered: unknown, pointer: string): unknown {
		if (!this.store || entered === undefined || entered === null || entered === '') return entered;
		const secret = this.store.get(String(entered));
		if (secret !== undefined) return secret;
		this.problems.push(problem('storedSecret', field, pointer, { names: [...this.store.keys()] }));
		return UNREADABLE;
	}

	private text(field: Field, value: unknown, needed: boolean): Entered {
		const text = asText(value);
		if (text === undefined) return value as BodyValue;
		// An empty required text was not filled in. Entries of lists and maps have no name; there an empty text is intended.
		if (text === '' && needed && field.name !== '') return undefined;
		return field.secret ? withLineBreaks(text) : text;
	}

	private composite(field: PlacedObjectField | PlacedRecordField | PlacedArrayField, values: Values, pointer: string): Entered {
		// A parameter missing from the stored workflow has its default.
		const mode = field.input
			? (values(field.input.key) ?? (values.isExpression?.(field.input.key) ? undefined : field.input.modes[0]))
			: 'fields';
		if (mode === 'null') return null;
		if (mode === 'none') return undefined;
		if (mode === 'json') {
			const masked = holdsSecret(field);
			const entered = values(this.keyOf(field.input?.jsonKey as string, masked));
			const text = masked ? this.fromStore(field, entered, pointer) : entered;
			return text === UNREADABLE ? text : this.json(field, text, pointer);
		}
		if (field.kind === 'record' && isInMapper(field, values)) return this.mapped(field, values, pointer);
		if (mode !== 'fields') {
			const given = { literal: String(JSON.stringify(mode)) };
			this.problems.push(problem('mode', field, pointer, { received: given, modes: field.input?.modes ?? [] }));
			return UNREADABLE;
		}
		if (field.kind === 'object') return this.object(field, values, pointer);
		return field.kind === 'record' ? this.record(field, values, pointer) : this.array(field, values, pointer);
	}

	private object(field: PlacedObjectField, values: Values, pointer: string): Entered {
		const object: { [name: string]: BodyValue } = {};
		for (const child of field.fields) {
			const where = `${pointer}/${escapePart(child.name)}`;
			const value = this.read(child, values, where);
			// An empty secret, where intended, has to be entered as JSON.
			if (value === '' && child.kind === 'string' && child.secret && field.input?.modes.includes('json'))
				this.problems.push(problem('empty', child, where, {}));
			if (value !== undefined) put(object, child.name, value);
		}
		const extraLabel = field.extra?.label ?? '';
		const extra = field.extra ? this.read(field.extra, values, pointer) : undefined;
		if (!isObject(extra)) return object;
		for (const [name, value] of Object.entries(extra)) {
			const twin = field.fields.find((child) => child.name === name);
			if (twin) this.problems.push(problem('twice', twin, `${pointer}/${escapePart(name)}`, { other: extraLabel }));
			else put(object, name, value);
		}
		return object;
	}

	private record(field: PlacedRecordField, values: Values, pointer: string): Entered {
		const picked: string[] = [];
		const object: { [name: string]: BodyValue } = {};
		const rows = rowsOf(values(field.key));
		// An empty map, where intended, has to be entered as JSON.
		if (rows.length === 0 && (field.required || field.shown)) return undefined;
		if (field.dynamic ?? field.suggestedBy) this.named.push({ field, pointer, picked });
		rows.forEach((row, index) => {
			const chosen = (field.suggestions ?? field.dynamic) && row.name === OTHER ? row.otherName : row.name;
			const name = asText(chosen);
			const where = `${pointer}/${escapePart(name ?? '')}`;
			if (!name) this.problems.push(problem('noName', field, pointer, { row: index + 1 }));
			else if (has(object, name)) this.problems.push(problem('nameTwice', field, pointer, { received: { literal: `"${name}"` } }));
			else {
				if (chosen === row.name) picked.push(name);
				const value = this.read(field.value, valuesOf(row), where);
				const isNothing = value === undefined || (value === null && field.value.kind === 'string' && field.value.secret);
				if (isNothing || (value === '' && field.value.secret))
					this.problems.push(problem(isNothing ? 'missingInRow' : 'emptyInRow', { label: `${field.label}: ${name}` }, where, {}));
				if (value !== undefined) put(object, name, value);
			}
		});
		return object;
	}

	/** Reads n8n's resource mapper. Before the vendor's fields are fetched, its values cannot be told from leftovers. */
	private mapped(field: MappedField, values: Values, pointer: string): Entered {
		const { key } = field.mapper;
		const inRows = field.collection === undefined ? undefined : values(field.collection);
		if (isObject(inRows) && has(inRows, field.wrap as string))
			this.problems.push(problem('twice', field, pointer, { other: labelOf(field.collection as string) }));
		const entered = values(key);
		const automatic = isAutomatic(entered);
		const layout = this.source?.layouts?.get(pointer);
		if (this.source ? !layout : automatic) {
			const unread = this.source && (Object.fromEntries(likelyValues(entered, this.source)) as { [name: string]: BodyValue });
			if (unread) this.named.push({ field, pointer, picked: [], mapped: { isAutomatic: automatic, labels: new Map(), unread } });
			else this.problems.push(problem('noColumns', field, pointer, {}));
			return UNREADABLE;
		}
		const all = mappedEntries(entered, values.stored?.(key), this.source ?? { columns: {} }, layout ?? []);
		const object: { [name: string]: BodyValue } = {};
		for (const one of all) {
			const value = this.entry(field, one, `${pointer}/${escapePart(one.name)}`);
			if (value !== undefined) put(object, one.name, value);
		}
		const mapped = { isAutomatic: automatic, labels: new Map(all.map(({ name, label }) => [name, label])) };
		const isLeftOut = all.length === 0;
		// The vendor may require some, so it is asked even where there is none.
		if (isLeftOut) this.named.push({ field, pointer, picked: [], mapped, leftOut: true });
		else this.named.push({ field, pointer, picked: all.map(({ name }) => name), mapped });
		return isLeftOut ? undefined : object;
	}

	/** The value of one field in the mapper, as a row of the map would give it. */
	private entry(field: PlacedRecordField, { label, value, field: known }: MappedEntry, pointer: string): Entered {
		const labelled = { ...field.value, label: `${field.label}: ${label}` };
		if (isEmpty(value)) {
			if (value === '' && !field.value.secret) return value;
			this.problems.push(problem('noValue', labelled, pointer, {}));
			return UNREADABLE;
		}
		const reader = known?.isPlain ? new Reader(this.timezone) : this;
		const read = reader.read(labelled, () => value, pointer);
		if (reader !== this) append(this.problems, reader.problems);
		return read;
	}

	private array(field: PlacedArrayField, values: Values, pointer: string): Entered {
		const entered = values(this.keyOf(field.key, isMasked(field)));
		if (entered === null && field.nullable) return null;
		if (entered === undefined || entered === null || entered === '') return undefined;
		const read = isPlainList(field)
			? [entered].flat().map((one, index) => this.single(field.item as PlacedSingleField, () => one, `${pointer}/${index}`, false))
			: rowsOf(entered).map((row, index) => this.read(field.item, valuesOf(row), `${pointer}/${index}`));
		read.forEach((one, index) => {
			if (one !== undefined) return;
			const label = `${field.item.label} ${index + 1}`;
			this.problems.push(problem('missingEntry', { label }, `${pointer}/${index}`, { of: field.label }));
		});
		return read.filter(isGiven);
	}

	private union(field: PlacedUnionField, values: Values, pointer: string, needed: boolean): Entered {
		const chosen = values(field.selector);
		if (chosen === undefined || (chosen === null && !field.nullable)) return undefined;
		if (chosen === null) return null;
		if (field.leftOut !== undefined && chosen === field.leftOut) return undefined;
		const index = field.options.findIndex((option) => option.value === String(chosen));
		if (index === -1) {
			const given = field.secret ? undefined : receivedOf(chosen);
			const values = field.options.map((option) => (option.label === option.value ? option.value : `${option.value} (${option.label})`));
			this.problems.push(problem('enum', { label: field.selectorLabel }, pointer, { values, received: given }));
			return UNREADABLE;
		}
		this.chosenOptions.set(optionKey(field, pointer), index);
		return this.own(field.options[index].field, values, pointer, needed);
	}

	/** Parses a JSON text; a value from an expression is taken as it is. */
	private json(field: Field, value: unknown, pointer: string): Entered {
		if (typeof value !== 'string') return value === null && field.kind !== 'json' && !field.nullable ? undefined : (value as BodyValue);
		if (value.trim() === '') return undefined;
		try {
			return parseEntered(value);
		} catch (error) {
			// The parser's own message repeats the text, which may be secret.
			const position = /position (\d+)/.exec((error as Error).message);
			const character = position ? Number(position[1]) + 1 : undefined;
			this.problems.push(problem('json', field, pointer, { character }));
			return UNREADABLE;
		}
	}
}

function selectorLabelOf(field: Field): string {
	return field.kind === 'union' ? field.selectorLabel : field.label;
}

/** Key of a union's chosen option. The pointer alone is not enough: two unions can share one place. */
export function optionKey({ selector = '' }: UnionField & { selector?: string }, pointer: string): string {
	return `${selector} ${pointer}`;
}

/** An object as the parameters of a level. */
export function valuesOf(record: { [name: string]: unknown }): Values {
	return (name) => (has(record, name) ? record[name] : undefined);
}

function isGiven(value: Entered): value is BodyValue {
	return value !== undefined;
}
