import type { Field, ObjectField, Json } from '../../engine/model';
import { Checker } from '../../engine/run/validate/check';
import { sampleOf } from '../../cli/sample/sample';

/**
 * Values that a field accepts and that between them take every branch and every choice, and have every field at least once.
 * The first is the smallest; the last but for null is the fullest.
 */
export function samplesOf(field: Field): Json[] {
	const values = [...drawn(field), ...(field.nullable ? [null] : [])].filter((value) => accepts(field, value));
	const known = new Set<string>();
	return values.filter((value) => {
		const text = JSON.stringify(value);
		return !known.has(text) && known.add(text);
	});
}

/** The fullest of them. */
export function fullest(values: Json[]): Json | undefined {
	return values.filter((value) => value !== null).at(-1);
}

function drawn(field: Field): Json[] {
	const plain = sampleOf(field);
	const first = plain === undefined ? [] : [plain];
	switch (field.kind) {
		case 'boolean':
			return [...first, true, false];
		case 'enum':
			return [...first, ...field.choices.map(({ value }) => value), ...(field.open ? ['something else'] : [])];
		case 'object':
			return groups(field, first);
		case 'record': {
			const names = [...Object.keys(field.suggestions ?? {}), 'somethingElse'];
			const values = samplesOf(field.value);
			return [...first, ...values.map((value) => ({ [names[0]]: value })), Object.fromEntries(names.map((name) => [name, values[0]]))];
		}
		case 'array': {
			const items = samplesOf(field.item);
			return [...first, ...items.map((item) => [item]), items];
		}
		case 'union':
			return field.options.flatMap((branch) => samplesOf(branch.field));
		default:
			return first;
	}
}

/** What is required; then each other value of each field; then everything. */
function groups(field: ObjectField, first: Json[]): Json[] {
	const samples = new Map(field.fields.map((child) => [child, samplesOf(child)]));
	const small: { [name: string]: Json } = {};
	for (const child of field.fields.filter(({ required }) => required)) {
		const [value] = samples.get(child) as Json[];
		if (value === undefined) return first;
		small[child.name] = value;
	}
	const rows = field.extra ? samplesOf(field.extra) : [];
	const each = [...samples].flatMap(([child, values]) => values.map((value) => ({ ...small, [child.name]: value })));
	const most = Object.fromEntries(
		[...samples].flatMap(([child, values]) => (fullest(values) === undefined ? [] : [[child.name, fullest(values) as Json]])),
	);
	return [
		...first,
		small,
		...each,
		...rows.map((row) => ({ ...small, ...(row as object) })),
		most,
		{ ...most, ...(fullest(rows) as object | undefined) },
	];
}

function accepts(field: Field, value: Json): boolean {
	// The form takes an empty required text for one that was forgotten.
	if (value === '' && field.required) return false;
	const checker = new Checker();
	checker.check(field, value, '/value');
	return checker.problems.length === 0;
}
