import { has, isObject } from './json';

/** JSON Schema 2020-12, without annotations that the corpus run does not need. */
export type Schema = boolean | { [keyword: string]: unknown };
export type SchemaObject = { [keyword: string]: unknown };

type Node = { [name: string]: unknown };

/** Keywords that are copied unchanged. */
const PLAIN = new Set([
	...[
		'enum',
		'const',
		'format',
		'pattern',
		'minLength',
		'maxLength',
		'multipleOf',
		'minimum',
		'maximum',
		'exclusiveMinimum',
		'exclusiveMaximum',
	],
	...[
		'minItems',
		'maxItems',
		'uniqueItems',
		'minContains',
		'maxContains',
		'minProperties',
		'maxProperties',
		'dependentRequired',
		'title',
		'writeOnly',
	],
	...['x-n8n-secret', 'x-n8n-input', 'default', 'example', 'examples'],
]);
const ONE = ['items', 'additionalProperties', 'not', 'contains', 'propertyNames', 'unevaluatedProperties', 'unevaluatedItems'];
const NAMED = ['properties', 'patternProperties', 'dependentSchemas'];

/** What a schema's context adds to it. */
interface Within {
	/** Properties that another part of the same object declares readOnly. */
	hidden: string[];
	/** Reached through a child's allOf, so that a discriminator here has no effect. */
	asBase: boolean;
}

/**
 * Marks a schema for which it is unclear whether null is allowed (`nullable` in 3.1 or in a part of an allOf, or null next to
 * an enum that does not list it).
 */
export const DOUBTFUL_NULL = 'x-doubtful-null';

const ALONE: Within = { hidden: [], asBase: false };

/**
 * Converts the schemas of an OpenAPI 2.0, 3.0 or 3.1 document to JSON Schema 2020-12, as they apply to requests: readOnly
 * properties are refused and never required, and a discriminator fixes its property. Written independently of the engine,
 * in order to measure it.
 */
export class Converter {
	/** All targets of $refs, by the name that the converted `$ref` uses. */
	readonly defs: { [name: string]: Schema } = {};
	private readonly names = new Map<string, string>();
	private readonly modern: boolean;

	constructor(private readonly root: Node) {
		this.modern = /^3\.[1-9]/.test(String(root.openapi));
	}

	/** The target of a local $ref. */
	at(ref: string): unknown {
		return decodeURIComponent(ref)
			.split('/')
			.slice(1)
			.reduce<unknown>((value, part) => {
				const name = part.replace(/~1/g, '/').replace(/~0/g, '~');
				if (typeof value !== 'object' || value === null || !has(value, name)) throw new Error(`${ref} leads nowhere`);
				return (value as Node)[name];
			}, this.root);
	}

	/** Follows the $refs of anything but a schema. */
	follow(given: unknown): Node {
		let node = given as Node;
		while (typeof node.$ref === 'string') node = this.at(node.$ref) as Node;
		return node;
	}

	convert(given: unknown, within: Within = ALONE): Schema {
		if (typeof given === 'boolean') return given;
		if (!isObject(given)) throw new Error(`no schema: ${JSON.stringify(given)}`);
		const hidden = [...new Set([...within.hidden, ...this.readOnlyNames(given)])].sort();
		const inner: Within = { hidden, asBase: false };
		const own = this.own(given, inner);
		if (typeof given.$ref !== 'string') return this.nullable(given, this.union(given, own, inner));
		const target: SchemaObject = { $ref: `#/$defs/${this.def(given.$ref, { hidden, asBase: within.asBase })}` };
		if (this.modern) return this.nullable(given, { ...this.union(given, own, inner), ...target });
		return given.nullable === true ? { anyOf: [target, { type: 'null' }] } : target;
	}

	private def(ref: string, within: Within): string {
		const id = JSON.stringify([ref, within]);
		const known = this.names.get(id);
		if (known) return known;
		const name = `d${this.names.size}`;
		this.names.set(id, name);
		const target = this.at(ref);
		const children = isObject(target) && !within.asBase ? this.childrenOf(ref, target) : [];
		this.defs[name] = children.length > 0 ? this.inheritance(target as Node, children, within.hidden) : this.convert(target, within);
		return name;
	}

