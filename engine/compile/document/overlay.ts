import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';

import { escapePart, partsOf } from '../../model/pointer';
import { has, put } from '../../model/values';
import { parse } from './parse';
import { child, DocumentError, isPart, type Part, type TextFile } from './part';
import { lineOf, writtenParts } from './positions';
import { shapeError } from './shape';
import { locationsOf, pathOf, type Location } from './target';

/** An Action Object: https://spec.openapis.org/overlay/v1.0.0.html#action-object */
interface Action {
	target: string;
	update?: unknown;
	remove?: boolean;
}

/** Extensions may be anywhere in an overlay, but those of this package belong into an `update`. */
const EXTENSIONS = { '^x-(?!n8n-)': {} };
const TEXT = { type: 'string', minLength: 1 };

/** The shape of an overlay: https://spec.openapis.org/overlay/v1.0.0.html#schema */
const SHAPE = {
	type: 'object',
	required: ['overlay', 'info', 'actions'],
	properties: {
		overlay: TEXT,
		info: {
			type: 'object',
			required: ['title', 'version'],
			properties: { title: TEXT, version: TEXT },
			patternProperties: EXTENSIONS,
			additionalProperties: false,
		},
		extends: TEXT,
		actions: {
			type: 'array',
			minItems: 1,
			items: {
				type: 'object',
				required: ['target'],
				properties: { target: TEXT, description: { type: 'string' }, update: {}, remove: { type: 'boolean' } },
				patternProperties: EXTENSIONS,
				additionalProperties: false,
			},
		},
	},
	patternProperties: EXTENSIONS,
	additionalProperties: false,
};

let check: ValidateFunction | undefined;

/**
 * Applies an overlay (OpenAPI Overlay 1.0) to a document, which stays as it is. Unlike the specification, a target that
 * finds nothing is an error: what the overlay says would be lost without a word.
 * @param refused takes the error of an action that does not fit the document, and the others are applied all the same
 * @returns the result, and for each pointer in it that came from the overlay, the pointer in the overlay
 * @throws DocumentError with the place in the overlay
 */
export function overlaid(
	root: Part,
	overlay: TextFile,
	refused: (error: DocumentError) => void = (error) => {
		throw error;
	},
): { root: Part; origins: Map<string, string> } {
	const application = new Application(root);
	located(overlay, () => readActions(overlay)).forEach((action, index) => {
		try {
			located(overlay, () => application.act(action, child('#', 'actions', index)));
		} catch (error) {
			if (!(error instanceof DocumentError)) throw error;
			refused(error);
		}
	});
	return application;
}

/** Gives errors their place in the overlay. */
function located<T>(overlay: TextFile, act: () => T): T {
	try {
		return act();
	} catch (error) {
		if (error instanceof DocumentError) error.locate((pointer) => lineOf(overlay, pointer));
		throw error;
	}
}

/**
 * Where a part of a document came from.
 * @param pointer a pointer in the document with the overlay applied
 * @returns the pointer in the overlay; undefined if it is the document's own, or the overlay does not fit
 */
export function originOf(pointer: string, { text, name }: TextFile, overlay: TextFile): string | undefined {
	let origins: Map<string, string>;
	let isSwagger: boolean;
	try {
		const root = parse(text, name);
		if (!isPart(root)) return undefined;
		isSwagger = has(root, 'swagger');
		({ origins } = overlaid(root, overlay));
	} catch (error) {
		if (error instanceof DocumentError) return undefined;
		throw error;
	}
	const parts = writtenParts(pointer, isSwagger);
	for (let count = parts.length; count > 0; count--) {
		const origin = origins.get(pointerTo(parts.slice(0, count)));
		if (origin !== undefined) return pointerTo(parts.slice(count), origin);
	}
	return undefined;
}

/** The name of the overlay that lies beside a document: `acme.openapi.yaml` or `acme.json` → `acme.overlay.yaml`. */
export function overlayNameOf(file: string): string {
	return `${file.replace(/(\.openapi)?\.(json|ya?ml)$/i, '')}.overlay.yaml`;
}

function readActions({ text, name }: TextFile): Action[] {
	const read = parse(text, name);
	if (!isPart(read)) throw new DocumentError(name, 'the overlay is empty or not an object. It should start with "overlay: 1.0.0"');
	const { overlay } = read;
	// The specification lets tools ignore the last part of the version.
	if (typeof overlay !== 'string' || !/^1\.0\.\d+$/.test(overlay)) {
		const said = overlay === undefined ? 'is missing' : `is ${JSON.stringify(overlay)}`;
		throw DocumentError.at(has(read, 'overlay') ? '#/overlay' : '#', `"overlay" should be 1.0.0, but ${said}`);
	}
	check ??= new Ajv2020({ strict: false, verbose: true }).compile(SHAPE);
	if (!check(read)) throw shapeError(check.errors as ErrorObject[], '#');
	const actions = read.actions as Action[];
	const idle = actions.findIndex(({ update, remove }) => update === undefined && remove === undefined);
	if (idle !== -1) throw DocumentError.at(child('#', 'actions', idle), 'this action does nothing: "update" or "remove" is missing here');
	return actions;
}

