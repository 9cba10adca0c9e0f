import type { UnionOption, Field } from '../../model';
import { keyOf, labelOf } from '../../model/names';
import { isPart, type Part } from '../document/document';
import type { FieldCompiler } from './compiler';
import type { SchemaPlace } from '../schema/context';
import type { FlatSchema } from '../schema/flatten';
import { typesOf } from '../schema/keywords';
import { enumLabel, sentenceOf, titleOf as titleCased, unlikeLabel } from '../text/words';

/** What is known of the union itself. */
interface Union {
	base: { label: string; name: string };
	/** A label given explicitly by the document; it becomes the selector's. */
	label?: string;
	nullable: boolean;
}

const TYPE_LABELS: { [type: string]: string } = {
	string: 'Text',
	number: 'Number',
	integer: 'Whole Number',
	boolean: 'True or False',
	array: 'List',
	object: 'Fields',
};

/**
 * The options of a union. They are told apart by the document's discriminator (OpenAPI 3.1, Discriminator Object), by a
 * property with a different fixed value in each, by title, by type, or by the fields that only one of them has.
 * @param joined the members, each merged with the keywords next to the union
 */
export function unionOptions(
	fields: FieldCompiler,
	flat: FlatSchema,
	joined: FlatSchema[],
	place: SchemaPlace,
	union: Union,
): { selectorLabel: string; options: UnionOption[] } {
	const property = discriminatorOf(flat, joined);
	const members = property === undefined ? joined : joined.map((member) => fixDiscriminator(flat, member, property));
	const names = [countsOf(members, requiredNames), countsOf(members, propertyNames)];
	const options: UnionOption[] = members.map((member, index) => {
		const value = property === undefined ? undefined : fixedValue(member, property);
		const recursive = fields.recurs(member, place);
		const { title: _title, ...silent } = member.schema;
		const optionPlace: SchemaPlace = {
			...place,
			label: union.label,
			description: undefined,
			required: true,
		};
		const field: Field = recursive
			? fields.compile({ title: member.schema.title }, optionPlace)
			: fields.compileFlat({ ...member, schema: silent }, optionPlace);
		const label =
			titleOf(member) ??
			(value === undefined ? undefined : enumLabel(value)) ??
			nameOf(member) ??
			typeLabel(member) ??
			contentLabel(member, names) ??
			`Variant ${index + 1}`;
		return {
			value: typeof value === 'string' ? value : keyOf([label]),
			label,
			description: unlikeLabel(sentenceOf(member.schema.description), label),
			field,
		};
	});
	if (union.nullable) {
		const none = { name: place.name, label: union.base.label, required: true, nullable: false, secret: false, schema: {} };
		options.push({ value: 'null', label: 'Null', field: { ...none, kind: 'const', value: null } });
	}
	const own = union.label ?? (property !== undefined ? labelOf(property) : undefined);
	return { selectorLabel: own ?? (place.name === '' ? 'Type' : `${union.base.label} Type`), options: unique(options) };
}

/** The property that tells the options apart, if there is one. */
function discriminatorOf(flat: FlatSchema, joined: FlatSchema[]): string | undefined {
	const { discriminator } = flat.schema;
	const named = typeof discriminator === 'string' ? discriminator : isPart(discriminator) ? discriminator.propertyName : undefined;
	if (typeof named === 'string') return named;
	const names = Object.keys((joined[0].schema.properties as Part | undefined) ?? {});
	return names.find((name) => {
		const values = joined.map((member) => fixedValue(member, name));
		// The last option may be open, taking every other value.
		const fixed = values.filter((value) => value !== undefined);
		return (
			fixed.length >= 2 &&
			fixed.length >= joined.length - 1 &&
			new Set(fixed).size === fixed.length &&
			joined.every((member) => requires(member, name))
		);
	});
}

function requires(member: FlatSchema, name: string): boolean {
	return ((member.schema.required as string[] | undefined) ?? []).includes(name);
}

/** The only value that an option allows for a property. */
function fixedValue(member: FlatSchema, name: string): unknown {
	const property = (member.schema.properties as Part | undefined)?.[name];
	if (!isPart(property)) return undefined;
	if (property.const !== undefined) return property.const;
	return Array.isArray(property.enum) && property.enum.length === 1 ? property.enum[0] : undefined;
}

