import type { Field } from '../../model';
import { choicesOf } from './choices';
import { child } from '../document/document';
import type { FieldCompiler } from './compiler';
import { keywordsOf, pickWords, withoutWords } from '../document/keywords';
import { secretAsAWhole, type SchemaPlace } from '../schema/context';
import type { FlatSchema } from '../schema/flatten';
import { typesOf } from '../schema/keywords';
import { same } from '../schema/merge';
import { unionOptions } from './unionOptions';

/** A union at the same place inside more unions than this becomes a JSON field. */
const MAX_UNIONS = 24;
/** A union with more options becomes a JSON field: nobody finds an option in a list that long. */
const MAX_OPTIONS = 1000;

/** Compiles oneOf or anyOf, together with the keywords next to it. */
export function unionField(fields: FieldCompiler, flat: FlatSchema, place: SchemaPlace, union: unknown[]): Field {
	const keyword = flat.schema.oneOf ? 'oneOf' : 'anyOf';
	if (union.length > MAX_OPTIONS) return fields.json(flat.schema, flat, place);
	const { [keyword]: _union, ...beside } = flat.schema;
	const isNull = (one: unknown) =>
		same(typesOf(fields.schemas.flatten(one, place.pointer).schema), ['null']) ||
		same(fields.schemas.flatten(one, place.pointer).schema.enum, [null]);
	const members = union.filter((one) => !isNull(one));
	const nullable =
		place.nullable === true ||
		flat.schema.nullable === true ||
		members.length < union.length ||
		(typesOf(beside).includes('null') && !beside.enum);
	const pointerOf = (one: unknown) => flat.pointers.get(one) ?? child(place.pointer, keyword, union.indexOf(one));
	const joined = members.map((one) => {
		const member = fields.schemas.flatten(one, pointerOf(one));
		const { nullable: _nullable, ...silent } = withoutWords(beside);
		const own = fields.schemas.flatten({ allOf: [silent, member.schema] }, pointerOf(one));
		return {
			...own,
			schema: { ...own.schema, ...pickWords(member.schema) },
			refs: member.refs,
			pointers: new Map([...flat.pointers, ...member.pointers, ...own.pointers]),
		};
	});
	if (flat.schema['x-n8n-input'] === 'json') return fields.json(flat.schema, flat, place);
	if (joined.length === 0) return { ...fields.base(flat, place), kind: 'const', value: null };
	const isDeep = (place.here?.unions.length ?? 0) > MAX_UNIONS;
	if (fields.recurs({ ...flat, refs: joined.length === 1 ? joined[0].refs : [] }, place) || isDeep || place.here?.unions.includes(union))
		return fields.json(flat.schema, flat, place);
	const inner = { ...place, nullable: undefined, here: { refs: place.here?.refs ?? [], unions: [...(place.here?.unions ?? []), union] } };
	if (joined.length === 1) {
		const [only] = joined;
		const schema = { ...only.schema, ...pickWords(flat.schema), default: beside.default ?? only.schema.default };
		return fields.compileFlat({ ...only, schema }, { ...inner, nullable });
	}
	const open = openChoice(fields, flat, place, joined);
	if (open) return { ...open, nullable };
	fields.countComposite();
	return unionOf(fields, flat, joined, inner, nullable, (flat.schema['x-n8n-label'] as string | undefined) ?? place.label);
}

/** Compiles a choice between options; if the whole union is secret, so is each option. */
function unionOf(
	fields: FieldCompiler,
	flat: FlatSchema,
	joined: FlatSchema[],
	place: SchemaPlace,
	nullable: boolean,
	label?: string,
): Field {
	const base = { ...fields.base(flat, place), nullable };
	const inner = { ...place, nullable: undefined, secret: secretAsAWhole(flat, place), secretName: base.secret };
	const told = unionOptions(fields, flat, joined, inner, { base, label, nullable });
	const leftOut = base.shown ? { leftOut: told.options.some(({ value }) => value === 'none') ? 'leaveOut' : 'none' } : {};
	return { ...base, kind: 'union', ...told, ...leftOut };
}

/** Compiles known texts combined with "any text": a choice that also accepts other texts. */
function openChoice(fields: FieldCompiler, flat: FlatSchema, place: SchemaPlace, joined: FlatSchema[]): Field | undefined {
	const known = joined.filter(
		(one) => Array.isArray(one.schema.enum) && (one.schema.enum as unknown[]).every((value) => typeof value === 'string'),
	);
	const free = joined.filter((one) => same(typesOf(one.schema), ['string']) && !one.schema.enum && one.schema.const === undefined);
	if (joined.length !== 2 || known.length !== 1 || free.length !== 1) return undefined;
	const choices = choicesOf(known[0].schema, known[0].schema.enum as string[]);
	const schema = { anyOf: [{ enum: choices.map((choice) => choice.value) }, fields.leaf(free[0], place)] };
	return { ...fields.base(flat, place), kind: 'enum', choices, open: true, schema };
}

/** Compiles a schema with several types as a union with one option per type. */
export function typeUnion(fields: FieldCompiler, flat: FlatSchema, place: SchemaPlace, types: string[], nullable: boolean): Field {
	const joined = types.map((type) => ({ ...flat, refs: [], schema: { ...keywordsOf(flat.schema, type), type } }));
	return unionOf(fields, flat, joined, place, nullable);
}
