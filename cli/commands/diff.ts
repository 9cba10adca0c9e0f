import { Document, type Files, findOperations, isPart, type Part, withArticle } from '../../engine/compile';
import type { Field, Operation } from '../../engine/model';
import { describe } from '../../engine/tools';

/** One difference between two documents of a vendor. */
export interface Change {
	/** 'POST /v1/credentials' */
	operation: string;
	/** 'body.credential_data.client_id', if the difference is in an input. */
	place?: string;
	/** The difference in words. */
	change: string;
	/** A workflow stored with our document may fail with theirs. */
	breaks: boolean;
}

/**
 * What the vendor changed: compares their document with ours, which may be just a part of it.
 * @param theirs the vendor's document
 * @param ours the document that workflows were stored with
 * @throws DocumentError if either is not an OpenAPI document
 */
export function differences(theirs: Files, ours: Files): Change[] {
	const [their, our] = [theirs, ours].map(({ text, name, overlay }) => findOperations(Document.read(text, name, overlay)));
	const label = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
	const known = new Map(their.map((found) => [sameFor(label(found)), found]));
	const mine = new Set(our.map((found) => sameFor(label(found))));
	// A page of a vendor's API reference describes one operation and says nothing about the others.
	const isPage = their.length === 1 && mine.has(sameFor(label(their[0])));
	const changes = our.flatMap((found): Change[] => {
		const operation = label(found);
		const twin = known.get(sameFor(operation));
		if (!twin && isPage) return [];
		if (!twin) return [{ operation, change: 'is not in their document any more', breaks: isUsed(found.node) }];
		const [before, now] = [
			describe(ours.text, ours.name, operation, ours.overlay),
			describe(theirs.text, theirs.name, label(twin), theirs.overlay),
		].map((described) => described.operation);
		return between(operation, before, now);
	});
	const added = their
		.filter((found) => !mine.has(sameFor(label(found))))
		.map((found) => ({ operation: label(found), change: 'is new in their document', breaks: false }));
	return [...changes, ...added];
}

/** An operation (`POST /path`) without the names of its path parameters, which two documents may choose differently. */
export function sameFor(operation: string): string {
	return operation.replace(/\{[^}]*\}/g, '{}');
}

function isUsed(node: Part): boolean {
	return isPart(node['x-n8n-operation']);
}

type Say = (place: string, change: string, breaks: boolean) => void;

function between(operation: string, before: Operation, now: Operation): Change[] {
	const changes: Change[] = [];
	const say: Say = (place, change, breaks) => changes.push({ operation, place, change, breaks });
	if (before.body?.mediaType !== now.body?.mediaType)
		changes.push({
			operation,
			place: 'body',
			change: `is ${now.body?.mediaType ?? 'not sent'}, and was ${before.body?.mediaType ?? 'not sent'}`,
			breaks: true,
		});
	// The form does not ask for what the n8n credential sends.
	const sent = new Set(before.fromCredential?.map((one) => one.toLowerCase().replace(' ', '.')));
	const old = inputsOf(before);
	const fresh = new Map([...inputsOf(now)].filter(([place]) => !sent.has(place.toLowerCase())));
	children(old, fresh, true, say);
	return changes;
}

function inputsOf({ inputs }: Operation): Map<string, Field> {
	return new Map(
		inputs.map(({ in: location, field }) => [
			location === 'body' ? 'body' : `${location}.${location === 'header' ? field.name.toLowerCase() : field.name}`,
			field,
		]),
	);
}

/** @param closed whether the vendor refuses names that its document does not list */
function children(old: Map<string, Field>, fresh: Map<string, Field>, closed: boolean, say: Say): void {
	for (const [place, field] of fresh) if (!old.has(place)) say(place, `is new${field.required ? ' and required' : ''}`, field.required);
	for (const [place, field] of old) {
		const twin = fresh.get(place);
		// The document need not list names that the vendor only reveals in a response.
		if (!twin) say(place, 'is not there any more', closed && !(field.kind === 'record' && field.dynamic !== undefined));
		else {
			if (!field.required && twin.required) say(place, 'is required now', true);
			if (field.required && !twin.required) say(place, 'is not required any more', false);
			compare(place, field, twin, say);
		}
	}
}

function compare(place: string, old: Field, fresh: Field, say: Say): void {
	if (fresh.kind !== 'json' && takesNull(old) && !takesNull(fresh)) say(place, 'must not be null any more', true);
	if (fresh.kind === 'union' || old.kind === 'union') return compareUnions(place, old, fresh, say);
	const [was, is] = [kindOf(old), kindOf(fresh)];
	if (was !== is) {
		// A map with arbitrary names has become an object with listed ones: it accepts other names as before, unless it is closed.
		const isOpen = old.kind === 'record' && fresh.kind === 'object' && !fresh.closed && !fresh.fields.some((field) => field.required);
		say(place, `is ${withArticle(is)} now, and was ${withArticle(was)}`, !isOpen && !isLooser(was, is));
		if (old.kind === 'object' && fresh.kind === 'record')
			for (const field of old.fields) compare(`${place}.${field.name}`, field, fresh.value, quietly(say));
		return limits(place, old, fresh, say);
	}
	limits(place, old, fresh, say);
	if (old.kind === 'object' && fresh.kind === 'object') children(fieldsOf(place, old), fieldsOf(place, fresh), true, say);
	if (old.kind === 'record' && fresh.kind === 'record') compare(`${place}.*`, old.value, fresh.value, say);
	if (old.kind === 'array' && fresh.kind === 'array') compare(`${place}[]`, old.item, fresh.item, say);
}

/** Reports breaking changes only. */
function quietly(say: Say): Say {
	return (place, change, breaks) => breaks && say(place, change, true);
}

