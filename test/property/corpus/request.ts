import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Defs } from './atoms';
import type { JsonObject } from './json';
import type { Random } from './random';
import { Impossible, Sampler, TASTES } from './sample';
import type { Schema, SchemaObject } from './schema';
import type { SourceOperation, SourceParameter } from './source';
import { transformed } from './walk';

/** The inputs of an operation as one schema for requests of the form `{ path, query, header, cookie, body }`. */
export interface RequestSchema {
	schema: SchemaObject;
	defs: Defs;
	parameters: SourceParameter[];
	mediaType?: string;
}

/** @param mediaType the media type to send, if the document has several */
export function requestSchema(
	operation: SourceOperation,
	parameters: SourceParameter[],
	mediaType: string | undefined,
	defs: Defs,
): RequestSchema {
	const properties: { [name: string]: Schema } = {};
	const required: string[] = [];
	for (const location of ['path', 'query', 'header', 'cookie'] as const) {
		const own = parameters.filter((parameter) => parameter.in === location);
		if (own.length === 0) continue;
		const needed = own.filter((parameter) => parameter.required).map((parameter) => parameter.name);
		properties[location] = {
			type: 'object',
			properties: Object.fromEntries(own.map((parameter) => [parameter.name, parameter.schema])),
			additionalProperties: false,
			...(needed.length > 0 ? { required: needed } : {}),
		};
		if (needed.length > 0) required.push(location);
	}
	if (operation.body && mediaType !== undefined) {
		properties.body = operation.body.content[mediaType];
		if (operation.body.required) required.push('body');
	}
	return { schema: { type: 'object', properties, required, additionalProperties: false }, defs, parameters, mediaType };
}

/** Checks values against the source document, with a validator that is not the code under test. */
export class Judge {
	private readonly ajv: Ajv2020;
	private readonly validate: ValidateFunction;

	constructor({ schema, defs }: Pick<RequestSchema, 'schema' | 'defs'>) {
		this.ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true, logger: false, ownProperties: true });
		addFormats(this.ajv);
		this.ajv.addSchema({ ...(withoutWords({ ...schema, $defs: defs }) as SchemaObject), $id: 'request' });
		this.validate = this.ajv.getSchema('request') as ValidateFunction;
	}

	/** What is wrong with a request; undefined if it is valid. */
	refuses(request: unknown): string | undefined {
		if (this.validate(request)) return undefined;
		const [error] = this.validate.errors ?? [];
		return `${error?.instancePath ?? ''} ${error?.message ?? ''} ${JSON.stringify(error?.params ?? {})}`;
	}

	/** A validator for a schema within the document. */
	of(schema: Schema): (value: unknown) => boolean {
		const validate = this.ajv.compile(relocated(withoutWords(schema)));
		return (value) => validate(value) === true;
	}
}

const WORDS = new Set(['title', 'default', 'example', 'examples', 'x-n8n-secret', 'x-n8n-input', 'writeOnly']);

/** Drops keywords with texts for people, which may contain anything, even what ajv takes for a keyword. */
function withoutWords(schema: Schema): Schema {
	return transformed(schema, (one) => Object.fromEntries(Object.entries(one).filter(([keyword]) => !WORDS.has(keyword))));
}

/** A schema of the request as a separate schema, with its $refs adapted. */
function relocated(schema: Schema): Schema {
	return transformed(schema, (one) => (typeof one.$ref === 'string' ? { ...one, $ref: `request${one.$ref}` } : one));
}

/**
 * Some documents use oneOf for branches that accept the same values and differ in their titles only. Such a oneOf is
 * replaced by anyOf; one with distinct branches stays.
 */
export function loosened(request: RequestSchema, random: Random): RequestSchema {
	const whole: SchemaObject = { ...request.schema, $defs: request.defs };
	const loose = transformed(whole, asAnyOf) as SchemaObject;
	const defs = loose.$defs as Defs;
	const judge = new Judge({ schema: loose, defs });
	const sampler = new Sampler(defs, random);
	const turned = transformed(whole, (one, original) => {
		if (!Array.isArray(original.oneOf)) return one;
		const { oneOf: _oneOf, ...beside } = original;
		const own = transformed(beside, asAnyOf);
		const branches = original.oneOf.map((branch) => transformed(branch as Schema, asAnyOf));
		return overlap(branches, own, judge, sampler) ? asAnyOf(one) : one;
	}) as SchemaObject;
	const { $defs, ...schema } = turned;
	return { ...request, schema, defs: $defs as Defs };
}

function asAnyOf(schema: SchemaObject): SchemaObject {
	if (!Array.isArray(schema.oneOf)) return schema;
	const { oneOf, ...rest } = schema;
	if (schema.anyOf === undefined) return { ...rest, anyOf: oneOf };
	return { ...rest, allOf: [...((schema.allOf as Schema[] | undefined) ?? []), { anyOf: oneOf }] };
}

/** Whether a drawn value is accepted by several branches. */
function overlap(branches: Schema[], beside: Schema, judge: Judge, sampler: Sampler): boolean {
	const checks = branches.map((branch) => judge.of(branch));
	return branches.some((branch, index) =>
		['tame', 'complete', 'some', 'required', 'some', 'nulls'].some((taste) => {
			try {
				const value = sampler.draw({ allOf: [beside, branch] }, TASTES[taste], [], 'body');
				return checks[index](value) && checks.some((check, other) => other !== index && check(value));
			} catch (error) {
				if (error instanceof Impossible) return false;
				throw error;
			}
		}),
	);
}

/** A request without its empty locations. */
export function withoutEmpty(request: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries(request).filter(([location, value]) => location === 'body' || Object.keys(value as object).length > 0),
	);
}