/** Fixes the discriminator in an option: to its values in the mapping, or to its schema's name (Discriminator Object). */
function fixDiscriminator(flat: FlatSchema, member: FlatSchema, property: string): FlatSchema {
	const { discriminator } = flat.schema;
	if (discriminator === undefined || fixedValue(member, property) !== undefined) return member;
	const mapping = isPart(discriminator) && isPart(discriminator.mapping) ? discriminator.mapping : {};
	const named = Object.entries(mapping).filter(([, target]) =>
		member.refs.some((ref) => ref === target || ref.endsWith(`/${String(target)}`)),
	);
	const own = (member.schema.properties as Part | undefined)?.[property];
	const open = isPart(own) && Array.isArray(own.enum) ? (own.enum as unknown[]) : undefined;
	const values =
		named.length > 0 ? named.map(([value]) => value) : (open ?? (member.refs.length > 0 ? [member.refs[0].split('/').pop()] : []));
	if (values.length === 0) return member;
	const properties = { ...(member.schema.properties as Part | undefined), [property]: { type: 'string', enum: values } };
	return {
		...member,
		schema: {
			...member.schema,
			properties,
			required: [...new Set([...((member.schema.required as string[] | undefined) ?? []), property])],
		},
	};
}

function titleOf(member: FlatSchema): string | undefined {
	const { title } = member.schema;
	const label = member.schema['x-n8n-label'];
	if (typeof label === 'string') return label;
	if (typeof title !== 'string' || title.trim() === '') return undefined;
	// Generators use the schema's name as its title, which needs converting; a title written by a person keeps its spelling.
	return member.refs.some((ref) => ref.endsWith(`/${title}`)) || /^[a-z]+[_A-Z]/.test(title) ? labelOf(title) : titleCased(title);
}

function nameOf(member: FlatSchema): string | undefined {
	return member.refs.length > 0 ? labelOf(member.refs[0].split('/').pop() ?? '') : undefined;
}

function typeLabel(member: FlatSchema): string | undefined {
	const [type] = typesOf(member.schema);
	if (Array.isArray(member.schema.enum)) return 'Choice';
	return type === 'object' && member.schema.properties === undefined
		? 'Names and Values'
		: type === 'object'
			? undefined
			: TYPE_LABELS[type];
}

/** The names that each member has, and how many members have each name. */
interface Counts {
	namesOf: (member: FlatSchema) => string[];
	counts: Map<string, number>;
}

function countsOf(members: FlatSchema[], namesOf: Counts['namesOf']): Counts {
	const counts = new Map<string, number>();
	for (const member of members) for (const name of new Set(namesOf(member))) counts.set(name, (counts.get(name) ?? 0) + 1);
	return { namesOf, counts };
}

/** Names an option after the fields that only it requires, or that only it has. */
function contentLabel(member: FlatSchema, names: Counts[]): string | undefined {
	for (const { namesOf, counts } of names) {
		const own = namesOf(member).filter((name) => counts.get(name) === 1);
		if (own.length > 0) return own.slice(0, 3).map(labelOf).join(', ');
	}
	return undefined;
}

function requiredNames(member: FlatSchema): string[] {
	return (member.schema.required as string[] | undefined) ?? [];
}

function propertyNames(member: FlatSchema): string[] {
	return Object.keys((member.schema.properties as Part | undefined) ?? {});
}

/** Makes duplicate labels and values distinct. */
function unique(options: UnionOption[]): UnionOption[] {
	const labels = new Map<string, number>();
	const given = new Map<string, number>();
	for (const { label } of options) given.set(label, (given.get(label) ?? 0) + 1);
	const values = new Set<string>();
	return options.map((option) => {
		let { label, value } = option;
		if ((given.get(label) as number) > 1 && !value.startsWith(keyOf([label]))) label = `${label} (${value})`;
		const count = (labels.get(label) ?? 0) + 1;
		labels.set(label, count);
		if (count > 1) label = `${label} ${count}`;
		while (values.has(value)) value = `${value}${count > 1 ? count : 2}`;
		values.add(value);
		return { ...option, label, value };
	});
}
