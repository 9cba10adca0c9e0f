import { DATA, Document, DocumentError, isPart, type Part } from '../../engine/compile';
import { escapePart, partsOf } from '../../engine/model/pointer';

/** Collects what parts of a document refer to, directly or indirectly. */
export class Reach {
	/** Names below `components`, by kind: `{ schemas: ['Credential'] }`. */
	readonly components = new Map<string, Set<string>>();
	/** Operations that some $ref leads into, as `POST /path`. */
	readonly operations = new Set<string>();
	/** Other parts of the root that some $ref leads into, such as `definitions`. */
	readonly roots = new Set<string>();
	private readonly seen = new Set<string>();
	/** Names of schemas with a discriminator, their own or inherited through allOf. */
	private readonly families = new Set<string>();

	constructor(private readonly document: Document) {}

	/**
	 * Adds everything that a value refers to.
	 * @param value any part of the document
	 * @param place pointer to the value, for messages
	 * @throws DocumentError if a $ref leads nowhere
	 */
	follow(value: unknown, place: string): void {
		if (Array.isArray(value)) for (const one of value) this.follow(one, place);
		if (!isPart(value)) return;
		if (typeof value.$ref === 'string') this.ref(value.$ref, place);
		if (isPart(value.discriminator)) this.mapping(value.discriminator, place);
		for (const [name, one] of Object.entries(value)) {
			if (DATA.has(name)) this.attempt(one, place);
			else this.follow(one, place);
		}
	}

	private attempt(value: unknown, place: string): void {
		try {
			this.follow(value, place);
		} catch (error) {
			if (!(error instanceof DocumentError)) throw error;
		}
	}

	/** Adds one entry of `components`, such as a security scheme, which is named without a $ref. */
	component(kind: string, name: string): void {
		const components = this.document.root.components;
		const entries = isPart(components) ? components[kind] : undefined;
		if (!isPart(entries) || !Object.prototype.hasOwnProperty.call(entries, name)) return;
		const names = this.components.get(kind) ?? new Set();
		if (names.has(name)) return;
		this.components.set(kind, names.add(name));
		this.follow(entries[name], `#/components/${escapePart(kind)}/${escapePart(name)}`);
		if (kind === 'schemas') this.children(entries[name], name);
	}

	private ref(ref: string, place: string): void {
		if (this.seen.has(ref)) return;
		this.seen.add(ref);
		const target = this.document.at(ref, place);
		const [root, kind, name] = partsOf(decodeURIComponent(ref));
		if (root === 'components' && name !== undefined) return this.component(kind, name);
		if (root === 'paths' && name !== undefined) this.operations.add(`${name.toUpperCase()} ${kind}`);
		else if (root !== undefined) this.roots.add(root);
		this.follow(target, ref);
	}

	/** Adds the schemas that a discriminator's mapping names, by pointer or by name. */
	private mapping({ mapping }: Part, place: string): void {
		for (const target of Object.values(isPart(mapping) ? mapping : {})) {
			if (typeof target !== 'string') continue;
			if (target.startsWith('#/')) this.ref(target, place);
			else this.component('schemas', target);
		}
	}

	/** Adds the schemas that build on one with a discriminator, at any level: a value may be any of them. */
	private children(schema: unknown, name: string): void {
		if (!isPart(schema)) return;
		if (schema.discriminator !== undefined) this.families.add(name);
		if (!this.families.has(name)) return;
		const pointer = `#/components/schemas/${escapePart(name)}`;
		const all = (this.document.root.components as Part).schemas as Part;
		for (const [other, one] of Object.entries(all)) {
			const parts = isPart(one) && Array.isArray(one.allOf) ? one.allOf : [];
			if (!parts.some((part) => isPart(part) && part.$ref === pointer)) continue;
			this.families.add(other);
			this.component('schemas', other);
		}
	}
}