	/** A schema's own keywords, without unions. */
	private own(given: Node, within: Within): SchemaObject {
		const result: SchemaObject = {};
		for (const [keyword, value] of Object.entries(given)) {
			if (PLAIN.has(keyword)) result[keyword] = value;
			else if (ONE.includes(keyword)) result[keyword] = Array.isArray(value) ? value.map((one) => this.convert(one)) : this.convert(value);
			else if (NAMED.includes(keyword))
				result[keyword] = Object.fromEntries(
					Object.entries(value as Node).map(([name, one]) => [name, this.convert(one, keyword === 'dependentSchemas' ? within : ALONE)]),
				);
			else if (['if', 'then', 'else'].includes(keyword)) result[keyword] = this.convert(value, within);
			else if (keyword === 'prefixItems') result.prefixItems = (value as unknown[]).map((one) => this.convert(one));
			else if (keyword === 'type') result.type = value === 'file' ? 'string' : value;
		}
		if (Array.isArray(result.items)) {
			result.prefixItems = result.items;
			delete result.items;
		}
		for (const name of within.hidden) if (isObject(result.properties) && has(result.properties, name)) result.properties[name] = false;
		const required = (Array.isArray(given.required) ? (given.required as string[]) : []).filter((name) => !within.hidden.includes(name));
		if (required.length > 0) result.required = [...new Set(required)];
		limits(result, given);
		// Many documents put the enum of an array's elements at the array, where strictly it would leave no valid value.
		if (result.type === 'array' && Array.isArray(result.enum) && !result.enum.some(Array.isArray)) delete result.enum;
		// Strictly, the enum must list null, but many documents omit it. Such a null is neither drawn nor planted.
		if (Array.isArray(result.type) && result.type.includes('null') && Array.isArray(result.enum) && !result.enum.includes(null))
			result[DOUBTFUL_NULL] = true;
		if (typeof result.pattern === 'string' && !isPattern(result.pattern)) delete result.pattern;
		if (Array.isArray(given.allOf)) result.allOf = given.allOf.map((part) => this.convert(part, { ...within, asBase: true }));
		return result;
	}

	private nullable(given: Node, own: SchemaObject): Schema {
		if (given.nullable !== true) return own;
		if (this.modern) return { ...own, [DOUBTFUL_NULL]: true };
		// The same as in `own`.
		const open = Array.isArray(own.enum) && !own.enum.includes(null) ? { [DOUBTFUL_NULL]: true } : {};
		if (typeof own.type === 'string') return { ...own, ...open, type: [own.type, 'null'] };
		// Strictly, `nullable` without a type means nothing in 3.0, but everyone who writes it means null, even in a part of an
		// allOf whose other parts refuse null.
		return Array.isArray(own.enum) ? own : { anyOf: [{ ...own, [DOUBTFUL_NULL]: true }, { type: 'null' }] };
	}

	/** Adds oneOf and anyOf, each branch with its discriminator value. */
	private union(given: Node, own: SchemaObject, within: Within): SchemaObject {
		const result = own;
		for (const keyword of ['oneOf', 'anyOf']) {
			const branches = given[keyword];
			if (!Array.isArray(branches)) continue;
			const property = discriminatorOf(given);
			result[keyword] = branches.map((branch) => {
				const converted = this.convert(branch, within);
				const values = property && isObject(branch) ? this.discriminated(given, branch, property) : undefined;
				return values && typeof converted === 'object'
					? { allOf: [converted, { type: 'object', properties: { [property as string]: { enum: values } }, required: [property] }] }
					: converted;
			});
		}
		return result;
	}

	/** The discriminator values of a branch, from the mapping or the schema's name; undefined if the branch tells them itself. */
	private discriminated(given: Node, branch: Node, property: string): unknown[] | undefined {
		if (this.saysItself(branch, property)) return undefined;
		if (typeof branch.$ref !== 'string') return undefined;
		const mapped = this.mapped(given, branch.$ref);
		if (mapped.length > 0) return mapped;
		return this.hasEnum(branch, property) ? undefined : [nameOf(branch.$ref)];
	}

	private mapped(given: Node, ref: string): string[] {
		const { mapping } = (isObject(given.discriminator) ? given.discriminator : {}) as { mapping?: { [value: string]: string } };
		return Object.entries(mapping ?? {})
			.filter(([, target]) => target === ref || target === nameOf(ref))
			.map(([value]) => value);
	}

	private saysItself(schema: Node, property: string): boolean {
		return this.propertiesOf(schema, property).some((one) => has(one, 'const') || (Array.isArray(one.enum) && one.enum.length === 1));
	}

