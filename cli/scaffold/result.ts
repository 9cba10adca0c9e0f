import {
	child,
	Document,
	type FlatSchema,
	type Found,
	ifReadable,
	isPart,
	type Part,
	recordsOf,
	Schemas,
	Shapes,
	singular,
	type Spot,
	typesOf,
} from '../../engine/compile';
import type { ResultPlan } from '../../engine/model';
import { words } from '../../engine/model/names';
import { escapePart } from '../../engine/model/pointer';
import { isJson } from '../../engine/tools';

/** Where a response holds the values that operators need. */
export interface FoundResult {
	/** Status of the response in question: '201'. */
	status: string;
	plan: Partial<ResultPlan>;
}

/** Common names of envelopes, which hold the record one level down. */
const ENVELOPES = ['data', 'result', 'response', 'credential', 'item', 'record', 'payload', 'resource'];
/** Common names of a record's id, the most certain first. */
const IDS = [
	'id',
	'_id',
	'uuid',
	'guid',
	'uid',
	'sid',
	'kid',
	'credential_id',
	'key_id',
	'client_id',
	'token_id',
	'connection_id',
	'access_key_id',
	'access_key',
	'secret_id_accessor',
	'accessor',
];
/** How many levels below its root a response is searched: an envelope can contain another. */
const DEPTH = 2;

/**
 * Finds the record or list of records, its id and a link for the customer in an operation's first successful response.
 * @param resource n8n's name of the operation's resource
 * @returns undefined if the response is already annotated, or nothing in it is clearly an id
 * @throws DocumentError if a $ref leads nowhere
 */
export function resultOf(document: Document, found: Found, resource: string): FoundResult | undefined {
	const responses = Object.entries(isPart(found.node.responses) ? found.node.responses : {});
	for (const [status, given] of responses) {
		if (!/^2(\d\d|XX)$/i.test(status)) continue;
		const { node, pointer } = document.follow(given, child(found.pointer, 'responses', status));
		if (node['x-n8n-result'] !== undefined) return undefined;
		const content = isPart(node.content) ? node.content : {};
		const mediaType = Object.keys(content).find(isJson);
		if (mediaType === undefined) continue;
		const finder = new Finder(new Schemas(document), topicsOf(resource, found.path));
		const media = content[mediaType];
		const place = child(pointer, 'content', mediaType, 'schema');
		const schema = isPart(media) ? media.schema : undefined;
		const records = recordsOf(document, found, {});
		if (records !== undefined) return { status, plan: { records, ...finder.inRecord(elementOf(document, schema, place, records)) } };
		const plan = finder.find(schema, place);
		if (plan) return { status, plan };
	}
	return undefined;
}

/** The schema of an element of a list in a response. */
function elementOf(document: Document, schema: unknown, pointer: string, records: string): Spot | undefined {
	const shapes = new Shapes(new Schemas(document));
	return ifReadable(() => shapes.elements(shapes.lead([{ schema, pointer }], records).spots).spots[0]);
}

/** The nouns of an operation, in the spelling of `spelled`: `auth_config` for /v3/auth_configs. */
function topicsOf(resource: string, path: string): string[] {
	const parts = path.split('/');
	// A part before an ID is not what is created here, but its parent.
	const fixed = parts.filter((part, index) => part !== '' && !part.startsWith('{') && !parts[index + 1]?.startsWith('{'));
	return [resource, ...fixed.reverse()].map((part) => spelled(singular(part)));
}

/** One level of a response at which the record may be. */
interface Level {
	/** Pointer to the record in the response. */
	record: string;
	/** Pointer from the record to this level; '' if they are the same. */
	inside: string;
	properties: Map<string, FlatSchema>;
	required: Set<string>;
}

class Finder {
	constructor(
		private readonly schemas: Schemas,
		private readonly topics: string[],
	) {}

