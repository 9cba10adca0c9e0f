import { isObject } from './json';
import type { Schema, SchemaObject } from './schema';

/** A oneOf or anyOf. The owner is the same object from wherever the schema is reached. */
export interface Union {
	owner: SchemaObject;
	keyword: 'oneOf' | 'anyOf';
	branches: Schema[];
}

/** What several schemas together require of one value: plain keywords, and unions with a choice still to be made. */
export interface Parts {
	/** Schema objects that all apply; their $ref, allOf, oneOf and anyOf are already resolved. */
	atoms: SchemaObject[];
	unions: Union[];
	/** The names of the $refs that were followed. */
	refs: string[];
	/** No value can satisfy them. */
	impossible: boolean;
}

export type Defs = { [name: string]: Schema };

/** Splits schemas that apply together into parts: follows $ref and allOf, but leaves unions alone. */
export function partsOf(schemas: Schema[], defs: Defs): Parts {
	const parts: Parts = { atoms: [], unions: [], refs: [], impossible: false };
	const queue = [...schemas];
	const seen = new Set<unknown>();
	while (queue.length > 0) {
		const schema = queue.shift() as Schema;
		if (schema === false) parts.impossible = true;
		if (!isObject(schema) || seen.has(schema)) continue;
		seen.add(schema);
		if (typeof schema.$ref === 'string') {
			const name = schema.$ref.slice('#/$defs/'.length);
			parts.refs.push(name);
			queue.push(defs[name]);
		}
		if (Array.isArray(schema.allOf)) queue.push(...(schema.allOf as Schema[]));
		for (const keyword of ['oneOf', 'anyOf'] as const) {
			if (Array.isArray(schema[keyword])) parts.unions.push({ owner: schema, keyword, branches: schema[keyword] as Schema[] });
		}
		parts.atoms.push(schema);
	}
	return parts;
}

/** Combines the parts of schemas that apply together. */
export function joined(first: Parts, second: Parts): Parts {
	return {
		atoms: [...first.atoms, ...second.atoms],
		unions: [...first.unions, ...second.unions],
		refs: [...first.refs, ...second.refs],
		impossible: first.impossible || second.impossible,
	};
}

const TYPE_KEYWORDS: { [type: string]: string[] } = {
	object: [
		'properties',
		'additionalProperties',
		'patternProperties',
		'required',
		'propertyNames',
		'minProperties',
		'maxProperties',
		'dependentRequired',
	],
	array: ['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems', 'contains'],
	string: ['pattern', 'minLength', 'maxLength', 'format'],
	number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
};

/**
 * The JSON types that all atoms accept. If none names a type, the one that their keywords imply; undefined if they imply
 * none.
 */
export function typesOf(atoms: SchemaObject[]): string[] | undefined {
	let types: string[] | undefined;
	for (const { type } of atoms) {
		if (type === undefined) continue;
		const own = Array.isArray(type) ? (type as string[]) : [type as string];
		types = types === undefined ? own : common(types, own);
	}
	const [implied] =
		Object.entries(TYPE_KEYWORDS).find(([, keywords]) => atoms.some((atom) => keywords.some((keyword) => keyword in atom))) ?? [];
	return types ?? (implied === undefined ? undefined : [implied]);
}

function common(first: string[], second: string[]): string[] {
	return first.flatMap((type) => {
		if (second.includes(type)) return [type];
		if (type === 'number' && second.includes('integer')) return ['integer'];
		return type === 'integer' && second.includes('number') ? ['integer'] : [];
	});
}

/** The values that enum and const allow, or undefined if there is neither. */
export function valuesOf(atoms: SchemaObject[]): unknown[] | undefined {
	let values: unknown[] | undefined;
	for (const atom of atoms) {
		const own = 'const' in atom ? [atom.const] : Array.isArray(atom.enum) ? atom.enum : undefined;
		if (own) values = values === undefined ? own : values.filter((one) => own.some((two) => JSON.stringify(one) === JSON.stringify(two)));
	}
	return values;
}

/** All schemas that a property has to satisfy, or undefined if no atom lists the name. */
export function propertyOf(atoms: SchemaObject[], name: string): Schema[] | undefined {
	const found: Schema[] = [];
	let known = false;
	for (const atom of atoms) {
		const properties = atom.properties as { [name: string]: Schema } | undefined;
		let own = false;
		if (properties && Object.prototype.hasOwnProperty.call(properties, name)) {
			found.push(properties[name]);
			own = true;
		}
		for (const [pattern, schema] of Object.entries((atom.patternProperties ?? {}) as { [pattern: string]: Schema })) {
			if (!new RegExp(pattern, 'u').test(name)) continue;
			found.push(schema);
			own = true;
		}
		if (!own && atom.additionalProperties !== undefined) found.push(atom.additionalProperties as Schema);
		known ||= own;
	}
	return known ? found : undefined;
}

/** The schemas for values of unlisted names; undefined unless the document allows such names. */
export function extraOf(atoms: SchemaObject[]): Schema[] | undefined {
	if (atoms.some((atom) => atom.additionalProperties === false || atom.unevaluatedProperties === false)) return undefined;
	const said = atoms.filter((atom) => atom.additionalProperties !== undefined).map((atom) => atom.additionalProperties as Schema);
	if (said.length > 0) return said;
	const named = atoms.some(
		(atom) => atom.patternProperties !== undefined || Object.keys((atom.properties as object | undefined) ?? {}).length > 0,
	);
	return named ? undefined : [true];
}

/** Names of the properties that the atoms list, without those that no request may contain. */
export function namesOf(atoms: SchemaObject[]): string[] {
	const names = new Set(atoms.flatMap((atom) => Object.keys((atom.properties as object | undefined) ?? {})));
	return [...names].filter((name) => !(propertyOf(atoms, name) ?? []).includes(false));
}

export function requiredOf(atoms: SchemaObject[]): Set<string> {
	return new Set(atoms.flatMap((atom) => (atom.required as string[] | undefined) ?? []));
}

/** Whether a schema accepts null and nothing else. */
export function isNull(schema: Schema, defs: Defs): boolean {
	const { atoms } = partsOf([schema], defs);
	const types = typesOf(atoms);
	const values = valuesOf(atoms);
	return (types?.length === 1 && types[0] === 'null') || (values?.length === 1 && values[0] === null);
}
