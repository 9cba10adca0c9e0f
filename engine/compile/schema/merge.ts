import { has } from '../../model/values';
import type { Part } from '../document/part';
import { isAnnotation, typesOf } from './keywords';

const LOWER_LIMITS = new Set(['minLength', 'minItems', 'minProperties', 'minimum', 'exclusiveMinimum', 'minContains']);
const UPPER_LIMITS = new Set(['maxLength', 'maxItems', 'maxProperties', 'maximum', 'exclusiveMaximum', 'maxContains']);

/**
 * Merges two schemas into one that requires both (JSON Schema 2020-12, Core, section 10.2.1.1: allOf). Keywords that
 * cannot be merged stay in `allOf`.
 * @param pointers places of the child schemas in the document; merged children are added
 */
export function mergeSchemas(first: Part, second: Part, pointers: Map<unknown, string>): Part {
	if (Object.keys(first).length === 0) return second;
	const merged: Part = { ...first };
	const apart: Part = {};
	for (const [keyword, value] of Object.entries(second)) {
		const other = merged[keyword];
		if (other === undefined || isAnnotation(keyword)) merged[keyword] = value;
		else if (keyword === 'type') merged.type = commonTypes(first, second);
		else if (keyword === 'required') merged.required = [...new Set([...(other as string[]), ...(value as string[])])];
		else if (keyword === 'enum') merged.enum = (other as unknown[]).filter((one) => (value as unknown[]).some((two) => same(one, two)));
		else if (keyword === 'properties') merged.properties = mergeProperties(other as Part, value as Part, pointers);
		else if (keyword === 'allOf')
			merged.allOf = [
				...(other as unknown[]),
				...(value as unknown[]).filter((one) => !(other as unknown[]).some((two) => same(one, two))),
			];
		else if (keyword === 'items' || keyword === 'additionalProperties') merged[keyword] = both(other, value, pointers);
		else if (LOWER_LIMITS.has(keyword)) merged[keyword] = Math.max(other as number, value as number);
		else if (UPPER_LIMITS.has(keyword)) merged[keyword] = Math.min(other as number, value as number);
		else if (!same(other, value)) apart[keyword] = value;
	}
	const closed = [first, second].filter((part) => part.additionalProperties !== undefined && part.additionalProperties !== true);
	for (const part of closed) {
		const names = new Set(Object.keys((part.properties as Part | undefined) ?? {}));
		// A closed part also forbids the names of the other part: that is checked, but not shown in the form.
		if (Object.keys((merged.properties as Part | undefined) ?? {}).some((name) => !names.has(name))) {
			merged.allOf = [
				...((merged.allOf as unknown[] | undefined) ?? []),
				pick(part, ['properties', 'patternProperties', 'additionalProperties']),
			];
		}
	}
	if (Object.keys(apart).length > 0) merged.allOf = [...((merged.allOf as unknown[] | undefined) ?? []), apart];
	return merged;
}

function mergeProperties(first: Part, second: Part, pointers: Map<unknown, string>): Part {
	const merged: Part = { ...first };
	for (const [name, schema] of Object.entries(second)) {
		merged[name] = has(first, name) ? both(first[name], schema, pointers) : schema;
	}
	return merged;
}

function both(first: unknown, second: unknown, pointers: Map<unknown, string>): unknown {
	if (same(first, second) || first === true) return second;
	if (second === true) return first;
	if (first === false || second === false) return false;
	const together = { allOf: [first, second] };
	pointers.set(together, pointers.get(second) ?? pointers.get(first) ?? '#');
	return together;
}

function pick(node: Part, keywords: string[]): Part {
	return Object.fromEntries(keywords.filter((keyword) => node[keyword] !== undefined).map((keyword) => [keyword, node[keyword]]));
}

function commonTypes(first: Part, second: Part): string | string[] {
	const other = new Set(typesOf(second));
	const common = typesOf(first).flatMap((type) => {
		if (other.has(type)) return [type];
		if (type === 'number' && other.has('integer')) return ['integer'];
		return type === 'integer' && other.has('number') ? ['integer'] : [];
	});
	return common.length === 1 ? common[0] : common;
}

/** Whether two JSON values are equal, with their names in the same order. */
export function same(first: unknown, second: unknown): boolean {
	return first === second || JSON.stringify(first) === JSON.stringify(second);
}