/** Applies actions one after the other, each to the result of the one before. */
class Application {
	readonly origins = new Map<string, string>();
	/** Objects and lists that were made here, so they are in one place only and can be changed. */
	private readonly own = new WeakSet<object>();

	constructor(public root: Part) {}

	act({ target, update, remove }: Action, at: string): void {
		const locations = locationsOf(target, this.root, child(at, 'target'));
		if (remove === true) this.remove(locations, child(at, 'target'));
		else if (update !== undefined)
			for (const location of locations) this.change(location, (value) => this.update(value, update, location, child(at, 'update')));
	}

	private remove(locations: Location[], at: string): void {
		if (locations.some((location) => location.length === 0)) throw DocumentError.at(at, 'the whole document cannot be removed');
		// From the end, so that the other locations stay right.
		for (const location of locations.sort(fromTheEnd)) {
			const last = location[location.length - 1];
			this.change(location.slice(0, -1), (parent) => {
				if (Array.isArray(parent)) parent.splice(Number(last), 1);
				else delete parent[last];
			});
			this.forget(location);
		}
	}

	/** Drops the origins of what was removed, and moves those of the elements after it. */
	private forget(location: Location): void {
		const parent = pointerTo(location.slice(0, -1));
		const last = location[location.length - 1];
		const all = [...this.origins];
		this.origins.clear();
		for (const [pointer, origin] of all) {
			const [part, ...rest] = pointer.startsWith(`${parent}/`) ? partsOf(pointer.slice(parent.length)) : [];
			if (part === String(last)) continue;
			const isAfter = typeof last === 'number' && Number(part) > last;
			this.origins.set(isAfter ? pointerTo([Number(part) - 1, ...rest], parent) : pointer, origin);
		}
	}

	/**
	 * Changes the object or list at a location. Those on the way there are copied once: in the document they can be in
	 * several places, as with YAML aliases.
	 */
	private change(location: Location, act: (value: Part | unknown[]) => void): void {
		let value: Part | unknown[] = (this.root = this.owned(this.root));
		for (const part of location) {
			const inner: Part | unknown[] = this.owned((value as Part)[part] as Part | unknown[]);
			put(value, part, inner);
			value = inner;
		}
		act(value);
	}

	/** The object itself if it was made here, or else a copy of it. */
	private owned<T extends Part | unknown[]>(value: T): T {
		if (this.own.has(value)) return value;
		const copy = (Array.isArray(value) ? [...value] : { ...value }) as T;
		this.own.add(copy);
		return copy;
	}

	private update(value: Part | unknown[], update: unknown, location: Location, from: string): void {
		if (Array.isArray(value)) {
			this.origins.set(pointerTo([...location, value.length]), from);
			value.push(structuredClone(update));
			return;
		}
		if (!isPart(update))
			throw DocumentError.at(from, `${pathOf(location)} is an object, so there should be an object here, whose properties go into it`);
		this.merge(value, update, location, from);
	}

	private merge(value: Part, update: Part, location: Location, from: string): void {
		for (const [name, one] of Object.entries(update)) {
			const old = has(value, name) ? value[name] : undefined;
			put(value, name, this.joined(old, one, [...location, name], `${from}/${escapePart(name)}`));
		}
	}

	private joined(old: unknown, update: unknown, location: Location, from: string): unknown {
		if (isPart(old) && isPart(update)) {
			const copy = this.owned(old);
			this.merge(copy, update, location, from);
			return copy;
		}
		if (Array.isArray(old) && Array.isArray(update)) {
			update.forEach((_, index) => this.origins.set(pointerTo([...location, old.length + index]), child(from, index)));
			return [...(old as unknown[]), ...(structuredClone(update) as unknown[])];
		}
		if (typeof old === 'object' && old !== null)
			throw DocumentError.at(
				from,
				`${pathOf(location)} is ${Array.isArray(old) ? 'a list' : 'an object'}, so there should be ` +
					`${Array.isArray(old) ? 'a list here, whose elements are appended' : 'an object here'}. To replace it, remove it in an action before`,
			);
		this.origins.set(pointerTo(location), from);
		return structuredClone(update);
	}
}

/** The pointer of a location, below another pointer. */
function pointerTo(location: Location, from = '#'): string {
	return `${from}${location.map((part) => `/${escapePart(String(part))}`).join('')}`;
}

/** Sorts locations from the end of the document: later elements of an array first, and what is inside before what holds it. */
function fromTheEnd(one: Location, other: Location): number {
	for (let index = 0; index < Math.min(one.length, other.length); index++) {
		const [a, b] = [one[index], other[index]];
		if (a === b) continue;
		return typeof a === 'number' && typeof b === 'number' ? b - a : String(a) < String(b) ? 1 : -1;
	}
	return other.length - one.length;
}
