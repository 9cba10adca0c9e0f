import { randomUUID } from 'node:crypto';

import type { Call, Schema, VendorAnswer } from './types';

/** A response for an operation without a handler of the vendor's own: a small value that the schema describes. */
export function sampleAnswer(schema: Schema | undefined, call: Call): VendorAnswer {
	const body = schema === undefined ? undefined : sample(schema);
	// Without a handler of its own, a request with a body counts as creating something.
	return { body, ...(call.body === undefined ? {} : { created: { id: randomUUID(), record: body } }) };
}

const FORMATS: Record<string, () => string> = {
	'date-time': () => new Date().toISOString(),
	date: () => new Date().toISOString().slice(0, 10),
	uuid: () => randomUUID(),
	uri: () => 'https://example.com/',
	email: () => 'someone@example.com',
};

/** A small value that a schema describes. */
export function sample(schema: Schema): unknown {
	if (typeof schema === 'boolean') return {};
	for (const keyword of ['const', 'default', 'example'] as const) {
		if (keyword in schema) return schema[keyword];
	}
	if (Array.isArray(schema.enum)) return schema.enum[0];
	const branches = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
	if (branches) return sample(branches[0]);
	if (Array.isArray(schema.allOf)) {
		const parts = (schema.allOf as Schema[]).map(sample);
		const objects = parts.filter((part) => typeof part === 'object');
		return objects.length > 0 ? Object.assign({}, ...objects, propertiesOf(schema)) : parts[0];
	}
	const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
	switch (type) {
		case 'string':
			return FORMATS[String(schema.format)]?.() ?? 'sample'.padEnd(Number(schema.minLength ?? 0), '.');
		case 'integer':
		case 'number':
			return numberOf(schema);
		case 'boolean':
			return true;
		case 'null':
			return null;
		case 'array':
			return schema.items === undefined ? [] : [sample(schema.items as Schema)];
		default:
			return propertiesOf(schema);
	}
}

function numberOf({ minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf = 1 }: { [keyword: string]: unknown }): number {
	const step = Number(multipleOf);
	if (minimum !== undefined) return Math.ceil(Number(minimum) / step) * step;
	if (exclusiveMinimum !== undefined) return (Math.floor(Number(exclusiveMinimum) / step) + 1) * step;
	if (maximum !== undefined) return Math.floor(Number(maximum) / step) * step;
	return exclusiveMaximum === undefined ? step : (Math.ceil(Number(exclusiveMaximum) / step) - 1) * step;
}

// A recursive property is left out, which is fine unless it is required.
function propertiesOf(schema: { [keyword: string]: unknown }): Record<string, unknown> {
	const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
	const shown = properties.filter(([, each]) => typeof each === 'boolean' || !('$ref' in each));
	return Object.fromEntries(shown.map(([name, each]) => [name, sample(each)]));
}