	find(schema: unknown, pointer: string, deepest = DEPTH): ResultPlan | undefined {
		const names = [...IDS, ...this.topics.flatMap((topic) => [`${topic}_id`, `${topic}_uuid`])];
		for (const level of this.levels(schema, pointer, { record: '', inside: '' }, DEPTH - deepest)) {
			// A lone link, or an id deeper in the record, must be required: without it, a response would count as a refusal.
			const always = (name: string | undefined) => (name !== undefined && level.required.has(name) ? name : undefined);
			const id = level.inside === '' ? pick(level, names) : always(pick(level, names));
			const link = id === undefined ? always(linkOf(level)) : linkOf(level);
			if (id === undefined && link === undefined) continue;
			const at = (name: string) => `${level.inside}/${escapePart(name)}`;
			return { record: level.record, ...(id === undefined ? {} : { id: at(id) }), ...(link === undefined ? {} : { link: at(link) }) };
		}
		return undefined;
	}

	/** The id and the link of a record in a list. */
	inRecord(element: Spot | undefined): Partial<ResultPlan> {
		const { id, link } = (element && this.find(element.schema, element.pointer, 0)) ?? {};
		return { ...(id === undefined ? {} : { id }), ...(link === undefined ? {} : { link }) };
	}

	/** The response itself and the objects that it wraps, from the outside in. */
	private levels(schema: unknown, pointer: string, place: Pick<Level, 'record' | 'inside'>, depth: number): Level[] {
		const properties = this.properties(schema, pointer, 0);
		const { required } = this.schemas.flatten(schema, pointer).schema;
		const level = { ...place, properties, required: new Set(Array.isArray(required) ? (required as string[]) : []) };
		const objects = [...properties].filter(
			([, { schema: one }]) =>
				typesOf(one).includes('object') || [one.properties, one.oneOf, one.anyOf].some((keyword) => keyword !== undefined),
		);
		const envelope = [...ENVELOPES, ...this.topics]
			.map((wanted) => objects.find(([name]) => spelled(name) === wanted))
			.find((one) => one !== undefined);
		const wrapped = envelope ?? (objects.length === 1 ? objects[0] : undefined);
		if (!wrapped || depth === DEPTH) return [level];
		const [name, { schema: inner }] = wrapped;
		const step = `/${escapePart(name)}`;
		// An object that is no envelope has siblings that belong to the record as well.
		const next =
			envelope && place.inside === '' ? { record: place.record + step, inside: '' } : { record: place.record, inside: place.inside + step };
		return [level, ...this.levels(inner, pointer, next, depth + 1)];
	}

	/** The properties of an object, or of all options of a union. */
	private properties(schema: unknown, pointer: string, depth: number): Map<string, FlatSchema> {
		const flat = this.schemas.flatten(schema, pointer);
		const all = new Map<string, FlatSchema>();
		const options =
			depth === DEPTH ? [] : [flat.schema.oneOf, flat.schema.anyOf].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
		for (const option of options)
			for (const [name, one] of this.properties(option, flat.pointers.get(option) ?? pointer, depth + 1)) all.set(name, one);
		for (const [name, one] of Object.entries(isPart(flat.schema.properties) ? flat.schema.properties : {})) {
			all.set(name, this.schemas.flatten(one, flat.pointers.get(one) ?? pointer));
		}
		return all;
	}
}

/** A name in the spelling of IDS: `clientId` → `client_id`. */
function spelled(name: string): string {
	return name === '_id' ? name : words(name).join('_');
}

/** The property with the first matching name, in any spelling. */
function pick({ properties }: Level, names: string[]): string | undefined {
	for (const wanted of names) {
		const found = [...properties].find(([name, { schema }]) => spelled(name) === wanted && isScalar(schema));
		if (found) return found[0];
	}
	return undefined;
}

/** The property with a link that the customer opens to sign in: `oauthUrl`, `authorize_url`, `hosted_link_url`. */
function linkOf({ properties }: Level): string | undefined {
	const found = [...properties].find(([name, { schema }]) => {
		const all = words(name);
		return (
			['url', 'uri'].includes(all[all.length - 1]) &&
			isScalar(schema) &&
			all.some((word) => /^(auth|oauth2?|authori[sz](e|ation)|login|signin|consent|connect|hosted|magic)$/.test(word))
		);
	});
	return found?.[0];
}

function isScalar(schema: Part): boolean {
	const types = typesOf(schema);
	return !types.includes('object') && !types.includes('array') && schema.properties === undefined;
}