	private hasEnum(schema: Node, property: string): boolean {
		return this.propertiesOf(schema, property).some((one) => Array.isArray(one.enum));
	}

	/** What the parts of a schema say about a property. */
	private propertiesOf(schema: unknown, property: string, open: unknown[] = []): Node[] {
		if (!isObject(schema) || open.includes(schema)) return [];
		const inner = [...open, schema];
		const own = isObject(schema.properties) && has(schema.properties, property) ? this.partsOf(schema.properties[property]) : [];
		const parts = [
			...(Array.isArray(schema.allOf) ? schema.allOf : []),
			...(typeof schema.$ref === 'string' ? [this.at(schema.$ref)] : []),
		];
		return [...own, ...parts.flatMap((part) => this.propertiesOf(part, property, inner))];
	}

	/** A schema and the parts that it consists of. */
	private partsOf(schema: unknown, open: unknown[] = []): Node[] {
		if (!isObject(schema) || open.includes(schema)) return [];
		const inner = [...open, schema];
		const parts = [
			...(Array.isArray(schema.allOf) ? schema.allOf : []),
			...(typeof schema.$ref === 'string' ? [this.at(schema.$ref)] : []),
		];
		return [schema, ...parts.flatMap((part) => this.partsOf(part, inner))];
	}

	private readOnlyNames(schema: Node): string[] {
		return this.partsOf(schema)
			.flatMap((part) => (isObject(part.properties) ? Object.entries(part.properties) : []))
			.filter(([, one]) => this.partsOf(one).some((part) => part.readOnly === true))
			.map(([name]) => name);
	}

	/** The schemas that build on one with a discriminator. */
	private childrenOf(ref: string, target: Node): string[] {
		if (!discriminatorOf(target) || target.oneOf || target.anyOf) return [];
		const [container, all] = this.root.swagger
			? ['#/definitions', this.root.definitions]
			: ['#/components/schemas', (this.root.components as Node | undefined)?.schemas];
		const found = new Set<string>();
		let bases = [ref];
		while (bases.length > 0) {
			const next = Object.entries((all ?? {}) as Node)
				.filter(
					([, schema]) =>
						isObject(schema) &&
						Array.isArray(schema.allOf) &&
						schema.allOf.some((part) => isObject(part) && bases.includes(String(part.$ref))),
				)
				.map(([name]) => `${String(container)}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`)
				.filter((one) => !found.has(one));
			next.forEach((one) => found.add(one));
			bases = next;
		}
		return [...found];
	}

	private inheritance(base: Node, children: string[], hidden: string[]): Schema {
		const property = discriminatorOf(base) as string;
		const branches = children.map((ref) => {
			const mapped = this.mapped(base, ref);
			const values = this.saysItself({ $ref: ref }, property) ? undefined : mapped.length > 0 ? mapped : [nameOf(ref)];
			const child = this.convert({ $ref: ref }, { hidden, asBase: true });
			return values ? { allOf: [child, { type: 'object', properties: { [property]: { enum: values } }, required: [property] }] } : child;
		});
		return { oneOf: branches };
	}
}

function discriminatorOf(schema: Node): string | undefined {
	const { discriminator } = schema;
	if (typeof discriminator === 'string') return discriminator;
	return isObject(discriminator) && typeof discriminator.propertyName === 'string' ? discriminator.propertyName : undefined;
}

function nameOf(ref: string): string {
	return decodeURIComponent(ref.split('/').pop() ?? '')
		.replace(/~1/g, '/')
		.replace(/~0/g, '~');
}

/** Converts draft 4's boolean limits and `dependencies`. */
function limits(result: SchemaObject, given: Node): void {
	for (const [exclusive, limit] of [
		['exclusiveMinimum', 'minimum'],
		['exclusiveMaximum', 'maximum'],
	]) {
		if (result[exclusive] === true) {
			result[exclusive] = result[limit];
			delete result[limit];
		} else if (result[exclusive] === false) delete result[exclusive];
	}
	if (isObject(given.dependencies))
		result.dependentRequired = Object.fromEntries(Object.entries(given.dependencies).filter(([, value]) => Array.isArray(value)));
}

function isPattern(text: string): boolean {
	try {
		new RegExp(text, 'u');
		return true;
	} catch {
		return false;
	}
}