function fieldsOf(place: string, { fields }: Extract<Field, { kind: 'object' }>): Map<string, Field> {
	return new Map(fields.map((field) => [`${place}.${field.name}`, field]));
}

/** Compares a union with its successor, which need not be a union: every old option needs a new one that accepts its values. */
function compareUnions(place: string, old: Field, fresh: Field, say: Say): void {
	const olds = branchesOf(old);
	const news = branchesOf(fresh);
	const used = new Set<(typeof news)[number]>();
	for (const option of olds) {
		const at = option.label === '' ? place : `${place}.(${option.label})`;
		const attempts = news.map((one) => {
			const changes: Array<Parameters<Say>> = [];
			compare(at, option.field, one.field, (...change) => changes.push(change));
			return { one, changes, breaks: changes.filter(([, , breaks]) => breaks).length };
		});
		// An option for arbitrary JSON need not have a successor: the other options are compared by themselves.
		if (option.field.kind === 'json' && news.every(({ field }) => field.kind !== 'json')) continue;
		const named = attempts.find(
			({ one }) => option.label !== '' && (one.label === option.label || (one.value === option.value && tells(one.field, one.value))),
		);
		const best = named ?? attempts.filter(({ breaks }) => breaks === 0).sort((a, b) => a.changes.length - b.changes.length)[0];
		if (!best) {
			say(
				at,
				old.kind === 'union' && fresh.kind === 'union'
					? 'is not there any more'
					: `is ${withArticle(kindOf(fresh))} now, and was ${withArticle(kindOf(old))}`,
				true,
			);
			continue;
		}
		used.add(best.one);
		for (const [at, text, breaks] of best.changes) say(at, text, breaks);
	}
	if (old.kind !== 'union') return;
	for (const one of news) if (!used.has(one) && one.label !== '') say(`${place}.(${one.label})`, 'is new', false);
}

/** A union's options without null, which is compared separately; any other field counts as its own only option. */
function branchesOf(field: Field): Array<{ label: string; value: string; field: Field }> {
	const all =
		field.kind === 'union'
			? field.options.filter(({ field: one }) => !(one.kind === 'const' && one.value === null))
			: [{ label: '', value: '', field }];
	return all.map((option) => ({ ...option, field: { ...option.field, nullable: false } }));
}

function takesNull(field: Field): boolean {
	// For a JSON field, only its schema says whether null is allowed.
	if (field.kind === 'json') return false;
	if (field.nullable || (field.kind === 'const' && field.value === null)) return true;
	return field.kind === 'union' && field.options.some((option) => takesNull(option.field));
}

/** Whether a value that is sent (a discriminator) identifies the option. */
function tells(field: Field, value: string): boolean {
	return field.kind === 'object' && field.fields.some((child) => child.kind === 'const' && child.value === value);
}

/** The kind as far as a stored workflow depends on it: an enum that also accepts any other text is a string. */
function kindOf(field: Field): string {
	if (field.kind === 'enum' && field.open) return 'string';
	return field.kind === 'const' ? 'enum' : field.kind;
}

function limits(place: string, old: Field, fresh: Field, say: Say): void {
	const [before, now] = [valuesOf(old), valuesOf(fresh)];
	const gone = (before ?? []).filter((value) => now && !now.includes(value));
	const more = (now ?? []).filter((value) => before && !before.includes(value));
	if (gone.length > 0) say(place, `does not take ${gone.join(', ')} any more`, true);
	if (more.length > 0) say(place, `takes ${more.join(', ')} as well`, false);
	const [had, has] = [limitsOf(old), limitsOf(fresh)];
	for (const keyword of new Set([...Object.keys(had), ...Object.keys(has)])) {
		const [was, is] = [had[keyword], has[keyword]];
		if (JSON.stringify(was) !== JSON.stringify(is))
			say(
				place,
				`has ${is === undefined ? `no ${keyword} any more` : `${keyword} ${JSON.stringify(is)}`}, and had ` +
					`${was === undefined ? 'none' : JSON.stringify(was)}`,
				isTighter(keyword, was, is),
			);
	}
}

function valuesOf(field: Field): string[] | undefined {
	if (field.kind === 'const') return [JSON.stringify(field.value)];
	return field.kind === 'enum' && !field.open ? field.choices.map(({ value }) => JSON.stringify(value)) : undefined;
}

const LIMITS = [
	'minLength',
	'maxLength',
	'pattern',
	'format',
	'minimum',
	'maximum',
	'exclusiveMinimum',
	'exclusiveMaximum',
	'multipleOf',
	'minItems',
	'maxItems',
	'uniqueItems',
	'minProperties',
	'maxProperties',
];

function limitsOf(field: Field): { [keyword: string]: unknown } {
	const whole = typeof field.schema === 'object' ? field.schema : {};
	// In an open enum, the limits apply to texts that it does not list.
	const own = field.kind === 'enum' && field.open ? ((whole.anyOf as object[] | undefined)?.[1] ?? {}) : whole;
	return Object.fromEntries(Object.entries(own).filter(([keyword]) => LIMITS.includes(keyword)));
}

/** Whether every value of the old kind is also valid for the new one. */
function isLooser(was: string, is: string): boolean {
	return (
		is === 'json' || (was === 'enum' && is === 'string') || (was === 'date' && is === 'string') || (was === 'object' && is === 'record')
	);
}

function isTighter(keyword: string, was: unknown, is: unknown): boolean {
	if (is === undefined || is === false) return false;
	// Every multiple of 4 is one of 2; not every one is one of 3.
	if (keyword === 'multipleOf' && typeof was === 'number' && typeof is === 'number') return was % is !== 0;
	if (was === undefined || typeof was !== 'number' || typeof is !== 'number') return true;
	return /^(max|exclusiveMax)/.test(keyword) ? is < was : is > was;
}
