import { Document, isPart, type Part } from '../../engine/compile/document';
import { findOperations } from '../../engine/compile/found';
import type { Field, Json, Operation } from '../../engine/model';
import { describe } from '../../engine/tools';

/** One difference between two documents of a vendor. */
export interface Change {
	/** 'POST /v1/credentials' */
	operation: string;
	/** 'body.credential_data.client_id', where the difference is in an input. */
	place?: string;
	/** What is different, in words. */
	change: string;
	/** A workflow that was stored with our document may fail with theirs. */
	breaks: boolean;
}

/** An input as far as a stored workflow can depend on it. */
interface Input {
	kind: string;
	required: boolean;
	nullable: boolean;
	values?: Json[];
	limits: { [keyword: string]: unknown };
}

/**
 * What the vendor changed: their document against ours, which may hold a part of it only.
 * @param theirs text of the vendor's document, and what to call it
 * @param ours text of the document that workflows were stored with
 * @throws DocumentError where one of them is no OpenAPI document
 */
export function differences(theirs: { text: string; name: string }, ours: { text: string; name: string }): Change[] {
	const [their, our] = [theirs, ours].map(({ text, name }) => findOperations(Document.read(text, name)));
	const label = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
	const known = new Map(their.map((found) => [sameFor(label(found)), found]));
	const mine = new Set(our.map((found) => sameFor(label(found))));
	const changes = our.flatMap((found): Change[] => {
		const operation = label(found);
		const twin = known.get(sameFor(operation));
		if (!twin) return [{ operation, change: 'is not in their document any more', breaks: isUsed(found.node) }];
		const [before, now] = [describe(ours.text, ours.name, operation), describe(theirs.text, theirs.name, label(twin))].map((described) => described.operation);
		return between(operation, before, now);
	});
	const added = their.filter((found) => !mine.has(sameFor(label(found)))).map((found) => ({ operation: label(found), change: 'is new in their document', breaks: false }));
	return [...changes, ...added];
}

/** Parameters of a path may be called otherwise. */
function sameFor(operation: string): string {
	return operation.replace(/\{[^}]*\}/g, '{}');
}

function isUsed(node: Part): boolean {
	return isPart(node['x-n8n-operation']);
}

function between(operation: string, before: Operation, now: Operation): Change[] {
	const [old, fresh] = [inputsOf(before), inputsOf(now)];
	const changes: Change[] = [];
	const say = (place: string, change: string, breaks: boolean) => changes.push({ operation, place, change, breaks });
	if (before.body?.mediaType !== now.body?.mediaType) changes.push({ operation, place: 'body', change: `is ${now.body?.mediaType ?? 'not sent'}, and was ${before.body?.mediaType ?? 'not sent'}`, breaks: true });
	for (const [place, input] of fresh) {
		if (!old.has(place) && !parentIsNew(place, fresh, old)) say(place, `is new${input.required ? ' and required' : ''}`, input.required);
	}
	for (const [place, input] of old) {
		const twin = fresh.get(place);
		if (!twin) {
			if (!parentIsNew(place, old, fresh) && !isFree(place, fresh)) say(place, 'is not there any more', true);
			continue;
		}
		if (input.kind !== twin.kind) say(place, `is a ${twin.kind} now, and was a ${input.kind}`, !isLooser(input.kind, twin.kind));
		if (!input.required && twin.required) say(place, 'is required now', true);
		if (input.required && !twin.required) say(place, 'is not required any more', false);
		if (input.nullable && !twin.nullable) say(place, 'must not be null any more', true);
		const values = (list: Json[] = []) => list.map((value) => JSON.stringify(value));
		const gone = values(input.values).filter((value) => twin.values && !values(twin.values).includes(value));
		const more = values(twin.values).filter((value) => input.values && !values(input.values).includes(value));
		if (gone.length > 0) say(place, `does not take ${gone.join(', ')} any more`, true);
		if (more.length > 0) say(place, `takes ${more.join(', ')} as well`, false);
		for (const keyword of new Set([...Object.keys(input.limits), ...Object.keys(twin.limits)])) {
			const [was, is] = [input.limits[keyword], twin.limits[keyword]];
			if (JSON.stringify(was) !== JSON.stringify(is)) say(place, `has ${is === undefined ? `no ${keyword} any more` : `${keyword} ${JSON.stringify(is)}`}, and had ${was === undefined ? 'none' : JSON.stringify(was)}`, isTighter(keyword, was, is));
		}
	}
	return changes;
}

/** Whether the change is said of what the place stands in. */
function parentIsNew(place: string, has: Map<string, Input>, lacks: Map<string, Input>): boolean {
	const parts = place.split('.');
	return parts.some((_part, index) => index > 0 && has.has(parts.slice(0, index).join('.')) && !lacks.has(parts.slice(0, index).join('.')));
}

/** Whether what was right for one kind is right for the other. */
function isLooser(was: string, is: string): boolean {
	return is === 'json' || (was === 'choice' && is === 'text') || (was === 'date' && is === 'text') || (was === 'group' && is === 'map');
}

/** Whether a name is taken because any name is. */
function isFree(place: string, inputs: Map<string, Input>): boolean {
	const parent = inputs.get(place.slice(0, place.lastIndexOf('.')));
	return parent?.kind === 'map' || parent?.kind === 'json';
}

function isTighter(keyword: string, was: unknown, is: unknown): boolean {
	if (is === undefined) return false;
	if (was === undefined || typeof was !== 'number' || typeof is !== 'number') return true;
	return /^(max|exclusiveMax)/.test(keyword) ? is < was : is > was;
}

const LIMITS = ['minLength', 'maxLength', 'pattern', 'format', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minItems', 'maxItems', 'minProperties', 'maxProperties'];

function inputsOf(operation: Operation): Map<string, Input> {
	const inputs = new Map<string, Input>();
	const walk = (field: Field, place: string, required: boolean) => {
		const own = (typeof field.schema === 'object' ? field.schema : {}) as { [keyword: string]: unknown };
		// A list beside which any text is taken is a text.
		const open = field.kind === 'choice' && field.otherKey !== undefined;
		const values = open ? undefined : field.kind === 'choice' ? field.choices.map(({ value }) => value) : field.kind === 'fixed' ? [field.value] : undefined;
		const limits = Object.fromEntries(LIMITS.filter((keyword) => own[keyword] !== undefined).map((keyword) => [keyword, own[keyword]]));
		inputs.set(place, { kind: open ? 'text' : field.kind === 'fixed' ? 'choice' : field.kind, required, nullable: field.nullable, limits, ...(values ? { values } : {}) });
		if (field.kind === 'group') for (const child of field.fields) walk(child, `${place}.${child.name}`, child.required);
		if (field.kind === 'map') walk(field.value, `${place}.*`, false);
		if (field.kind === 'list') walk(field.item, `${place}[]`, false);
		if (field.kind === 'variant') for (const branch of field.branches) walk(branch.field, `${place}.(${branch.label})`, false);
	};
	for (const { in: location, field } of operation.inputs) walk(field, location === 'body' ? 'body' : `${location}.${location === 'header' ? field.name.toLowerCase() : field.name}`, field.required);
	return inputs;
}
