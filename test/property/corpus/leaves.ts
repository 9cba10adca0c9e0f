import { isObject } from './json';
import { extraOf, isNull, joined, namesOf, partsOf, propertyOf, typesOf, valuesOf, type Defs, type Parts } from './atoms';
import type { Schema, SchemaObject } from './schema';
import type { Step } from './sample';

/** An input that an operator fills in: a scalar, a free map, or a list of scalars. */
export interface Leaf {
	/** The path to it, by names and branches. */
	steps: Step[];
	kind: 'scalar' | 'list' | 'map' | 'any';
	/** Names of the properties on the path, after the location. */
	names: string[];
	/** Everything that the document says about it (`atoms`) and about its containers (`above`). */
	atoms: SchemaObject[];
	above: SchemaObject[];
}

/** A branch of a union, null aside. */
export interface UnionBranch {
	steps: Step[];
	names: string[];
	label: string;
	/** How many branches the union has. */
	of: number;
	/** The document says nothing about the value, so the form may ask for JSON. */
	free: boolean;
}

function isJson({ atoms, unions }: Parts): boolean {
	return unions.length > 0 && atoms.some((atom) => atom['x-n8n-input'] === 'json');
}

interface Spot {
	steps: Step[];
	names: string[];
	above: SchemaObject[];
	/** The $refs followed on the path to here; one that recurs is a recursion. */
	open: string[];
}

/**
 * Lists everything that there is to fill in and to choose, in every branch of every union. It is independent of forms,
 * which are measured against it.
 */
export class Inventory {
	readonly leaves: Leaf[] = [];
	readonly branches: UnionBranch[] = [];
	/** Where the schema is recursive; whatever is below is not counted. */
	readonly recursions: string[] = [];

	constructor(
		private readonly defs: Defs,
		schema: Schema,
	) {
		this.visit(partsOf([schema], defs), partsOf([], defs), { steps: [], names: [], above: [], open: [] });
	}

	/**
	 * @param own the parts to list
	 * @param beside parts that apply to the same value and are already listed; they may tell its type
	 */
	private visit(own: Parts, beside: Parts, spot: Spot): void {
		if (own.impossible) return;
		const again = own.refs.find((ref) => spot.open.includes(ref));
		if (again !== undefined) {
			this.recursions.push(nameOf(spot));
			return;
		}
		const inner: Spot = { ...spot, open: [...spot.open, ...own.refs] };
		const all = joined(beside, own);
		// The document requests JSON for the whole value.
		if (isJson(own)) return;
		const plain = { ...own, unions: [] };
		for (const { owner, keyword, branches } of own.unions) {
			const real = branches.map((branch, index) => ({ branch, index })).filter(({ branch }) => !isNull(branch, this.defs));
			for (const { branch, index } of real) {
				const step: Step = { kind: 'branch', owner, keyword, index };
				const parts = partsOf([branch], this.defs);
				const steps = [...spot.steps, step];
				if (real.length > 1)
					this.branches.push({
						steps,
						names: spot.names,
						label: labelOf(parts, index),
						of: real.length,
						free: isFree(joined(all, parts)) || isJson(parts),
					});
				this.visit(parts, { ...all, unions: [] }, { ...inner, steps });
			}
		}
		const nullOnly = own.unions.length > 0 && own.unions.every(({ branches }) => branches.every((branch) => isNull(branch, this.defs)));
		const says = own.atoms.some((atom) =>
			['properties', 'additionalProperties', 'patternProperties', 'items'].some((keyword) => keyword in atom),
		);
		if (own.unions.length > 0 && !nullOnly && !(isComposite(all) && says)) return;
		this.content(plain, all, inner);
	}

	private content(own: Parts, all: Parts, spot: Spot): void {
		const values = valuesOf(all.atoms);
		const types = typesOf(all.atoms)?.filter((type) => type !== 'null');
		if (types?.length === 0 || (values && values.every((value) => value === null))) return;
		if (values || types === undefined) {
			this.leaf(values?.some((value) => typeof value !== 'object' && value !== null) ? 'scalar' : 'any', all, spot);
			return;
		}
		const scalar = types.filter((type) => type !== 'object' && type !== 'array');
		if (scalar.length > 0) this.leaf('scalar', all, types.length > scalar.length ? typed(spot, scalar[0]) : spot);
		for (const type of types.filter((one) => !scalar.includes(one))) {
			const here = types.length > 1 ? typed(spot, type) : spot;
			if (type === 'object') this.object(own, all, here);
			else this.array(own, all, here);
		}
	}

