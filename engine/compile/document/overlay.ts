import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';

import { escapePart, partsOf } from '../../model/pointer';
import { has } from '../../model/values';
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

	constructor(public root: Part) {}

	act({ target, update, remove }: Action, at: string): void {
		const locations = locationsOf(target, this.root, child(at, 'target'));
		if (remove === true) this.remove(locations, child(at, 'target'));
		else if (update !== undefined)
			for (const location of locations)
				this.root = changed(this.root, location, (value) => this.updated(value, update, location, child(at, 'update'))) as Part;
	}

	private remove(locations: Location[], at: string): void {
		if (locations.some((location) => location.length === 0)) throw DocumentError.at(at, 'the whole document cannot be removed');
		// From the end, so that the other locations stay right.
		for (const location of locations.sort(fromTheEnd)) {
			const last = location[location.length - 1];
			this.root = changed(this.root, location.slice(0, -1), (parent) =>
				Array.isArray(parent)
					? (parent as unknown[]).filter((_, index) => index !== last)
					: Object.fromEntries(Object.entries(parent as Part).filter(([name]) => name !== last)),
			) as Part;
			this.forget(location);
		}
	}

	/** Drops the origins of what was removed, and moves those of the elements after it. */
	private forget(location: Location): void {
		const parent = pointerTo(location.slice(0, -1));
		const last = location[location.length - 1];
		for (const [pointer, origin] of [...this.origins]) {
			if (!pointer.startsWith(`${parent}/`)) continue;
			const [part, ...rest] = partsOf(`#${pointer.slice(parent.length)}`);
			if (part === String(last)) this.origins.delete(pointer);
			else if (typeof last === 'number' && Number(part) > last) {
				this.origins.delete(pointer);
				this.origins.set(pointerTo([Number(part) - 1, ...rest], parent), origin);
			}
		}
	}

	/** A value of the document with an update in it. */
	private updated(value: unknown, update: unknown, location: Location, from: string): unknown {
		if (Array.isArray(value)) {
			this.origins.set(pointerTo([...location, value.length]), from);
			return [...(value as unknown[]), structuredClone(update)];
		}
		if (!isPart(update))
			throw DocumentError.at(from, `${pathOf(location)} is an object, so there should be an object here, whose properties go into it`);
		return this.merged(value as Part, update, location, from);
	}

	private merged(value: Part, update: Part, location: Location, from: string): Part {
		const result = new Map(Object.entries(value));
		for (const [name, one] of Object.entries(update))
			result.set(name, this.joined(result.get(name), one, [...location, name], `${from}/${escapePart(name)}`));
		return Object.fromEntries(result);
	}

	private joined(old: unknown, update: unknown, location: Location, from: string): unknown {
		if (isPart(old) && isPart(update)) return this.merged(old, update, location, from);
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

/** A copy of a value in which one place is changed. What is not on the way there is shared, since aliases share it, too. */
function changed(value: unknown, [part, ...rest]: Location, change: (value: unknown) => unknown): unknown {
	if (part === undefined) return change(value);
	if (Array.isArray(value)) return (value as unknown[]).map((one, index) => (index === part ? changed(one, rest, change) : one));
	return Object.fromEntries(Object.entries(value as Part).map(([name, one]) => [name, name === part ? changed(one, rest, change) : one]));
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