	private object(own: Parts, all: Parts, spot: Spot): void {
		const above = [...spot.above, ...all.atoms];
		for (const name of namesOf(own.atoms)) {
			const schemas = propertyOf(own.atoms, name) ?? [];
			this.visit(partsOf(schemas, this.defs), partsOf([], this.defs), {
				...spot,
				above,
				names: [...spot.names, name],
				steps: [...spot.steps, { kind: 'property', name }],
			});
		}
		const extra = extraOf(all.atoms);
		if (
			extra === undefined ||
			extra.includes(false) ||
			(namesOf(own.atoms).length + namesOf(all.atoms).length > 0 && own.atoms.every((atom) => atom.additionalProperties === undefined))
		)
			return;
		const below: Spot = { ...spot, steps: [...spot.steps, { kind: 'value' }] };
		const values = partsOf(extra, this.defs);
		if (namesOf(all.atoms).length === 0 && isPlain(values)) this.leaf('map', all, spot);
		else if (isPlain(values)) this.leaf('map', values, { ...below, above });
		else this.visit(values, partsOf([], this.defs), { ...below, above });
	}

	private array(own: Parts, all: Parts, spot: Spot): void {
		const items = all.atoms.flatMap((atom) => (atom.items === undefined ? [] : [atom.items as Schema]));
		if (items.length === 0 || items.includes(false) || all.atoms.some((atom) => atom.prefixItems !== undefined)) {
			this.leaf('any', all, spot);
			return;
		}
		const parts = partsOf(items, this.defs);
		const below: Spot = { ...spot, above: [...spot.above, ...all.atoms], steps: [...spot.steps, { kind: 'item' }] };
		if (isPlain(parts)) this.leaf('list', { ...all, atoms: [...all.atoms, ...parts.atoms] }, spot);
		else this.visit(parts, partsOf([], this.defs), below);
	}

	private leaf(kind: Leaf['kind'], parts: Parts, spot: Spot): void {
		this.leaves.push({ kind, steps: spot.steps, names: spot.names, atoms: parts.atoms, above: spot.above });
	}
}

/** Whether a value is a scalar without a choice, or anything at all, so that a list or map of it is one input. */
function isPlain(parts: Parts): boolean {
	return parts.unions.length === 0 && !isComposite(parts);
}

function isComposite({ atoms }: Parts): boolean {
	if (valuesOf(atoms)) return false;
	return (typesOf(atoms) ?? []).some((type) => type === 'object' || type === 'array');
}

function isFree(parts: Parts): boolean {
	const types = typesOf(parts.atoms)?.filter((type) => type !== 'null');
	if (valuesOf(parts.atoms) || parts.unions.length > 0) return false;
	if (types === undefined) return true;
	return types.includes('object') && namesOf(parts.atoms).length === 0;
}

function typed(spot: Spot, type: string): Spot {
	return { ...spot, steps: [...spot.steps, { kind: 'type', type }] };
}

function labelOf({ atoms, refs }: Parts, index: number): string {
	const title = atoms.map((atom) => atom.title).find((one) => typeof one === 'string');
	const fixed = atoms
		.flatMap((atom) => Object.entries((isObject(atom.properties) ? atom.properties : {}) as { [name: string]: Schema }))
		.find(([, one]) => isObject(one) && ('const' in one || (Array.isArray(one.enum) && one.enum.length === 1)));
	const said = fixed
		? `${fixed[0]}=${JSON.stringify((fixed[1] as SchemaObject).const ?? ((fixed[1] as SchemaObject).enum as unknown[])[0])}`
		: undefined;
	return String(title ?? said ?? (refs.length > 0 ? refs[0] : `branch ${index + 1}`));
}

function nameOf({ steps }: Spot): string {
	return pathOf(steps);
}

/** Steps as a readable path: `body.secret|anyOf:1.password`, `body.list[]`, `body.map{}`. */
export function pathOf(steps: Step[]): string {
	return steps
		.map((step) => {
			if (step.kind === 'property') return `.${step.name}`;
			if (step.kind === 'branch') return `|${step.keyword}:${step.index}`;
			if (step.kind === 'type') return `|${step.type}`;
			return step.kind === 'item' ? '[]' : '{}';
		})
		.join('')
		.replace(/^\./, '');
}
